"""Reading notes: the tables that each plugin reads while it is asked, by SQL or by a service."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.store.connection import Connection


class ReadingNotes:
    """Notes each table read on a connection, for the plugin that is asked just then. Refuses nothing."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._asked: tuple[str, str] | None = None
        #: The names of tables by plugin.
        self.tables: dict[str, set[str]] = {}

    def begin(self) -> None:
        """Look at each statement from now on."""
        self._db.look = self._look
        self._ask_again()

    def _look(self, _sql: str) -> None:
        """Have SQLite ask again where another plugin is asked: it may repeat a kept statement."""
        if self._db.asked != self._asked:
            self._ask_again()

    def _ask_again(self) -> None:
        self._asked = self._db.asked
        # Setting the authorizer makes SQLite forget which statements it has asked about.
        self._db.set_authorizer(self._note)

    def _note(
        self,
        what: int,
        table: str | None,
        *_: str | None,
    ) -> int:
        if what == sqlite3.SQLITE_READ and table and self._asked:
            self.tables.setdefault(self._asked[0], set()).add(table)
        return sqlite3.SQLITE_OK
