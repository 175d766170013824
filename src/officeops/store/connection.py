"""Open the file the one way it may be opened."""

from __future__ import annotations

import os
import sqlite3

from officeops.errors import Broken, NotFound

#: synchronous=FULL: an acknowledged save survives a power cut. temp_store: staff data stays out of /tmp.
PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
PRAGMA cell_size_check = ON;
PRAGMA secure_delete = ON;
PRAGMA journal_size_limit = 16777216;
"""

#: Bytes that SQLite's shared memory takes beside the file, even to read it.
NEEDED = 65536


def connect(path: str, *, create: bool = False) -> sqlite3.Connection:
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
        db = sqlite3.connect(path, timeout=5, isolation_level=None)
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


def _on_read_only(path: str) -> sqlite3.Connection:
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


def look(path: str) -> sqlite3.Connection:
    """Open a file that nobody writes, such as a backup, to read it: no lock, no side file, nothing changed.

    Raises NotFound, or Broken where it is not SQLite's. Never for the live file: a reader without locks sees halves.
    """
    if not os.path.isfile(path):
        raise NotFound(f"There is no file {path}.")
    from urllib.parse import quote

    db = sqlite3.connect(f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        db.close()
        raise Broken(f"{path} is not a readable SQLite file: {error}.") from error
    return db
