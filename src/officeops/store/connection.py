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


def connect(path: str, *, create: bool = False) -> sqlite3.Connection:
    """Open the office's file; with `create`, make it (mode 0600, WAL).

    Raises NotFound where there is none, Broken where it is not an office's file.
    """
    if create:
        _make(path)
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
        raise Broken(f"{path} cannot be opened as an office: {error}.") from error
    return db


def _make(path: str) -> None:
    from pathlib import Path

    Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not Path(path).exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
