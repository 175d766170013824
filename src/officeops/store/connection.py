"""Open the file the one way it may be opened."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Any, Final, Literal

from officeops.errors import Broken, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

#: synchronous=FULL: an acknowledged save survives a power cut. temp_store: staff data stays out of /tmp.
#: recursive_triggers: a row that REPLACE pushes out is deleted like any other, so the triggers that keep rows are asked.
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


#: First letters of the statements that end a transaction: COMMIT, END, ROLLBACK.
_MAY_END: Final = frozenset("CcEeRr")
_NOT_YOURS: Final = "{} inside an action: an action is committed whole at its end, or not at all. Nothing was written."


class Connection(sqlite3.Connection):
    """A connection whose statements may be looked at before SQLite reads them, which raises for those that must not run."""

    look: Callable[[str], None] | None = None
    #: Whether an action is open: its transaction is committed whole at its end, with its history, and by nobody else.
    held = False

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - whatever SQLite takes
        """Run one statement."""
        if self.look is not None:
            self.look(sql)
        if self.held and sql[:1] in _MAY_END:
            self._refuse_end(sql)
        return super().execute(sql, values)

    def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:  # noqa: ANN401 - likewise
        """Run one statement for each row of values."""
        if self.look is not None:
            self.look(sql)
        return super().executemany(sql, values)

    def executescript(self, sql: str, /) -> sqlite3.Cursor:
        """Run several statements."""
        if self.look is not None:
            self.look(sql)
        if self.held:
            # Python commits whatever is open before it runs a script.
            raise Broken(_NOT_YOURS.format("executescript()"))
        return super().executescript(sql)

    def cursor(self, factory: Any = None) -> Any:  # noqa: ANN401 - as sqlite3 has it
        """Return a cursor. Where statements are looked at, there is but the connection to run them on."""
        if self.look is not None:
            raise sqlite3.DatabaseError("not authorized")
        return super().cursor(factory or sqlite3.Cursor)

    def commit(self) -> None:
        """Commit what is open. Raises Broken inside an action."""
        if self.held:
            raise Broken(_NOT_YOURS.format("commit()"))
        super().commit()

    def rollback(self) -> None:
        """Roll back what is open. Raises Broken inside an action."""
        if self.held:
            raise Broken(_NOT_YOURS.format("rollback()"))
        super().rollback()

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> Literal[False]:  # noqa: ANN401, PYI036 - as sqlite3 has it
        """Commit or roll back, as sqlite3 does at the end of a `with`; inside an action, neither."""
        return False if self.held else super().__exit__(kind, *rest)

    def _refuse_end(self, sql: str) -> None:
        """Raise Broken for a statement that would end the transaction of the action that is open."""
        first, *rest = sql.split(None, 2)
        if first.upper().rstrip(";") in {"COMMIT", "END", "ROLLBACK"} and "TO" not in [word.upper() for word in rest]:
            raise Broken(_NOT_YOURS.format(first.upper()))


def connect(path: str, *, create: bool = False) -> Connection:
    """Open the office's file; with `create`, which wants the gate, make it where there is none (mode 0600, WAL).

    Raises NotFound where there is none, Broken where it is not an office's file.
    """
    if create:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    elif not os.path.isfile(path):
        raise NotFound(
            f"There is no office at {path}. Start one with `officeops init --name NAME`, or look at `officeops demo`."
        )
    try:
        # isolation_level None: no transaction opens by itself; autocommit reads never block a writer.
        db = sqlite3.connect(path, timeout=5, isolation_level=None, factory=Connection)
        db.executescript(PRAGMAS)
        if create:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.Error as error:
        if not create and any(words in str(error) for words in ("unable to open", "readonly")):
            return _on_read_only(path)
        raise Broken(_why_not(path, error)) from error
    return db


def _why_not(path: str, error: sqlite3.Error) -> str:
    disk = os.statvfs(os.path.dirname(os.path.abspath(path)))
    if disk.f_bavail * disk.f_frsize < NEEDED:
        return f"The disk that {path} lies on is full. Make room; what was saved is kept."
    return f"{path} cannot be opened as an office: {error}."


def _on_read_only(path: str) -> Connection:
    """Open a file where SQLite cannot make its side files: readable on a read-only file system, if no work is left in the log."""
    if not os.access(path, os.R_OK):
        raise Broken(f"{path} may not be read by this login.")
    folder = os.path.dirname(os.path.abspath(path))
    if not os.statvfs(folder).f_flag & os.ST_RDONLY:
        raise Broken(
            f"{folder} may not be written by this login, and an office needs files beside its own even to be read."
        )
    if os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal"):
        raise Broken(
            f"{path} has its latest work in {path}-wal, which a read-only disk cannot show. Copy both to another disk first."
        )
    return look(path)


def look(path: str) -> Connection:
    """Open a file that nobody writes, such as a backup, to read it: no lock, no side file, nothing changed.

    Raises NotFound, or Broken where it is not SQLite's. Never for the live file: a reader without locks sees halves.
    """
    if not os.path.isfile(path):
        raise NotFound(f"There is no file {path}.")
    from urllib.parse import quote

    where = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"
    db = sqlite3.connect(where, uri=True, isolation_level=None, factory=Connection)
    try:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        db.close()
        raise Broken(f"{path} is not a readable SQLite file: {error}.") from error
    return db
