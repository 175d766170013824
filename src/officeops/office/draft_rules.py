"""Draft rules: what a record breaks beside those of its values that cannot be read yet."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Forbidden, OfficeError, Problem
from officeops.model.placeholder import NotReadYet
from officeops.model.sealed_value import wrapped
from officeops.office.validation import default_of, rules_of, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from officeops.model.office import Office
    from officeops.model.records import Record


def draft_problems(
    office: Office,
    record: type[Record],
    held: Record | None,
    values: Mapping[str, Any],
    unread: Collection[str],
) -> Iterator[Problem]:
    """Yield what a record as a whole would be refused for, as far as anybody can say.

    `held` is the record under edit, None for a new one; `unread` are the fields whose values cannot
    be read. A rule that looks at one of those ends there: its answer would be a guess.
    """
    # The write would say no more than this to a person who may not write it.
    if not office.may(f"{record.meta.key}.{'edit' if held else 'add'}"):
        return
    yield from _forbidden(office, record, values)
    remarks = list(office.remarks)
    with suppress(OfficeError):
        draft = _draft(office, record, held, values, unread)
        rules: list[Callable[[], Iterable[Problem]]] = [partial(office.whose, draft)]
        rules += rules_of(office, draft)
        for rule in rules:
            with suppress(OfficeError):
                yield from rule()
        changed = set(values) if held else set(draft.__dict__)
        for identity in record.meta.identities:
            own = {name: draft.__dict__[name] for name in identity.columns}
            if not changed.isdisjoint(own) and _is_known(own):
                yield from taken(office, record.meta, own, draft.id, [identity])
    # Nothing is written, so there is nothing to remark on.
    office.remarks[:] = remarks


def _forbidden(
    office: Office,
    record: type[Record],
    values: Mapping[str, Any],
) -> Iterator[Problem]:
    """Yield the fields that the acting person may not change."""
    for name, stem in record.meta.guarded.items():
        # A blank one of a new record is not written.
        if values.get(name) is None:
            continue
        try:
            office.allow(f"{stem}.edit")
        except Forbidden as error:
            public_name = record.meta.by_name[name].public_name
            yield Problem(str(error), public_name, code="forbidden", is_whole=True)


def _draft(
    office: Office,
    record: type[Record],
    held: Record | None,
    values: Mapping[str, Any],
    unread: Collection[str],
) -> Record:
    """Make the record as it would be written; a value that nobody knows yet raises where it is used."""
    if held is not None:
        draft = copy(held)
        draft.__dict__.update(wrapped(record.meta.sealed, values))
        lacking = set(unread)
    else:
        draft, lacking = _new(office, record, values)
        lacking |= set(unread)
    for name in lacking:
        draft.__dict__[name] = NotReadYet(record.meta.by_name[name], record.meta.a_record)
    return draft


def _new(
    office: Office,
    record: type[Record],
    values: Mapping[str, Any],
) -> tuple[Record, set[str]]:
    """Make a new record of the values there are, with its defaults, and name the fields it lacks."""
    lacking: set[str] = set()
    own = dict(values)
    for field in record.meta.fields:
        if own.get(field.name) is not None:
            continue
        if field.must_be_given:
            own[field.name] = None
            lacking.add(field.name)
        elif field.default_of is not None:
            own[field.name] = default_of(office, record.meta, field)
        else:
            own[field.name] = field.default
    return record(**own), lacking


def _is_known(values: Mapping[str, object]) -> bool:
    """Whether none of the values is still to be read or given."""
    return not any(isinstance(value, NotReadYet) for value in values.values())
