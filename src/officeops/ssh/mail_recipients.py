"""Mailed: whether those whom cron mails what is due are users of the office. The office itself is not opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable


def strangers(path: str, logins: Iterable[str]) -> list[str] | None:
    """Return the logins that are no user's in an office's file; None where the file cannot be read.

    Nothing beside it is made: root, who runs this, would own that. So a file that nobody has open is read as it is
    on the disk; one in use has all that SQLite needs beside it already.
    """
    how = "mode=ro" if os.path.exists(f"{path}-wal") else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?{how}", uri=True)) as db:
            users = {
                row[0]
                for row in db.execute("SELECT login FROM core_user WHERE archived_at IS NULL")
            }
    except sqlite3.Error:
        return None
    return [login for login in logins if login not in users]
