"""Store: the open file, its gate, and the action that is being written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Broken, Busy, Refused
from officeops.model.identity import fold, number
from officeops.store import interruption
from officeops.store.commits import Fate
from officeops.store.connection import Connection, connect, is_full, look
from officeops.store.file_refusals import is_error
from officeops.store.filesystem import marks, refuse_network
from officeops.store.gate import PATIENCE, Gate
from officeops.store.key import Keys
from officeops.values.text import is_untidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.store.former_names import FormerNames
    from officeops.store.table_versions import Tables


class Store:
    """One open file. Reads go straight to `db`; writes happen inside `exclusive()` alone.

    `still` opens a file that nobody writes, such as a backup, without locks and without changing
    it. Raises what `connect` raises, and Refused on a network file system.
    """

    def __init__(
        self,
        path: str,
        *,
        create: bool = False,
        still: bool = False,
        fate: Fate | None = None,
    ) -> None:
        self.path = path
        #: The commits through this store, and through others of the same run.
        self.fate = fate or Fate()
        self.gate = Gate(path)
        if not still:
            refuse_network(path)
        self.db = look(path) if still else self._created() if create else connect(path)
        # Read, so that SQLite has its log and its shared memory open too.
        self.db.execute("PRAGMA schema_version").fetchone()
        #: The files as they are now: a write after another file took their name is lost.
        self._opened = marks(path)
        #: Whether every process that had the file open then has the shared memory beside it.
        self._has_no_strangers = False
        #: The keys of the history; another path of theirs may be put here before the first write.
        self.keys = Keys(f"{path}.key")
        #: The id of the action being written; None between actions, and then every trigger refuses.
        self.action_id: int | None = None
        #: While a bulk action defers the history and search entries of rows it adds: each table's
        #: first such id.
        self.deferred: dict[str, int] | None = None
        #: Whether rows may be deleted: in a migration, and in the purge of what the law lets go,
        #: nowhere else.
        self.destroying = False
        #: Whether values that were there are written back: fields take them whatever their limits
        #: are by now.
        self.undoing = False
        #: The moment of SQLite's clock: `now`, but another one while a demo's past is made up.
        self.moment = "now"
        #: Whether the file is a demo that is being made up: only then its clock may be set.
        self.is_made_up = False
        #: The steps this session knows the tables by; a write is refused once another program has
        #: taken more.
        self.tables: Tables | None = None
        self._former: FormerNames | None = None
        self.db.create_function("officeops_action", 0, self._action)
        self.db.create_function("officeops_writing", 1, self._writing)
        self.db.create_function("officeops_destroying", 0, self._destroying)
        self.db.create_function("officeops_undoing", 0, self._undoing)
        self.db.create_function("officeops_by_sql", 1, self._by_sql)
        self.db.create_function("officeops_fold", 1, fold, deterministic=True)
        self.db.create_function("officeops_untidy", 2, is_untidy, deterministic=True)
        self.db.still = self._still
        self.db.create_function("officeops_item_number", 1, number, deterministic=True)
        self.db.read_only()

    def _still(self) -> None:
        """Raise Moved once another program has taken steps that this session does not know."""
        if self.tables is not None:
            self.tables.still(self.db)

    def same_files(self) -> None:
        """Raise Replaced, or Refused, where the file has another name or lost one since then."""
        now = marks(self.path)
        if now != self._opened or now[""][2] > 1:
            from officeops.store.office_files import refuse_replaced

            refuse_replaced(self.path, self._opened, now)

    def refuse_strangers(self) -> None:
        """Raise Busy, at the first write, where a process has lost the shared memory of this file.

        One that loses it later would not find its own files any more (`same_files`).
        """
        if not self._has_no_strangers:
            from officeops.store.shared_memory import refuse_strangers

            refuse_strangers(self.path)
            self._has_no_strangers = True

    def _created(self) -> Connection:
        """Open the file, made if need be.

        Two who turn one file to its log at a time fail each other, so under the gate.
        """
        os.makedirs(os.path.dirname(os.path.abspath(self.path)), mode=0o700, exist_ok=True)
        with self.gate.held("starting an office"):
            if not os.path.exists(self.path):
                from officeops.store.office_files import refuse_logs_alone

                refuse_logs_alone(self.path)
            return connect(self.path, create=True)

    @property
    def former(self) -> FormerNames:
        """The names that records and fields had before migrations renamed them; read once."""
        if self._former is None:
            from officeops.store.former_names import read

            self._former = read(self.db)
        return self._former

    def forget_names(self) -> None:
        """Read the former names again at the next use: a migration renamed something."""
        self._former = None

    def _action(self) -> int:
        if self.action_id is None:
            raise PermissionError("a write needs an action with an actor")
        return self.action_id

    def _writing(self, table: str) -> int:
        """Answer the guards of a table (see `arming`)."""
        # Each row that is written comes by here, so the usual answer is given without another call.
        if table in self.db.arming.armed and self.action_id is not None:
            return self.action_id
        action = self._action()
        if not self.db.arming.is_armed(table):
            raise PermissionError(f"the triggers of {table} are not armed")
        return action

    def _destroying(self) -> bool:
        return bool(self._action()) and self.destroying

    def _undoing(self) -> bool:
        # An upgrade's steps run under the triggers of the version before them.
        return self.undoing or self.destroying

    def _by_sql(self, table: str) -> bool:
        """Whether SQL of an action writes a table, which asked nobody before (`sql_triggers`)."""
        return table != self.db.checked_table and not self._undoing()

    def defer(self) -> None:
        """Defer the history and search entries of new rows; `Office.write_deferred` writes them."""
        self.deferred = {}
        # Room for a bulk action's pages, so that they are not written and read back while it lasts.
        self.db.execute("PRAGMA cache_size = -8192")

    @contextmanager
    def exclusive(
        self,
        note: str,
        *,
        upgrade: str = "",
        patience: float = PATIENCE,
    ) -> Iterator[sqlite3.Connection]:
        """Hold the gate and a write transaction: committed at the end, rolled back on any error.

        `note` says who does what, for the writers that wait. `upgrade` is the sentence for a write that
        nobody asked for.
        """
        if self.db.in_transaction:
            raise Broken("A write was begun inside another write.")
        from officeops.store import chain  # noqa: F401 - needed at the commit: imported before the gate, nobody waits for it

        # Outside the gate: it may wait for a process that is just opening the file.
        self.refuse_strangers()
        self.gate.enter(note, patience)
        try:
            with self.db.writable():
                yield from self._transaction(upgrade)
        finally:
            self.action_id = None
            self.deferred = None
            self.destroying = False
            self.gate.leave()

    def _transaction(self, upgrade: str) -> Iterator[sqlite3.Connection]:
        self._begin()
        try:
            self.same_files()
            self._still()
            self.db.arming.begin()
            yield self.db
            self._commit(upgrade)
        except BaseException as error:
            self.db.arming.end(kept=False)
            self._give_up(upgrade)
            if is_error(error, "SQLITE_READONLY"):
                # The cause comes first: a screen of 80 columns cuts the rest.
                why = "The disk is full; make room. " if is_full(self.path) else ""
                what = f"{why}{self.path} may be read here, not written."
                raise Refused(what, code="cannot-write") from error
            raise

    def _begin(self) -> None:
        try:
            self.db.unlooked("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not is_error(error, "SQLITE_BUSY", "SQLITE_LOCKED"):
                raise
            raise Busy(
                "A program that does not take the office's gate is writing, such as the sqlite3 "
                "shell. End it first."
            ) from error

    def _commit(self, upgrade: str) -> None:
        if self.deferred:
            raise Broken("A bulk action ended without writing its history. Nothing was kept.")
        self.must_be_open()
        interruption.hold()
        try:
            self.db.unlooked("COMMIT")
            self.db.arming.end(kept=True)
            self._note(upgrade)
        finally:
            interruption.release()

    def must_be_open(self) -> None:
        """Raise Broken if code of the action has ended its transaction in spite of all guards."""
        if not self.db.in_transaction:
            raise Broken(
                "The code of this action ended its transaction by itself, with a commit or a "
                "rollback"
            )

    def _give_up(self, upgrade: str) -> None:
        """Roll back a failed action; without a transaction, find out whether it was committed."""
        # A COMMIT that failed on a full disk leaves its transaction open; kept so, it would lock
        # everybody out.
        with suppress(sqlite3.Error):
            if self.db.in_transaction:
                self.db.unlooked("ROLLBACK")
            elif self._is_on_record():
                self._note(upgrade)
                self._seal_late()

    def _is_on_record(self) -> bool:
        """Whether the action was committed unseen, by its own code or just before an interrupt."""
        if self.action_id is None or self.action_id in self.fate.actions:
            return False
        return bool(
            self.db.execute("SELECT 1 FROM core_action WHERE id = ?", (self.action_id,)).fetchone()
        )

    def _seal_late(self) -> None:
        """Seal an action that was committed early: without its link the later history breaks."""
        from officeops.store.chain import seal

        if not self.db.execute(
            "SELECT link FROM core_action WHERE id = ?", (self.action_id,)
        ).fetchone()[0]:
            seal(self.db, self.keys, self.action_id or 0)

    def _note(self, upgrade: str) -> None:
        if upgrade:
            self.fate.upgraded(upgrade)
        elif self.action_id is not None:
            self.fate.saved(self.action_id)

    def checkpoint(self, note: str = "moving the write-ahead log into the file") -> bool:
        """Move the write-ahead log into the file and empty it.

        It takes the gate, as this must not happen beside a writer (see `gate`). Returns whether all of it was moved; a reader that is still at an older state keeps the rest
        for the next time.
        """
        with self.gate.held(note):
            busy, log, moved = self.db.unlooked("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy and log == moved

    def rows(
        self,
        sql: str,
        *values: object,
        **named: object,
    ) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows: a half-read one would pin the write-ahead log."""
        return self.db.execute(sql, named or values).fetchall()

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run a query and return the first column of its first row, or None."""
        row = self.db.execute(sql, values).fetchone()
        return row[0] if row else None

    def stamp(self) -> str:
        """Return this instant as SQLite's clock writes it, in `archived_at` and in actions."""
        return str(self.value("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', ?)", self.moment))

    def close(self) -> None:
        """Close the file and the gate."""
        self.db.close()
        self.gate.close()
