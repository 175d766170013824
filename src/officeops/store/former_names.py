"""Former names: the names of records, fields and choices before a migration renamed them.

The history is chained, so nothing in it is ever rewritten: each change, action and destruction
keeps the names of its day. Everything that reads one asks here for the name of today. A name may
be given to something else later, so every renaming counts for earlier entries alone.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TABLE = "core_former_name"


class FormerName(Value):
    """One renaming.

    `record` is the key before it; `field` is the column, blank for the record itself; `choice` is
    the code of one of the field's choices, blank for the field itself.

    `now` is the new key, column or code, `action` the upgrade that renamed it, `change` the last
    recorded change at that moment: those up to it have the former name.
    """

    record: str
    field: str
    now: str
    action: int
    change: int
    choice: str = ""


class Span(Value):
    """The changes that know a record by one table's name: ids above `low`, up to `high`."""

    table: str
    low: int
    high: int


#: Arguments of the core's own actions that name records: by key, due key or permission.
_NAMING = frozenset({"of", "record", "kind", "key", "keys", "pattern"})
#: No change has a higher id.
_LAST = 2**63 - 1


def table_of(key: str) -> str:
    """Return the table of a record's key."""
    return key.replace(".", "_").replace("-", "_")


class FormerNames:
    """The renamings of one file, in the order in which they were made. Most files have none."""

    def __init__(self, renamings: Iterable[FormerName] = ()) -> None:
        self._renamings = list(renamings)
        #: Of each table that was asked for: what its record was called, the latest first.
        self._spans: dict[str, tuple[Span, ...]] = {}
        #: Tables, by any name, whose records have had a field or a choice renamed. Most have not,
        #: and verifying need not read their contents.
        self._with_fields = self._tables_with_fields()

    def _tables_with_fields(self) -> set[str]:
        tables = set[str]()
        for renaming in reversed(self._renamings):
            if renaming.field or table_of(renaming.now) in tables:
                tables.add(table_of(renaming.record))
        return tables

    def __bool__(self) -> bool:
        """Whether anything was ever renamed."""
        return bool(self._renamings)

    # -- records
    # ------------------------------------------------------------------------------------

    def table(self, table: str, change: int) -> str:
        """Return what the table that a change names is called today."""
        for renaming in self._renamings:
            if renaming.change < change or renaming.field:
                continue
            if table_of(renaming.record) == table:
                table = table_of(renaming.now)
        return table

    def meanings(self, table: str) -> set[str]:
        """List the names of today that a recorded table may have; a change's id tells which."""
        meanings = {self.table(table, _LAST)}
        for renaming in self._renamings:
            if not renaming.field:
                meanings.add(self.table(table, renaming.change))
        return meanings

    def key(self, key: str, action: int) -> str:
        """Return the key of today for a record that an action names by the key of its day."""
        for renaming in self._renamings:
            if renaming.action > action and not renaming.field and renaming.record == key:
                key = renaming.now
        return key

    def keys(self, key: str) -> list[str]:
        """Return every key that a record has had, today's first."""
        keys = [key]
        for renaming in reversed(self._renamings):
            if not renaming.field and renaming.now == keys[-1]:
                keys.append(renaming.record)
        return keys

    def verb(self, verb: str, action: int) -> str:
        """Return what an action's name, such as `keys.key.edit`, is today."""
        if not self._renamings:
            return verb
        plugin, _, rest = verb.partition(".")
        word, dot, last = rest.partition(".")
        return f"{self.key(f'{plugin}.{word}', action)}{dot}{last}"

    def reference(self, text: str, action: int) -> str:
        """Return what an action's `keys.key:5` is today."""
        key, colon, number = text.partition(":")
        return f"{self.key(key, action)}{colon}{number}"

    def spans(self, table: str) -> tuple[Span, ...]:
        """List the names, each with its changes, by which the history knows a table's records."""
        if table not in self._spans:
            self._spans[table] = tuple(self._spans_of(table))
        return self._spans[table]

    def _spans_of(self, table: str) -> Iterator[Span]:
        high = _LAST
        for renaming in reversed(self._renamings):
            if renaming.field or renaming.change > high:
                continue
            if table_of(renaming.now) == table:
                yield Span(table, renaming.change, high)
                table, high = table_of(renaming.record), renaming.change
            elif table_of(renaming.record) == table:
                # Until then another record had this name, so ours is younger.
                yield Span(table, renaming.change, high)
                return
        yield Span(table, 0, high)

    def condition(self, table: str, change: str = "c") -> str:
        """Write the condition that a row of core_change, `change`, is about a table's records."""
        spans = self.spans(table)
        if len(spans) == 1 and not spans[0].low:
            return f"{change}.record = {_literal(table)}"
        names: set[str] = set()
        parts: list[str] = []
        for span in spans:
            name = _literal(span.table)
            names.add(name)
            bounds = f"{change}.id > {span.low} AND {change}.id <= {span.high}"
            parts.append(f"{change}.record = {name} AND {bounds}")
        # The names alone, too: by them SQLite finds its index.
        return f"{change}.record IN ({', '.join(sorted(names))}) AND ({' OR '.join(parts)})"

    # -- fields and their choices
    # -------------------------------------------------------------------------------------

    def column(self, table: str, column: str, change: int) -> str:
        """Return a column's name of today; `table` and `column` are those of the change's day."""
        return self._entry(table, column, None, change)[0]

    def _entry(self, table: str, column: str, value: Any, change: int) -> tuple[str, Any]:  # noqa: ANN401 - any column's value
        """Return a column and its value as they are named today."""
        for renaming in self._renamings:
            if renaming.change < change or table_of(renaming.record) != table:
                continue
            if not renaming.field:
                table = table_of(renaming.now)
            elif renaming.field != column:
                continue
            elif not renaming.choice:
                column = renaming.now
            elif value == renaming.choice:
                value = renaming.now
        return column, value

    def content(
        self, table: str, change: int, side: dict[str, Any] | None
    ) -> dict[str, Any] | None:
        """Return a side of a change by the columns and choices of today."""
        if not side or table not in self._with_fields or change > self.newest_change():
            return side
        return dict(self._entry(table, name, value, change) for name, value in side.items())

    def arguments(self, verb: str, action: int, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what an action was given, by the names of today; `verb` is its name as recorded.

        Fields and choices have the names of today, and so have the records that it was about:
        `keys.key:5`.
        """
        bound = self._bound(action)
        if bound == _LAST:
            return dict(given)
        table = table_of(".".join(verb.split(".")[:2]))
        naming = _NAMING if verb.startswith("core.") else frozenset({"of"})
        now: dict[str, Any] = {}
        for name, value in given.items():
            column, value_now = self._entry(table, name, value, bound)
            now[column] = self._given(value, action) if name in naming else value_now
        return now

    def mark(self, mark: tuple[str | int, ...], action: int) -> tuple[str | int, ...]:
        """Rewrite the mark of a finding that an action accepted by the names of today."""
        bound = self._bound(action)
        if bound == _LAST or mark[0] != "record":
            return mark
        table = str(mark[1])
        kind, _, id_, code, *details = mark
        now: list[str | int] = []
        for detail in details:
            if isinstance(detail, int):
                now.append(detail)
                continue
            # The one detail that is text after the fault's own code lists columns.
            columns = (self.column(table, name, bound) for name in detail.split(", "))
            now.append(", ".join(columns))
        return (kind, self.table(table, bound), id_, code, *now)

    def _bound(self, action: int) -> int:
        """Return a change between an action and the renamings after it."""
        return next(
            (renaming.change for renaming in self._renamings if renaming.action > action), _LAST
        )

    def _given(self, value: object, action: int) -> object:
        if isinstance(value, list):
            return [self._given(item, action) for item in value]
        if not isinstance(value, str):
            return value
        if ":" in value:
            return self.reference(value, action)
        # A word alone, such as a noun or a level, names no plugin's record by its key.
        return self.verb(value, action) if "." in value else value

    def places(self, table: str, column: str) -> list[tuple[str, str]]:
        """List a column's former tables and names, the latest first; sealed values open by them."""
        places: list[tuple[str, str]] = []
        for renaming in reversed(self._renamings):
            if renaming.choice:
                continue
            if renaming.field and (table_of(renaming.record), renaming.now) == (table, column):
                column = renaming.field
            elif not renaming.field and table_of(renaming.now) == table:
                table = table_of(renaming.record)
            else:
                continue
            places.append((table, column))
        return places

    def newest_content(self, table: str) -> int:
        """Return the last change of a table's records that may name a column or choice otherwise.

        0 where none of them was renamed since: the record's own name is no part of its content.
        """
        for renaming in reversed(self._renamings):
            if renaming.field and table_of(renaming.record) == table:
                return renaming.change
            if not renaming.field and table_of(renaming.now) == table:
                table = table_of(renaming.record)
        return 0

    def newest_change(self) -> int:
        """Return the last change that may have a former name; 0 where nothing was renamed."""
        return self._renamings[-1].change if self._renamings else 0


def _literal(name: str) -> str:
    """Return a name as SQL text: in an altered file it may be anything."""
    return f"'{name}'" if name.isidentifier() else f"CAST(x'{name.encode().hex()}' AS TEXT)"


def read(db: sqlite3.Connection) -> FormerNames:
    """Return the renamings of a file; none for a file from before there were any."""
    columns = "record, field_name, now, action, change"
    try:
        return _read(db, f"{columns}, choice")
    except sqlite3.OperationalError:
        table = db.execute("SELECT name FROM pragma_table_info(?)", (TABLE,)).fetchall()
        if ("choice",) in table:
            raise
        # An upgrade reads the names before its own steps give the table that column, or make it.
        return _read(db, columns) if table else FormerNames()


def _read(db: sqlite3.Connection, columns: str) -> FormerNames:
    rows = db.execute(f"SELECT {columns} FROM {TABLE} ORDER BY id").fetchall()
    return FormerNames([FormerName(*row) for row in rows])
