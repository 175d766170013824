"""Frozen fields: at the end of an action, each kind says whether those that changed may have done so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops.model.declarations import named
from officeops.model.errors import Refused, problem_of
from officeops.model.sql_values import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from officeops.model.errors import Problem
    from officeops.model.frozen import Frozen
    from officeops.model.office import Office
    from officeops.model.records import Record

#: The changes of a table that an action wrote, as SQLite reads the last ones alone.
_CHANGES: Final = """
SELECT record_id, before FROM core_change
WHERE id >= (SELECT first_change FROM core_action WHERE id = ?) AND +record = ? ORDER BY id
"""
#: Each merge writes a note, and its undo takes that back.
_NOTES: Final = "core_duplicate"


def refuse_frozen(
    office: Office,
    action: int,
    kind: type[Record],
) -> None:
    """Raise Refused where an action changed fields of a kind that are frozen."""
    if office.rows(_CHANGES, action, _NOTES):
        return
    for number, before in _before(office, action, kind).items():
        record = office.get(kind, number)
        problems = list(_problems(office, record, before))
        if problems:
            raise Refused(problems, office.about(record))


def _before(
    office: Office,
    action: int,
    kind: type[Record],
) -> dict[int, dict[str, Any]]:
    """Map the records that an action changed to what their columns held before it."""
    known: dict[int, dict[str, Any]] = {}
    added = set()
    for number, before in office.rows(_CHANGES, action, kind.meta.table):
        if before is None:
            added.add(number)
            continue
        # The first change of a column says what it held before the action.
        known[number] = {**json.loads(before), **known.get(number, {})}
    return {number: before for number, before in known.items() if number not in added}


def _problems(
    office: Office,
    record: Record,
    before: Mapping[str, Any],
) -> Iterator[Problem]:
    """Yield why fields of a record may not change, each named by the first of them that did."""
    columns = ", ".join(map(quoted, before))
    table = record.meta.table
    # As the file keeps them, as `before` is.
    [row] = office.rows(f"SELECT {columns} FROM main.{table} WHERE id = ?", record.id)
    changed = {name for name, now in zip(before, row, strict=True) if now != before[name]}
    for frozen in record.frozen:
        name = next((name for name in frozen.fields if name in changed), None)
        if name is None:
            continue
        why = _asked(
            office,
            frozen,
            record,
            before,
        )
        if why:
            yield _problem(record, name, why)


def frozen_by_state(
    record: Record,
    names: Collection[str],
) -> Iterator[Problem]:
    """Yield why fields of a record may not change in the state that it has.

    An import asks before it writes, so that it can name the row.
    """
    if record.life is None:
        return
    state = getattr(record, record.life.column)
    for frozen in record.frozen:
        name = next((name for name in frozen.fields if name in names), None)
        if name is not None and frozen.states and frozen.holds_in(state):
            yield _problem(record, name, frozen.why)


def _problem(
    record: Record,
    name: str,
    why: str,
) -> Problem:
    # Archiving is no field that a form has.
    field = record.meta.by_name.get(name)
    public_name = field.public_name if field else name
    return problem_of(why, public_name, code="wrong-state")


def _asked(
    office: Office,
    frozen: Frozen,
    record: Record,
    before: Mapping[str, Any],
) -> str | None:
    meta = record.meta
    if meta.life is not None and frozen.states:
        now = getattr(record, meta.life.column)
        # One that becomes signed, or is opened again, may change with that.
        was = before.get(meta.life.column, now)
        return frozen.why if frozen.holds_in(was, now) else None
    with office.answering(meta.plugin, f"the frozen fields of {meta.key}"):
        why: str | None = named(frozen.rule)(office, record, before)
    return why
