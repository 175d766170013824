"""Read an office's file without opening the office: no plugin, no migration, no settings, no side file.

sshd asks for the owner of each key that anybody offers, and root checks the installation. Neither
may run an office's code, or leave a file behind.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from urllib.parse import quote


def read_rows(path: str, sql: str, *values: object) -> list[tuple[str, ...]] | None:
    """Return the rows of one query on an office's file; None where it cannot be read.

    A file that nobody has open is read as it is on the disk; one in use has its side files already.
    """
    how = "mode=ro" if os.path.exists(f"{path}-wal") else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?{how}", uri=True)) as db:
            return db.execute(sql, values).fetchall()
    except sqlite3.Error:
        return None
