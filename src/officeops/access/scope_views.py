"""Scope views: temporary views in place of the tables of scoped kinds, for one connection.

A person who reaches only some rows reads a view with the table's own name, and so does every query
by that name: lists, look-ups, labels, counts and a plugin's own SQL. It reads a second view, whose
name nobody can guess, and through that one alone SQLite lets the table be read. The search index
and the folded identities of a table have such views too. The owner of the file, and a person who
reaches all rows, have none and pay nothing.

The views and the keys are temporary: they are never in the file, in a backup, or seen by another
connection. In code that has to see every row, such as an action, the views of the tables' names
are away (`Guard.mode`).
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officeops.access.scope_conditions import KEYS, ScopeConditions
from officeops.store.folded_identities import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.access.authority import Authority
    from officeops.model.records import Record

_VIEWS: Final = "SELECT name FROM temp.sqlite_temp_master WHERE type = 'view'"
#: The most statements whose tables are remembered.
_MOST: Final = 500


class ScopeViews:
    """The views of one connection, for one person at a time.

    A view is made when a statement first names its table: making all of them costs more than a list
    of a few records.
    """

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._db = authority.store.db
        #: The beginning of the names that nobody can guess.
        self._token = f"scope_{os.urandom(8).hex()}"
        self.conditions = ScopeConditions(authority)
        #: By kind of record, the condition that a row is within reach.
        self.limited: dict[type[Record], str] = {}
        self._keys: list[set[int]] = []
        #: By table of those kinds, the query of its rows within reach, and the kind.
        self._sources: dict[str, str] = {}
        self._kinds: dict[str, type[Record]] = {}
        #: The tables that have a view with a name that nobody can guess, and those in whose place
        #: one is shown. Blank while they are changed, where that may be interrupted.
        self._made: set[str] = set()
        self._shown: set[str] = set()
        self._is_known = True
        #: Words that no statement has in it while views are shown.
        self._unsaid: tuple[str, ...] = ()
        #: The kinds of which rows were read since a report began.
        self.read: set[type[Record]] = set()
        #: The tables that each statement names.
        self._named: dict[str, tuple[str, ...]] = {}

    # -- the person's reach -----------------------------------------------------------------------

    def take(self) -> None:
        """Take the acting person's reach as it is now. Called while nothing is guarded."""
        self.conditions = ScopeConditions(self._authority)
        limited = self.conditions.limited()
        had_any, self.limited = bool(self.limited), limited
        if not (limited or had_any):
            return
        # Asked before anything is changed: it is code of a plugin.
        self._keys = [self._authority.scope_keys(*holder) for holder in self.conditions.holders]
        self._sources, self._kinds = {}, {}
        for record, condition in limited.items():
            for table, source in self._tables_of(record, condition):
                self._sources[table] = source
                self._kinds[table] = record
        searched = [record.meta.table for record in limited if record.meta.searched]
        # The tables that an index is made of are read by SQLite itself, not by a statement.
        self._unsaid = (self._token, *(f"{table}_search_" for table in searched))
        self._named = {}
        with self._changing():
            # Also those that a rolled back action left as they were before.
            for (name,) in self._db.unlooked(_VIEWS).fetchall():
                self._db.unlooked(f"DROP VIEW temp.{name}")
            self._made, self._shown = set(), set()
            self._fill()

    def _fill(self) -> None:
        columns = "holder INTEGER, key INTEGER, PRIMARY KEY (holder, key)"
        self._db.unlooked(f"CREATE TEMP TABLE IF NOT EXISTS {KEYS} ({columns}) WITHOUT ROWID")
        self._db.unlooked(f"DELETE FROM temp.{KEYS}")
        sql = f"INSERT INTO temp.{KEYS} (holder, key) SELECT ?, value FROM json_each(?)"
        for number, held in enumerate(self._keys):
            self._db.unlooked(sql, (number, f"[{','.join(map(str, held))}]"))

    def _tables_of(self, record: type[Record], condition: str) -> Iterator[tuple[str, str]]:
        """Yield the tables of a kind, each with the query of its rows within reach."""
        meta = record.meta
        withheld = self._authority.withheld(record)
        columns = [f"NULL AS {name}" if name in withheld else name for name in meta.columns]
        yield meta.table, f"SELECT {', '.join(columns)} FROM main.{meta.table} WHERE {condition}"
        ids = f"SELECT id FROM temp.{self._token}_{meta.table}"
        if meta.identities or meta.searched:
            same = table_of(meta)
            yield same, f"SELECT identity, folded, id FROM main.{same} WHERE id IN ({ids})"
        if meta.searched:
            # The hidden column, of the table's own name, is what MATCH asks.
            # With a plus the index goes through its hits: it would look for each row otherwise.
            index = f"{meta.table}_search"
            yield index, f"SELECT rowid, {index} FROM main.{index} WHERE +rowid IN ({ids})"

    # -- showing and hiding -----------------------------------------------------------------------

    def lacks(self, sql: str) -> bool:
        """Whether a statement names a table whose view is not shown yet."""
        if not self._sources:
            return False
        return not (self._is_known and self._shown.issuperset(self._tables_in(sql)))

    def _tables_in(self, sql: str) -> tuple[str, ...]:
        """Return the tables that a statement names: a name is in it letter for letter."""
        named = self._named.get(sql)
        if named is None:
            lowered = sql.lower()
            named = tuple(table for table in self._sources if table in lowered)
            if len(self._named) >= _MOST:
                self._named.clear()
            self._named[sql] = named
        return named

    def show(self, sql: str, seen: frozenset[str] | None) -> None:
        """Put views in the place of the tables that a statement names. Called unguarded.

        `seen` are the tables that the person may read at all; None for every one. SQLite asks
        nobody about a view whose rows are only counted.
        """
        if not self._is_known:
            self.hide()
        with self._changing():
            for table in self._tables_in(sql):
                if table in self._shown or (seen is not None and table not in seen):
                    continue
                # The other views of a kind read the one of its table.
                self._make(self._kinds[table].meta.table)
                self._make(table)
                inner = f"{self._token}_{table}"
                self._db.unlooked(f"CREATE TEMP VIEW {table} AS SELECT * FROM temp.{inner}")
                self._shown.add(table)

    def _make(self, table: str) -> None:
        if table not in self._made:
            source = self._sources[table]
            self._db.unlooked(f"CREATE TEMP VIEW {self._token}_{table} AS {source}")
            self._made.add(table)

    def hide(self) -> None:
        """Give the tables their names back. Called while nothing is guarded."""
        if self._is_known and not self._shown:
            return
        shown = self._shown if self._is_known else set(self._sources)
        with self._changing():
            for table in shown:
                self._db.unlooked(f"DROP VIEW IF EXISTS temp.{table}")
            if not self._is_known:
                for table in self._sources:
                    self._db.unlooked(f"DROP VIEW IF EXISTS temp.{self._token}_{table}")
                self._made = set()
            self._shown = set()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Let temporary views be changed on a connection that only reads.

        Where that is interrupted, nobody knows which there are: all are dropped the next time.
        """
        db = self._db
        self._is_known = False
        [(is_reading,)] = db.unlooked("PRAGMA query_only").fetchall()
        if is_reading:
            db.unlooked("PRAGMA query_only = OFF")
        try:
            yield
            self._is_known = True
        finally:
            if is_reading:
                db.unlooked("PRAGMA query_only = ON")

    # -- what SQLite asks while they are shown ----------------------------------------------------

    def verdict(
        self,
        table: str,
        database: str | None,
        source: str | None,
    ) -> bool | None:
        """Say whether a column may be read; None where these views have no say in it.

        `source` is the view that reads it, or None for the statement itself.
        """
        is_inner = (source or "").startswith(self._token)
        if table in self._sources:
            if source == f"{self._token}_{table}":
                self.read.add(self._kinds[table])
            # Of the view with the table's name, the person's own columns count.
            return None if database == "temp" else is_inner
        if database != "temp":
            return True if is_inner else None
        return is_inner or (table.startswith(self._token) and source in self._sources)

    def is_spoken_of(self, sql: str) -> bool:
        """Whether a statement names what it has no business with.

        A WITH table could take the name of an inner view, and a search index could be read piece by
        piece: SQLite asks nobody about either. A name is in a statement letter for letter.
        """
        lowered = sql.lower()
        return any(word in lowered for word in self._unsaid)

    # -- questions about rows ---------------------------------------------------------------------

    def keys(self) -> dict[type[Record], set[int]]:
        """Return the keys of each scope when the reach was taken, by a kind that has the scope."""
        kinds = [record for record, _ in self.conditions.holders]
        return dict(zip(kinds, self._keys, strict=True))

    def held(self, record: type[Record]) -> set[int]:
        """Return the keys that the person had by a kind's scope when the reach was taken."""
        number = self.conditions.number_of(record)
        return self._keys[number] if number is not None else set()

    def outside(self, record: type[Record], ids: set[int]) -> set[int]:
        """Return which of some rows are beyond reach, or not there. Called while unguarded."""
        condition = self.limited.get(record)
        if condition is None or not ids:
            return set()
        sql = (
            f"SELECT id FROM main.{record.meta.table} "
            f"WHERE id IN (SELECT value FROM json_each(?)) AND {condition}"
        )
        rows = self._db.execute(sql, (f"[{','.join(map(str, ids))}]",)).fetchall()
        return ids - {number for (number,) in rows}
