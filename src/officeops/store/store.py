"""Store: the open file, its gate, and the action that is being written."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from officeops.errors import Broken
from officeops.store.connection import connect
from officeops.store.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Store:
    """One open file. Reads go straight to `db`; writes happen inside `exclusive()` alone."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self.db = connect(path, create=create)
        self.gate = Gate(path)
        #: The id of the action being written; None between actions, and then every trigger refuses.
        self.action_id: int | None = None
        #: While a bulk import keeps new rows out of the search index until its end: each table's first such id.
        self.unindexed: dict[str, int] | None = None
        self.db.create_function("officeops_action", 0, self._action)
        self.db.create_function("officeops_indexing", 0, self._indexing)

    def _action(self) -> int:
        if self.action_id is None:
            raise PermissionError("a write needs an action with an actor")
        return self.action_id

    def _indexing(self) -> int:
        return int(self.unindexed is None)

    def suspend_indexing(self) -> None:
        """Keep rows that are added from now on out of the search index, until it takes them all at once."""
        self.unindexed = {}

    def leave_unindexed(self, table: str, id: int) -> None:  # noqa: A002 - the column's name
        """Note a row added while indexing is suspended."""
        if self.unindexed is not None:
            self.unindexed.setdefault(table, id)

    @contextmanager
    def exclusive(self, note: str) -> Iterator[sqlite3.Connection]:
        """Hold the gate and a write transaction: committed at the end, rolled back on any error.

        `note` says who does what, for those who wait.
        """
        if self.db.in_transaction:
            raise Broken("A write was begun inside another write.")
        self.gate.enter(note)
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")
        finally:
            self.action_id = None
            self.unindexed = None
            self.gate.leave()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows; none is left half-read to pin the write-ahead log."""
        return self.db.execute(sql, values).fetchall()

    def close(self) -> None:
        """Close the file and the gate."""
        self.db.close()
        self.gate.close()
