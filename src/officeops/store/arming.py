"""Arming: the triggers of a table are made on a connection when it first writes to that table.

SQLite reads the text of every trigger in a file each time the file is opened, whether or not
anything is written: with twenty plugins that took as long as all the rest of a command. So the
triggers rest in the table `core_trigger`, and in the schema each table has three short guards alone
(`guards`). Before a statement that names a table writes, its triggers are made as temporary ones,
for this connection. A guard refuses a write to a table whose triggers are not armed, also by a
program that knows nothing of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops.model.sql_values import quoted
from officeops.store.statements import begins_rollback, moves_savepoint, reads_only

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import Protocol

    from officeops.store.folded_triggers import Trigger
    from officeops.store.statements import Reach

    class Guarded(Protocol):
        """The connection on which triggers are armed (`connection.Connection`)."""

        reach: Reach
        checked_table: str

        def unlooked(self, sql: str, values: object = (), /) -> sqlite3.Cursor:
            """Run a statement of the core's own."""
            ...

        def unasked(self) -> AbstractContextManager[None]:
            """Have SQLite ask no authorizer for a moment."""
            ...


#: The table in which triggers rest: each with its table and its SQL.
TABLE: Final = "core_trigger"
_EVENTS: Final = {"add": "INSERT", "edit": "UPDATE", "delete": "DELETE"}
#: The tables that have a guard.
_GUARDED: Final = (
    "SELECT tbl_name FROM main.sqlite_master "
    "WHERE type = 'trigger' AND name = tbl_name || '_guard_add'"
)
#: Whether triggers of other tables keep a record's table: its rows have no version of their own.
_IS_DERIVED: Final = (
    "SELECT 1 FROM core_installed WHERE record = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE name = 'version')"
)
_WORD: Final = r"\w+"
#: The most statements whose tables are remembered.
_MOST: Final = 500


def guards(table: str) -> tuple[Trigger, ...]:
    """Return the name and SQL of the guards of a table whose triggers rest."""
    return tuple(
        _guard(table, f"{table}_guard_{ending}", event) for ending, event in _EVENTS.items()
    )


def _guard(table: str, name: str, event: str) -> Trigger:
    body = f"SELECT officeops_writing('{table}');"
    return name, f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN {body} END"


def resting(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Yield table, name and SQL of each resting trigger; none before the migration that keeps them."""
    if db.execute(f"PRAGMA table_info({TABLE})").fetchone():
        yield from db.execute(f"SELECT record, name, sql FROM {TABLE}").fetchall()


def guarded(db: sqlite3.Connection) -> set[str]:
    """Return the tables that have a guard, and so resting triggers."""
    return {table for (table,) in db.execute(_GUARDED)}


class Arming:
    """The armed triggers of one connection. It arms inside write transactions alone (`begin`)."""

    def __init__(self, db: Guarded) -> None:
        self._db = db
        #: Whether a write transaction is open.
        self.is_on = False
        #: Whether an upgrade runs. Its steps rebuild and rename tables, and the changes that no
        #: trigger saw are recorded at its end (`migration_history`).
        self.is_upgrading = False
        #: Whether the open transaction went back to a savepoint.
        self.went_back = False
        #: The tables whose triggers are armed; not known after a savepoint was gone back to.
        self.armed: set[str] = set()
        self._is_known = True
        #: By table that was armed, the names of its triggers, and those that rest for a while.
        self._names: dict[str, set[str]] = {}
        self._left_out: dict[str, set[str]] = {}
        #: Whether code of the open action has set savepoints.
        self.has_savepoints = False
        #: Ends what a bulk action delays, before SQL of its own reaches the tables; None where
        #: nothing is delayed.
        self.end_delay: Callable[[], None] | None = None
        self._guarded: set[str] = set()
        #: The tables that each statement names.
        self._named: dict[str, frozenset[str]] = {}
        self._schema = -1

    # -- the write transaction ---------------------------------------------------------------------

    def begin(self) -> None:
        """Start to arm: a write transaction is open, in which nobody else changes the tables."""
        [(schema,)] = self._db.unlooked("PRAGMA main.schema_version").fetchall()
        if schema != self._schema:
            self.disarm()
            self._schema = schema
        self.is_on, self.went_back, self.has_savepoints = True, False, False

    def end(self, *, kept: bool) -> None:
        """Stop: the transaction is over. One that was rolled back takes its armed triggers with it."""
        self.is_on = self.is_upgrading = False
        self.end_delay = None
        self._left_out = {}
        if not kept:
            self.forget()

    def forget(self) -> None:
        """Arm afresh at the next write."""
        self._schema = -1

    def disarm(self) -> None:
        """Drop all temporary triggers: the tables, or the triggers that rest, have changed."""
        with self._db.unasked():
            for name, _ in self._temporary():
                self._run(f"DROP TRIGGER temp.{quoted(name)}")
            self._guarded = {table for (table,) in self._run(_GUARDED)}
        self.armed, self._names, self._named = set(), {}, {}
        self._is_known = True

    # -- before each statement ---------------------------------------------------------------------

    def before(self, sql: str) -> None:
        """Arm the tables that a statement names, unless it only reads."""
        if self._db.reach == "acting" and not self._db.checked_table:
            self._before_own_sql(sql)
        named = self._named.get(sql)
        if named is None:
            if begins_rollback(sql):
                # It takes away the triggers that were armed since the savepoint.
                self.armed = set()
                self._is_known = False
                self.went_back = True
                return
            named = self._remember(sql)
        if not named <= self.armed:
            self._arm(named)

    def _before_own_sql(self, sql: str) -> None:
        """End the delay before a savepoint, and before a statement that names a delayed table.

        New rows must be in the history before what changes them, and rows of SQL meet all triggers.
        """
        is_of_savepoint = moves_savepoint(sql)
        self.has_savepoints |= is_of_savepoint
        end_delay = self.end_delay
        if end_delay is None:
            return
        if is_of_savepoint or not self._remember(sql).isdisjoint(self._left_out):
            self.end_delay = None
            end_delay()

    def is_derived(self, table: str) -> bool:
        """Whether triggers of other tables keep a table, as they keep the balances of a ledger."""
        return bool(self._run(_IS_DERIVED, table))

    def is_armed(self, table: str) -> bool:
        """Whether a table may be written: its triggers are armed, or an upgrade runs."""
        return self.is_upgrading or table in self.armed

    def _remember(self, sql: str) -> frozenset[str]:
        """Return the guarded tables that a statement which writes has in it, letter for letter."""
        words = [] if reads_only(sql) else re.findall(_WORD, sql.lower())
        named = frozenset(self._guarded.intersection(words))
        if len(self._named) >= _MOST:
            self._named.clear()
        self._named[sql] = named
        return named

    def _arm(self, tables: frozenset[str]) -> None:
        """Arm tables, and those that their triggers name."""
        with self._db.unasked():
            if not self._is_known:
                self.armed, self._is_known = self._still_armed(), True
            waiting = set(tables) - self.armed
            while waiting:
                texts = self._make(waiting)
                self.armed |= waiting
                named = re.findall(_WORD, " ".join(texts).lower())
                waiting = self._guarded.intersection(named) - self.armed

    def _still_armed(self) -> set[str]:
        """Return the tables whose triggers are all there, but those that are left out."""
        present = {name for name, _ in self._temporary()}
        armed: set[str] = set()
        for table, names in self._names.items():
            if names - self._left_out.get(table, set()) <= present:
                armed.add(table)
        return armed

    def _make(self, tables: Iterable[str]) -> list[str]:
        """Make the triggers of tables that are not there yet; return the texts of all."""
        present = {name for name, _ in self._temporary()}
        texts: list[str] = []
        for table in sorted(tables):
            rows = self._run(f"SELECT name, sql FROM {TABLE} WHERE record = ?", table)
            self._names[table] = {name for name, _ in rows}
            away = present | self._left_out.get(table, set())
            for name, sql in rows:
                texts.append(sql)
                if name not in away:
                    self._run(_temporary(sql))
        return texts

    # -- a bulk action -----------------------------------------------------------------------------

    def leave_out(self, table: str, names: Iterable[str]) -> None:
        """Take some of a table's triggers away, until `put_back` or the end of the transaction.

        Its guard of new rows goes, too: it would double the time of each.
        """
        if table not in self._guarded:
            return
        self._left_out[table] = left_out = set(names)
        self._arm(frozenset({table}))
        with self._db.unasked():
            for name, owner in self._temporary():
                if owner == table and name in left_out:
                    self._run(f"DROP TRIGGER temp.{quoted(name)}")
            of_new_rows, _ = guards(table)[0]
            self._run(f"DROP TRIGGER main.{of_new_rows}")

    def put_back(self, table: str) -> None:
        """Arm the triggers again that were left out."""
        if self._left_out.pop(table, None) is None:
            return
        _, of_new_rows = guards(table)[0]
        with self._db.unasked():
            self._make({table})
            self._run(of_new_rows)

    # -- SQLite ------------------------------------------------------------------------------------

    def _temporary(self) -> list[tuple[Any, ...]]:
        """List the temporary triggers, each with its table."""
        return self._run("SELECT name, tbl_name FROM temp.sqlite_master WHERE type = 'trigger'")

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._db.unlooked(sql, values).fetchall()


def _temporary(sql: str) -> str:
    """Return the SQL that makes a resting trigger for one connection."""
    _, _, rest = sql.split(None, 2)
    return f"CREATE TEMP TRIGGER {rest}"
