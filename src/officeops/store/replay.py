"""Fold: what each record of a table must be, from its recorded changes, beside what it is.

Both come ordered by id, so that a million records are compared without ever being in memory.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.model.immutable import Value
from officeops.store.former_names import read
from officeops.store.row_format import Layouts, as_list, kept, quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from officeops.store.former_names import FormerNames


class Fault(Value):
    """A change that does not fit the one before: adds-existing, changes-missing or finds-other."""

    change: int
    code: str
    columns: tuple[str, ...] = ()


class State(Value):
    """What the history says of one record: its content, None where it is gone, and whether contents were destroyed.

    `faults` are the changes that found what no change before them had left.
    """

    id: int
    content: dict[str, Any] | None
    destroyed: bool
    faults: tuple[Fault, ...] = ()


class Difference(Value):
    """A record that is not as its history says.

    Either side is None for no record; `actual` is empty if it cannot be read.
    """

    id: int
    recorded: dict[str, Any] | None
    actual: dict[str, Any] | None
    destroyed: bool = False

    @property
    def columns(self) -> list[str]:
        """The columns that differ, where the record is on both sides."""
        return _differing(self.recorded or {}, self.actual or {})

    @property
    def sides(self) -> tuple[str | None, str | None]:
        """The change from the recorded to the actual record, as JSON: before and after."""
        if self.recorded is None or self.actual is None:
            return _json(self.recorded), _json(self.actual)
        return tuple(
            _json({name: side.get(name) for name in self.columns})
            for side in (self.recorded, self.actual)
        )  # type: ignore[return-value]

    def since(self, was: Difference) -> Difference | None:
        """Return the change of a record that was not as recorded before either, or None."""
        if self.actual is None or was.actual is None:
            return (
                None if self.actual is was.actual else Difference(self.id, was.actual, self.actual)
            )
        moved = [name for name in self.columns if was.actual.get(name) != self.actual.get(name)]
        then, now = ({name: side.get(name) for name in moved} for side in (was.actual, self.actual))
        return Difference(self.id, then, now) if moved else None


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one | other if one.get(name) != other.get(name)]


def _json(content: dict[str, Any] | None) -> str | None:
    return (
        None if content is None else json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    )


def differences(
    db: sqlite3.Connection, table: str, declared: Sequence[str] = ()
) -> Iterator[Difference | State]:
    """Yield records that are not as their history says, and states whose changes do not fit.

    `declared` are the table's columns in the order in which its triggers write them: a column that
    a migration added comes last in the table, wherever it is declared.
    """
    columns = kept(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,)))
    if set(kept(declared)) == set(columns):
        columns = kept(declared)
    former = read(db)
    layouts, newest = Layouts(db, columns), former.newest_change()
    recorded, actual = _recorded(db, table, former), _actual(db, table, columns)
    want, have = next(recorded, None), next(actual, None)
    while want or have:
        first = min(side[0] for side in (want, have) if side)
        changes = want[1] if want and want[0] == first else []
        row = have[1] if have and have[0] == first else None
        # Most records were added and never changed: their one change is their content, letter for
        # letter. A change from before a renaming may have the letters and mean another column.
        if not (
            len(changes) == 1
            and row is not None
            and changes[0][1:4] == (None, row, 0)
            and changes[0][0] > newest
        ):
            yield from _compared(layouts, former, first, changes, row)
        want = next(recorded, None) if changes else want
        have = next(actual, None) if row is not None else have


def states(db: sqlite3.Connection, table: str) -> Iterator[State]:
    """Yield what the history says of each record of a table, whether or not the table is there."""
    former, layouts = read(db), Layouts(db)
    for id_, changes in _recorded(db, table, former):
        yield folded(layouts, former, id_, changes)


def _recorded(
    db: sqlite3.Connection, table: str, former: FormerNames
) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Yield each record's id with its changes: (id, before, after, destroyed, table), oldest first.

    `table` is the one that the change names: what the record's table was called at the time.
    """
    sql = (
        "SELECT c.record_id, c.id, CAST(c.before AS BLOB), CAST(c.after AS BLOB), "
        "c.destroyed IS NOT NULL, c.record FROM core_change c "
        f"WHERE {former.condition(table)} ORDER BY c.record_id, c.id"
    )
    at: int | None = None
    changes: list[tuple[Any, ...]] = []
    for record_id, *change in db.execute(sql):
        if record_id != at:
            if at is not None:
                yield at, changes
            at, changes = record_id, []
        changes.append(tuple(change))
    if at is not None:
        yield at, changes


def _actual(
    db: sqlite3.Connection, table: str, columns: Sequence[str]
) -> Iterator[tuple[int, bytes]]:
    """Yield each row's id and its columns as the triggers write them."""
    yield from db.execute(
        f"SELECT t.id, CAST({as_list(columns, 't')} AS BLOB) FROM {quoted(table)} t ORDER BY t.id"
    )


def _compared(
    layouts: Layouts,
    former: FormerNames,
    id_: int,
    changes: Sequence[tuple[Any, ...]],
    row: bytes | None,
) -> Iterator[Difference | State]:
    state = folded(layouts, former, id_, changes)
    if state.faults:
        yield state
    actual = layouts.read(row)
    if state.content is None or actual is None:
        if state.content is not actual:
            yield Difference(id_, state.content, actual, state.destroyed)
    elif not actual or _differing(state.content, actual):
        yield Difference(id_, state.content, actual)


def folded(
    layouts: Layouts, former: FormerNames, id_: int, changes: Sequence[tuple[Any, ...]]
) -> State:
    """Return what a record's changes leave of it, by the columns of today."""
    content: dict[str, Any] | None = None
    faults: list[Fault] = []
    destroyed = False
    for number, before, after, gone, table in changes:
        if gone:
            content, destroyed = None, True
            continue
        old = former.content(table, number, layouts.read(before))
        new = former.content(table, number, layouts.read(after))
        if (before is None) != (content is None):
            faults.append(Fault(number, "adds-existing" if content else "changes-missing"))
        elif (
            content
            and old
            and (wrong := [name for name in old if name in content and content[name] != old[name]])
        ):
            faults.append(Fault(number, "finds-other", tuple(wrong)))
        content = {**(content or {}), **new} if new is not None else None
    return State(id_, content, destroyed, tuple(faults))
