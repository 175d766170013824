"""Open the file the one way it may be opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, Self

from officeops.model.error_words import damage
from officeops.model.errors import Broken, Forbidden, NotFound, OutsideAction
from officeops.store.arming import Arming
from officeops.store.file_refusals import is_error, names_nothing
from officeops.store.statements import (
    MOST,
    fresh,
    of_sqlite,
    of_triggers,
    reads_only,
    refusal,
    sentence,
    targets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import FrameType
    from typing import Protocol

    from officeops.store.statements import Reach

    class Deadline(Protocol):
        """The time that some code on a connection has (see `plugins.time_limits`)."""

        deadline: float

        def up(self, frame: FrameType | None) -> None:
            """Note that the time is up, and whose code runs."""


#: synchronous=FULL: an acknowledged save survives a power cut. temp_store: staff data stays out of
#: /tmp. recursive_triggers: a row that REPLACE pushes out is deleted like any other, so the
#: triggers that keep rows are asked.
PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
PRAGMA cell_size_check = ON;
PRAGMA secure_delete = ON;
PRAGMA recursive_triggers = ON;
PRAGMA journal_size_limit = 16777216;
"""

#: Bytes that SQLite's shared memory takes beside the file, even to read it.
NEEDED = 65536


class Connection(sqlite3.Connection):
    """The office's connection: it writes for the core and inside an action, and for nobody else.

    Every statement is looked at before SQLite reads it: here by the phase (`reach`), and by the
    guard of the acting person (`look`), either of which raises for what must not run.
    """

    look: Callable[[str], None] | None = None
    #: Makes the error of a statement that is not for the acting person.
    forbidden: Callable[[], Forbidden] = Forbidden
    #: Raises where another program has changed the tables since they were read.
    still: Callable[[], None] = staticmethod(lambda: None)
    #: The phase. It begins as the core's own, while the file is opened.
    reach: Reach = "core"
    #: Returns whose code runs, as (plugin, function), for the sentence of a refusal; None where no
    #: plugin's does.
    running: Callable[[], tuple[str, str] | None] = staticmethod(lambda: None)
    #: The plugin and the place of it that is asked just now, and so writes nothing.
    asked: tuple[str, str] | None = None
    #: The table that the office's own writer writes just now, with rows that it checked; often
    #: blank.
    checked_table = ""
    #: What a function that SQL called had to say; SQLite itself says only that one raised.
    raised: Exception | None = None
    #: Whether it reads a file that nobody writes, or that no disk has room to write.
    is_look = False
    #: Whether `query_only` is being set, which the guard lets nobody else do.
    is_turning = False
    #: SQLite's authorizer, as it was set last.
    authorizer: Callable[..., int] | None = None
    _seen: Mapping[Reach, set[str]]

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as sqlite3 has it
        super().__init__(*arguments, **named)
        #: The triggers that are made on this connection when it writes.
        self.arming = Arming(self)
        self._seen = fresh()
        #: Whose time runs on this connection, the outermost first (see `plugins.time_limits`).
        self.limits: list[Deadline] = []

    def _looked(self, sql: str) -> None:
        """Raise OutsideAction for what may not run now."""
        if sql not in (seen := self._seen[self.reach]):
            if refused := refusal(sql, self.reach) or self._of_triggers(sql):
                raise self._outside(refused)
            if len(seen) >= MOST:
                seen.clear()
            seen.add(sql)
        if self.look is not None:
            self.look(sql)
        if self.arming.is_on:
            self.arming.before(sql)

    def _of_triggers(self, sql: str) -> str:
        """Return why an action's statement may not write a table that triggers keep; or blank."""
        if self.reach != "acting" or reads_only(sql):
            return ""
        kept = (table for table in targets(sql) if self.arming.is_derived(table))
        return next(map(of_triggers, kept), "")

    def set_authorizer(self, callback: Callable[..., int] | None) -> None:
        """Have SQLite ask a function about each statement that it reads; None asks nobody."""
        self.authorizer = callback
        super().set_authorizer(callback)

    @contextmanager
    def unasked(self) -> Iterator[None]:
        """Have SQLite ask no authorizer for a moment, in which the core's own statements run."""
        authorizer = self.authorizer
        if authorizer is None:
            yield
            return
        super().set_authorizer(None)
        try:
            yield
        finally:
            super().set_authorizer(authorizer)

    def _outside(self, refused: str) -> OutsideAction:
        return OutsideAction(sentence(refused, self.running()))

    def _explained(self, error: sqlite3.DatabaseError) -> BaseException:
        """Explain what the person may not do, and what may not run now; return other errors.

        Raises Moved where a table or a column is missing because another program changed it.
        """
        # Without a guard it is a migration's boundary that refuses, with an error of its own.
        if self.look is not None and is_error(error, "SQLITE_AUTH"):
            return self.forbidden()
        if names_nothing(error):
            self.still()
        if self.raised is not None:
            raised, self.raised = self.raised, None
            return raised
        refused = "" if self.reach == "core" else of_sqlite(error)
        return self._outside(refused) if refused else error

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - whatever SQLite takes
        """Run one statement."""
        self._looked(sql)
        try:
            return super().execute(sql, values)
        except sqlite3.DatabaseError as error:
            explained = self._explained(error)
            raise explained from (error.__cause__ if explained is error else error)

    def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:  # noqa: ANN401 - likewise
        """Run one statement for each row of values."""
        self._looked(sql)
        try:
            return super().executemany(sql, values)
        except sqlite3.DatabaseError as error:
            explained = self._explained(error)
            raise explained from (error.__cause__ if explained is error else error)

    def executescript(self, sql: str, /) -> sqlite3.Cursor:
        """Run several statements, while the file is opened: Python commits before them."""
        if self.in_transaction or self.reach != "core":
            raise self._outside(
                "tried to run a script HERE, which commits; run its statements one by one"
            )
        return super().executescript(sql)

    def cursor(self, factory: Any = None) -> Any:  # noqa: ANN401 - as sqlite3 has it
        """Return a cursor, whose statements are looked at like the connection's own."""
        if self.look is not None:
            raise self.forbidden()
        return super().cursor(factory or _Cursor)

    def blobopen(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - as sqlite3 has it
        """Refuse: a value that is written in pieces passes every trigger by."""
        raise self._outside("tried to open a value in pieces HERE; read and write it by SQL")

    def commit(self) -> None:
        """Refuse: an action is committed by the office, whole."""
        raise self._outside("tried to commit HERE; the office alone begins and ends an action")

    def rollback(self) -> None:
        """Refuse: an action that fails is rolled back by the office, whole."""
        raise self._outside("tried to roll back HERE; the office alone begins and ends an action")

    def __exit__(self, *_: object) -> Literal[False]:
        """Leave commit and rollback to the office, unlike sqlite3 at the end of a `with`."""
        return False

    def unlooked(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - whatever SQLite takes
        """Run a statement of the core's own: it begins or ends a transaction or copies the file."""
        return super().execute(sql, values)

    @contextmanager
    def writable(self) -> Iterator[None]:
        """Let the core write for as long as this lasts. The caller holds the gate."""
        before = self.reach
        if before != "core":
            self._turn("OFF")
        self.reach = "core"
        try:
            yield
        finally:
            self.reach = before
            if before != "core":
                self._turn("ON")

    @contextmanager
    def checked(self, table: str) -> Iterator[None]:
        """Write rows of a table that were checked before: its triggers do not ask again."""
        before, self.checked_table = self.checked_table, table
        try:
            yield
        finally:
            self.checked_table = before

    def begin_answer(self, asked: tuple[str, str]) -> tuple[tuple[str, str] | None, Reach]:
        """Refuse writes while a plugin answers; return the state that `end_answer` restores."""
        before = self.asked, self.reach
        self.asked, self.reach = asked, "reading"
        return before

    def end_answer(self, before: tuple[tuple[str, str] | None, Reach]) -> None:
        """Restore the state from before a plugin was asked."""
        self.asked, self.reach = before

    def read_only(self) -> None:
        """Write nothing from now on but inside `writable`."""
        self._turn("ON")
        self.reach = "reading"

    def _turn(self, only: str) -> None:
        self.is_turning = True
        try:
            self.unlooked(f"PRAGMA query_only = {only}")
        finally:
            self.is_turning = False


class _Cursor(sqlite3.Cursor):
    """A cursor that runs its statements as its connection does."""

    connection: Connection

    def execute(self, sql: str, values: Any = (), /) -> Self:  # noqa: ANN401 - whatever SQLite takes
        self.connection._looked(sql)  # noqa: SLF001 - its own half
        return super().execute(sql, values)

    def executemany(self, sql: str, values: Any, /) -> Self:  # noqa: ANN401 - likewise
        self.connection._looked(sql)  # noqa: SLF001 - its own half
        return super().executemany(sql, values)

    def executescript(self, sql: str, /) -> Self:
        self.connection.executescript(sql)
        return self


def connect(path: str, *, create: bool = False) -> Connection:
    """Open the office's file.

    With `create`, which wants the gate, make it where there is none (mode 0600, WAL).

    Raises NotFound where there is none, Broken where it is not an office's file.
    """
    if create:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    elif not os.path.isfile(path):
        from officeops.store.office_files import no_office

        raise no_office(path)
    try:
        # isolation_level None: no transaction opens by itself; autocommit reads never block a
        # writer.
        db = sqlite3.connect(path, timeout=5, isolation_level=None, factory=Connection)
        db.executescript(PRAGMAS)
        if create:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.Error as error:
        if create or is_error(error, "SQLITE_CORRUPT", "SQLITE_NOTADB"):
            raise Broken(_why_not(path, error)) from error
        if is_full(path):
            return _on_full_disk(path)
        if is_error(error, "SQLITE_CANTOPEN", "SQLITE_READONLY"):
            return _on_read_only(path)
        raise Broken(_why_not(path, error)) from error
    return db


def _why_not(path: str, error: sqlite3.Error) -> str:
    if is_full(path):
        return f"The disk of {path} is full. Make room; saved changes are kept."
    if why := damage(error):
        return f"{path} cannot be opened ({error}). {why}"
    return f"{path} cannot be opened as an office: {error}."


def is_full(path: str) -> bool:
    """Return whether the disk has no room for the shared memory that SQLite takes even to read."""
    disk = os.statvfs(os.path.dirname(os.path.abspath(path)))
    return disk.f_bavail * disk.f_frsize < NEEDED


def _on_full_disk(path: str) -> Connection:
    """Open a file to read it, on a disk that has no room for shared memory.

    Nobody else has it open: the shared memory would be there. Where its log has work, this
    connection alone reads both; the index of the log is in its own memory then (sqlite.org/wal.html,
    "Use of WAL Without Shared-Memory").
    """
    log = f"{path}-wal"
    if not os.path.exists(log) or not os.path.getsize(log):
        return look(path)
    db = sqlite3.connect(path, timeout=5, isolation_level=None, factory=Connection)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        db.executescript(PRAGMAS)
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        db.close()
        raise Broken(_why_not(path, error)) from error
    return db


def _on_read_only(path: str) -> Connection:
    """Open a file on a read-only file system, if no work is left in its log."""
    from officeops.store.ownership import kept_away, unusable

    if not os.access(path, os.R_OK):
        raise Broken(kept_away(path, [path]))
    folder = os.path.dirname(os.path.abspath(path))
    if not os.statvfs(folder).f_flag & os.ST_RDONLY:
        if strange := unusable(path):
            raise Broken(kept_away(path, strange))
        raise Broken(
            f"{folder} may not be written by this login, and an office needs files beside its own "
            "even to be read."
        )
    if os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal"):
        raise Broken(
            f"{path} has its latest work in {path}-wal, which a read-only disk cannot show. Copy both "
            "to another disk first."
        )
    return look(path)


def look(path: str) -> Connection:
    """Read a file that nobody writes, such as a backup, without a lock or a side file.

    Raises NotFound, or Broken where it is not SQLite's. Never for the live file: a reader without
    locks sees halves.
    """
    if not os.path.isfile(path):
        raise NotFound(f"There is no file {path}.", code="not-found")
    from urllib.parse import quote

    where = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"
    db = sqlite3.connect(where, uri=True, isolation_level=None, factory=Connection)
    try:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        db.close()
        raise Broken(f"{path} is not a readable SQLite file: {error}.") from error
    db.is_look = True
    return db
