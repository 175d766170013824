"""Date orders: before a write and at the end of each action, the days of a record are in order."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Problem, Refused
from officeops.model.sql_values import from_sql, id_list
from officeops.plugins.kept_declarations import DATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.plugins.kept_declarations import Watch

#: The changes of a table that an action wrote, as SQLite reads the last ones alone.
_CHANGES: Final = """
SELECT record_id, before FROM core_change
WHERE id >= (SELECT first_change FROM core_action WHERE id = ?) AND +record = ? ORDER BY id DESC
"""
#: They bring back earlier days.
_RETURNS: Final = frozenset({"core.undo", "core.redo"})


def disorder(office: Office, record: Record) -> Iterator[Problem]:
    """Yield a problem for each day of a record that is before one which it follows."""
    for order in record.date_orders:
        last, of = None, ""
        for name in order.fields:
            day = _day(office, record, name)
            if day is None:
                continue
            if last is not None and day < last:
                words = f"is {day}, before {_words(office, record, of)}, {last}"
                yield Problem(words, name.partition(".")[0], code="wrong-order")
            last, of = day, name


def refuse_disorder(
    office: Office,
    action: int,
    verb: str,
    watch: Watch,
) -> None:
    """Raise Refused where an action left the days of a record of a kind out of order.

    Records whose days it did not write stay as they are, also those of an old file.
    """
    kind = office.record(watch.promised)
    changes = office.rows(_CHANGES, action, watch.table)
    column = watch.column.removeprefix(DATED)
    if column:
        _refuse_children(office, kind, column, changes)
        return
    # By the oldest change of each: what the action found.
    found = {number: json.loads(before or "null") for number, before in changes}
    for record in office.some(kind, found):
        before = found[record.id]
        problems = [] if record.archived_at else list(disorder(office, record))
        if before is not None and not problems and verb not in _RETURNS:
            problems = list(_moved_back(office, record, before))
        if problems:
            raise Refused(problems, office.about(record))


def _refuse_children(
    office: Office,
    kind: type[Record],
    column: str,
    changes: list[tuple[Any, ...]],
) -> None:
    """Raise Refused where a record moved past a day of one that refers to it."""
    moved = {number for number, before in changes if before is not None}
    where = f"{column} IN (SELECT value FROM json_each(?))"
    for record in office.all(kind, where, id_list(sorted(moved))):
        for problem in disorder(office, record):
            if office.may_view(kind) and office.in_reach(kind, record.id):
                raise Refused([problem], office.about(record))
            why = "a record that you may not see tells of an earlier day; ask a person who may"
            raise Refused(why, code="wrong-order")


def _moved_back(
    office: Office,
    record: Record,
    before: dict[str, Any],
) -> Iterator[Problem]:
    """Yield the days ahead that were moved into the past."""
    for order in record.date_orders:
        for name in order.to_come:
            if name not in before:
                continue
            was = from_sql(record.meta.by_name[name], before[name])
            now = getattr(record, name)
            # A blank one may be filled with what has happened.
            if was and now and _is_past(office, now) and not _is_past(office, was):
                why = "is past; a new record may tell of what happened, but this is still to come"
                yield Problem(why, name, code="out-of-range")


def _is_past(office: Office, value: date | datetime) -> bool:
    return _as_day(office, value) < office.today


def _day(
    office: Office,
    record: Record,
    name: str,
) -> date | None:
    own, _, other = name.partition(".")
    value = getattr(record, own)
    if other:
        parent = office.target(record.meta.by_name[own])
        # Its plugin may be off, and a row of a file may name one that is still to come.
        is_known = parent is not None and isinstance(value, int)
        value = getattr(office.get(parent, value), other) if parent and is_known else None
    return _as_day(office, value) if isinstance(value, date) else None


def _as_day(office: Office, value: date | datetime) -> date:
    return office.ways.day_of(value) if isinstance(value, datetime) else value


def _words(
    office: Office,
    record: Record,
    name: str,
) -> str:
    own, _, other = name.partition(".")
    field = record.meta.by_name[own]
    parent = office.target(field) if other else None
    if parent is None:
        return f"`{field.words}`"
    return f"`{parent.meta.by_name[other].words}` of the {parent.meta.one}"
