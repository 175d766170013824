"""Former names: the names of records, fields and choices before a migration renamed them.

The history is chained, so nothing in it is ever rewritten: each change, action and destruction
keeps the names of its day. Everything that reads one asks here for the name of today. A name may
be given to something else later, so every renaming counts for earlier entries alone.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.model.meta import table_of
from officeops.store.renamings import LAST, FormerName, RenamedRecords

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TABLE = "core_former_name"


#: Arguments of the core's own actions that name records: by key, due key or permission.
_NAMING = frozenset({"of", "record", "kind", "key", "keys", "pattern"})


class FormerNames(RenamedRecords):
    """The former names of one file: those of records, and of their fields and choices.

    Most files have none.
    """

    def __init__(self, renamings: Iterable[FormerName] = ()) -> None:
        super().__init__(renamings)
        #: Tables, by any name, whose records have had a field or a choice renamed. Most have not,
        #: and verifying need not read their contents.
        self._with_fields = self._tables_with_fields()

    def _tables_with_fields(self) -> set[str]:
        tables = set[str]()
        for renaming in reversed(self._renamings):
            if renaming.field or table_of(renaming.now) in tables:
                tables.add(table_of(renaming.record))
        return tables

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
        self,
        table: str,
        change: int,
        side: dict[str, Any] | None,
    ) -> dict[str, Any] | None:
        """Return a side of a change by the columns and choices of today."""
        if not side or table not in self._with_fields or change > self.newest_change():
            return side
        return dict(self._entry(table, name, value, change) for name, value in side.items())

    def arguments(
        self,
        verb: str,
        action: int,
        given: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Return what an action was given, by the names of today; `verb` is its name as recorded.

        Fields and choices have the names of today, and so have the records that it was about:
        `keys.key:5`.
        """
        bound = self._bound(action)
        if bound == LAST:
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
        if bound == LAST or mark[0] != "record":
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
            (renaming.change for renaming in self._renamings if renaming.action > action), LAST
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
