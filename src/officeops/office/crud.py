"""What every kind of record can do: add, edit, archive, unarchive. Each is one audited action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from officeops.model.errors import Problem, Refused
from officeops.model.placeholder import same
from officeops.model.sealed_value import wrapped
from officeops.office.conflicts import caught_up
from officeops.office.repeated_requests import arguments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.office import Office
    from officeops.model.records import Record

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")


def add_record(
    office: Office, record: type[R], values: Mapping[str, Any], request: str | None = None
) -> R:
    """Add a record from its fields' values. Raises Refused with every problem found."""
    meta = record.meta
    _by_hand(office, record, values, adding=True)
    problems = [
        Problem("is needed", f.public_name)
        for f in meta.fields
        if f.required and values.get(f.name) is None
    ]
    if problems:
        raise Refused(problems, meta.label)
    given = arguments(meta, values) if request else None
    with office.acting(f"{meta.key}.add", given, request=request) as outcome:
        made = office.add(
            record(**{name: value for name, value in values.items() if value is not None})
        )
        outcome.append(made.human_key)
    return made


def edit_record(
    office: Office, record: R, changes: Mapping[str, Any], request: str | None = None
) -> R:
    """Change a record as it was read, and return it changed.

    Where others changed other fields of it meanwhile, both changes stand, and its version is more than one higher.
    Raises Conflict where they changed one of the same fields, or put the record away.
    """
    _by_hand(office, type(record), changes, adding=False)
    own = {
        n: value
        for n, value in wrapped(record.meta.sealed, changes).items()
        if not same(value, getattr(record, n))
    }
    given = arguments(record.meta, changes, record) if request else None
    with office.acting(f"{record.meta.key}.edit", given, request=request) as outcome:
        current = office.edit(caught_up(office, record, own), **own)
        outcome.append(current.human_key)
    record.__dict__.update(current.__dict__)
    if record.meta.key == "core.office":
        office.forget_facts()
    return record


def archive_record(office: Office, record: R, request: str | None = None) -> R:
    """Put a record away, kept with its history."""
    _by_hand(office, type(record), {}, adding=False)
    given = arguments(record.meta, {}, record) if request else None
    with office.acting(f"{record.meta.key}.archive", given, request=request):
        return office.archive(record)


def unarchive_record(office: Office, record: R, request: str | None = None) -> R:
    """Bring an archived record back."""
    _by_hand(office, type(record), {}, adding=False)
    given = arguments(record.meta, {}, record) if request else None
    with office.acting(f"{record.meta.key}.unarchive", given, request=request):
        return office.unarchive(record)


def _by_hand(
    office: Office, record: type[Record], values: Mapping[str, Any], *, adding: bool
) -> None:
    meta = record.meta
    for name in meta.guarded:
        if values.get(name) is not None or (not adding and name in values):
            office.allow(f"{meta.guarded[name]}.edit")
    if not meta.editable:
        raise Refused(f"{meta.plural} are written by actions alone, never by hand.")
    for name in values:
        if meta.by_name[name].managed and (not adding or values[name] is not None):
            raise Refused([Problem("is set by actions, not by hand", name)], meta.label)
