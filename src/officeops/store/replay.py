"""Fold: what each record of a table must be, from its recorded changes, beside what it is.

Both come ordered by id, so that a million records are compared without ever being in memory.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value
from officeops.model.sql_values import quoted
from officeops.store.former_names import read
from officeops.store.row_format import Layouts, as_list, kept

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from officeops.store.former_names import FormerNames

    #: The changes of one record, oldest first: id, before, after, whether destroyed, table.
    Changes: TypeAlias = list[Sequence[Any]]


#: Greater than any id: where a side has no further record.
_END: Final = 2**63
_NO_CHANGES: Final[tuple[int, Changes]] = (_END, [])
_NO_ROW: Final = (_END, b"")


class Fault(Value):
    """A change that does not fit the one before: adds-existing, changes-missing or finds-other."""

    change: int
    code: str
    columns: tuple[str, ...] = ()


class State(Value):
    """One record by its history: its content, None where it is gone.

    `destroyed` says whether contents were destroyed. `faults` are the changes that found what no change before them had left.
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
        columns = self.columns
        return _json(_only(columns, self.recorded)), _json(_only(columns, self.actual))

    def since(self, was: Difference) -> Difference | None:
        """Return the change of a record that was not as recorded before either, or None."""
        then, now = was.actual, self.actual
        if then is None or now is None:
            return None if now is then else Difference(self.id, then, now)
        moved = [name for name in self.columns if then.get(name) != now.get(name)]
        if not moved:
            return None
        return Difference(self.id, _only(moved, then), _only(moved, now))


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one | other if one.get(name) != other.get(name)]


def _only(columns: Iterable[str], side: dict[str, Any]) -> dict[str, Any]:
    """Return some columns of a side; one that it does not name is blank."""
    return {name: side.get(name) for name in columns}


def _json(content: dict[str, Any] | None) -> str | None:
    if content is None:
        return None
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


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
    layouts, newest = Layouts(db, columns), former.newest_content(table)
    recorded, actual = _recorded(db, table, former), _actual(db, table, columns)
    for id_, changes, row in _side_by_side(recorded, actual):
        # Most records were added and never changed: their one change is their content, letter for
        # letter. A change from before a renaming may have the letters and mean another column.
        if len(changes) == 1 and row is not None:
            number, before, after, destroyed, _ = changes[0]
            if after == row and before is None and not destroyed and number > newest:
                continue
        yield from _compared(layouts, former, id_, changes, row)


def _side_by_side(
    recorded: Iterator[tuple[int, Changes]], actual: Iterator[tuple[int, bytes]]
) -> Iterator[tuple[int, Changes, bytes | None]]:
    """Yield each id of either side, in order: its changes, if any, and its row, if there is one."""
    recorded_id, changes = next(recorded, _NO_CHANGES)
    row_id, row = next(actual, _NO_ROW)
    while recorded_id != row_id or recorded_id < _END:
        # Each record of the file comes by here, so no `min` and no further call.
        if recorded_id == row_id:
            yield row_id, changes, row
            recorded_id, changes = next(recorded, _NO_CHANGES)
            row_id, row = next(actual, _NO_ROW)
        elif recorded_id < row_id:
            yield recorded_id, changes, None
            recorded_id, changes = next(recorded, _NO_CHANGES)
        else:
            yield row_id, [], row
            row_id, row = next(actual, _NO_ROW)


def states(db: sqlite3.Connection, table: str) -> Iterator[State]:
    """Yield what the history says of each record of a table, whether or not the table is there."""
    former, layouts = read(db), Layouts(db)
    for id_, changes in _recorded(db, table, former):
        yield folded(layouts, former, id_, changes)


def _recorded(
    db: sqlite3.Connection, table: str, former: FormerNames
) -> Iterator[tuple[int, Changes]]:
    """Yield each record's id with its changes: (id, before, after, destroyed, table), oldest first.

    `table` is the one that the change names: what the record's table was called at the time.
    """
    sql = (
        "SELECT c.record_id, c.id, CAST(c.before AS BLOB), CAST(c.after AS BLOB), "
        "c.destroyed IS NOT NULL, c.record FROM core_change c "
        f"WHERE {former.condition(table)} ORDER BY c.record_id, c.id"
    )
    at: int | None = None
    changes: Changes = []
    for record_id, *change in db.execute(sql):
        if record_id != at:
            if at is not None:
                yield at, changes
            at, changes = record_id, []
        changes.append(change)
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
    changes: Changes,
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
    layouts: Layouts,
    former: FormerNames,
    id_: int,
    changes: Iterable[Sequence[Any]],
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
        elif wrong := _other_than(content or {}, old or {}):
            faults.append(Fault(number, "finds-other", wrong))
        content = None if new is None else {**(content or {}), **new}
    return State(id_, content, destroyed, tuple(faults))


def _other_than(content: dict[str, Any], found: dict[str, Any]) -> tuple[str, ...]:
    """Name the columns that a change found otherwise than the changes before it had left them."""
    return tuple(name for name in found if name in content and content[name] != found[name])
