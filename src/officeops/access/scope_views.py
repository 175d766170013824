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

_DROPPED: Final = "SELECT name FROM temp.sqlite_temp_master WHERE type = 'view'"


class ScopeViews:
    """The views of one connection, for one person at a time."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._db = authority.store.db
        #: The beginning of the names that nobody can guess.
        self._token = f"scope_{os.urandom(8).hex()}"
        self.conditions = ScopeConditions(authority)
        #: By kind of record, the condition that a row is within reach.
        self.limited: dict[type[Record], str] = {}
        #: The tables that are read through a view, each with that view's name.
        self._inner: dict[str, str] = {}
        self._keys: list[set[int]] = []
        #: Words that no statement has in it while the views are shown.
        self._unsaid: tuple[str, ...] = ()
        #: Whether the views are shown; None while they are changed, or where that was interrupted.
        self._are_shown: bool | None = False

    # -- making them ------------------------------------------------------------------------------

    def take(self) -> None:
        """Take the acting person's reach as it is now. Called while nothing is guarded."""
        self.conditions = ScopeConditions(self._authority)
        limited = self.conditions.limited()
        had_any, self.limited = bool(self.limited), limited
        if not (limited or had_any):
            return
        # Asked before anything is changed: it is code of a plugin.
        keys = [self._authority.scope_keys(*holder) for holder in self.conditions.holders]
        self._keys = keys
        with self._writable():
            self._are_shown = None
            # Also those that a rolled back action left as they were before.
            for (name,) in self._db.unlooked(_DROPPED).fetchall():
                self._db.unlooked(f"DROP VIEW temp.{name}")
            self._fill(keys)
            self._inner = {}
            for record, condition in limited.items():
                for table, sql in self._sources(record, condition):
                    self._inner[table] = name = f"{self._token}_{table}"
                    self._db.unlooked(f"CREATE TEMP VIEW {name} AS {sql}")
            self._are_shown = False
        searched = [record.meta.table for record in limited if record.meta.searched]
        # The tables that an index is made of are read by SQLite itself, not by a statement.
        self._unsaid = (self._token, *(f"{table}_search_" for table in searched))

    def _fill(self, keys: list[set[int]]) -> None:
        columns = "holder INTEGER, key INTEGER, PRIMARY KEY (holder, key)"
        self._db.unlooked(f"CREATE TEMP TABLE IF NOT EXISTS {KEYS} ({columns}) WITHOUT ROWID")
        self._db.unlooked(f"DELETE FROM temp.{KEYS}")
        sql = f"INSERT INTO temp.{KEYS} (holder, key) SELECT ?, value FROM json_each(?)"
        for number, held in enumerate(keys):
            self._db.unlooked(sql, (number, f"[{','.join(map(str, held))}]"))

    def _sources(self, record: type[Record], condition: str) -> Iterator[tuple[str, str]]:
        """Yield the tables of a kind, each with the query of its rows within reach."""
        meta = record.meta
        away = self._authority.withheld(record)
        columns = [f"NULL AS {name}" if name in away else name for name in meta.columns]
        yield meta.table, f"SELECT {', '.join(columns)} FROM main.{meta.table} WHERE {condition}"
        ids = f"SELECT id FROM temp.{self._token}_{meta.table}"
        if meta.identities or meta.searched:
            same = table_of(meta)
            yield same, f"SELECT identity, folded, id FROM main.{same} WHERE id IN ({ids})"
        if meta.searched:
            # The hidden column, of the table's own name, is what MATCH asks.
            index = f"{meta.table}_search"
            yield index, f"SELECT rowid, {index} FROM main.{index} WHERE rowid IN ({ids})"

    # -- showing them -----------------------------------------------------------------------------

    def show(self, *, on: bool) -> None:
        """Put the views before the tables, or take them away. Called while nothing is guarded."""
        if self._are_shown is on or not self._inner:
            return
        with self._writable():
            self._are_shown = None
            for table, inner in self._inner.items():
                self._db.unlooked(f"DROP VIEW IF EXISTS temp.{table}")
                if on:
                    self._db.unlooked(f"CREATE TEMP VIEW {table} AS SELECT * FROM temp.{inner}")
            self._are_shown = on

    @contextmanager
    def _writable(self) -> Iterator[None]:
        """Let temporary views be made on a connection that only reads."""
        db = self._db
        [(is_reading,)] = db.unlooked("PRAGMA query_only").fetchall()
        if is_reading:
            db.unlooked("PRAGMA query_only = OFF")
        try:
            yield
        finally:
            if is_reading:
                db.unlooked("PRAGMA query_only = ON")

    # -- what SQLite asks while they are shown ----------------------------------------------------

    def verdict(self, table: str, database: str | None, source: str | None) -> bool | None:
        """Say whether a column may be read; None where these views have no say in it.

        `source` is the view that reads it, or None for the statement itself.
        """
        is_inner = (source or "").startswith(self._token)
        if table in self._inner:
            # Of the view with the table's name, the person's own columns count.
            return None if database == "temp" else is_inner
        if database != "temp":
            return True if is_inner else None
        return is_inner or (table.startswith(self._token) and source in self._inner)

    def is_spoken_of(self, sql: str) -> bool:
        """Whether a statement names what it has no business with.

        A WITH table could take the name of an inner view, and a search index could be read piece by
        piece: SQLite asks nobody about either. A name is in a statement letter for letter.
        """
        lowered = sql.lower()
        return any(word in lowered for word in self._unsaid)

    # -- questions about rows ---------------------------------------------------------------------

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
