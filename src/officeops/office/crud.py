"""Actions on every kind of record: add, edit, archive, unarchive. Each is one audited action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.about import needed
from officeops.model.archived_record import why_archived
from officeops.model.declarations import named
from officeops.model.errors import Problem, Refused
from officeops.model.placeholder import differing
from officeops.model.sealed_value import wrapped
from officeops.office.repeated_requests import arguments, child_arguments
from officeops.values.clarified import remarks_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.children.child_change import ChildChange

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")

#: Most records have no children, and a command that writes one of those loads nothing for them.
_WRITE_CHILDREN: Final = "officeops.office.children.rows:write_children"


def add_record(
    office: Office,
    record: type[R],
    values: Mapping[str, Any],
    request: str | None = None,
    children: Sequence[ChildChange] = (),
) -> R:
    """Add a record from its fields' values, with its children. Raises Refused with every problem."""
    meta = record.meta
    _check_by_hand(office, meta, values, adding=True)
    given = {name: value for name, value in values.items() if value is not None}
    missing = [field for field in meta.fields if field.must_be_given and field.name not in given]
    if missing:
        from officeops.values.field_rules import all_wrong

        problems = [*needed(missing), *all_wrong(meta.fields, given, lambda: office.ways)]
        raise Refused(problems, meta.label)
    # Without a request id nobody compares the arguments later, and the changes say the same.
    recorded = {**arguments(meta, values), **child_arguments(children)} if request else None
    with office.acting(f"{meta.key}.add", recorded, request=request) as outcome:
        office.remarks += remarks_on(given.values())
        added = office.add(record(**given))
        if children:
            named(_WRITE_CHILDREN)(office, added, children)
        outcome.append(added.human_key)
    return added


def edit_record(
    office: Office,
    record: R,
    changes: Mapping[str, Any],
    request: str | None = None,
    children: Sequence[ChildChange] = (),
) -> R:
    """Change a record as it was read, and its children in the same action; return it changed.

    Where others changed other fields of it since then, both changes stay, and its version is more
    than one higher. Raises Conflict where they changed one of the same fields, or archived it, and
    Refused for one that was archived when it was read: nobody would see the change.
    """
    from officeops.office.conflicts import caught_up

    meta = record.meta
    _check_by_hand(office, meta, changes, adding=False)
    new = differing(wrapped(meta.sealed, changes), record.__dict__)
    recorded = None
    if request:
        recorded = {**arguments(meta, changes, record), **child_arguments(children)}
    with office.acting(f"{meta.key}.edit", recorded, request=request) as outcome:
        office.remarks += remarks_on(changes.values())
        held = caught_up(office, record, new)
        if why := why_archived(held):
            raise Refused(why, office.about(held), code="archived")
        current = office.edit(held, **new)
        if children:
            named(_WRITE_CHILDREN)(office, current, children)
        outcome.append(current.human_key)
    # The caller's object becomes the present record, other people's changes included.
    record.__dict__.update(current.__dict__)
    # The facts are read once; this change must show in what the same command prints.
    if meta.key == "core.office":
        office.forget_facts()
    return record


def archive_record(
    office: Office,
    record: R,
    request: str | None = None,
    reason: str | None = None,
) -> R:
    """Archive a record: hide it from lists, keep its history.

    One that something is owed on (`Record.owes`) takes a `reason`, which the history keeps.
    """
    meta = record.meta
    _check_by_hand(office, meta, {}, adding=False)
    given = {"reason": reason} if reason else {}
    recorded = arguments(meta, given, record) if request or reason else None
    with office.acting(f"{meta.key}.archive", recorded, request=request):
        return office.archive(record)


def unarchive_record(
    office: Office,
    record: R,
    request: str | None = None,
) -> R:
    """Restore an archived record."""
    meta = record.meta
    _check_by_hand(office, meta, {}, adding=False)
    recorded = arguments(meta, {}, record) if request else None
    with office.acting(f"{meta.key}.unarchive", recorded, request=request):
        return office.unarchive(record)


def _check_by_hand(
    office: Office,
    meta: Meta,
    values: Mapping[str, Any],
    *,
    adding: bool,
) -> None:
    """Check that a person may write these fields by hand.

    A new record's blank ones are not written.

    Raises Forbidden for a guarded field, Refused for one that actions set.
    """
    written = set(values)
    if adding:
        written = {name for name, value in values.items() if value is not None}
    for name, stem in meta.guarded.items():
        if name in written:
            office.allow(f"{stem}.edit")
    if meta.child:
        why = f"{meta.plural} are edited with the record that they belong to."
        raise Refused(why, code="not-by-hand")
    if not meta.editable:
        raise Refused(
            f"{meta.plural} are written by actions alone, never by hand.", code="not-by-hand"
        )
    for name in values:
        if name in written and meta.by_name[name].managed:
            raise Refused(
                [Problem("is set by actions, not by hand", name, code="not-by-hand")], meta.label
            )
