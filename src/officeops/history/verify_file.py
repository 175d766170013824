"""Verify the file under the history: a page that SQLite cannot read proves nothing."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.history.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Faults that are named; the first ones say which table it is.
_MOST: Final = 5


def damaged_file(db: sqlite3.Connection) -> Iterator[Finding]:
    """Yield a finding where SQLite finds a page or an index damaged."""
    answers = faults(db, _MOST)
    if answers:
        yield Finding("file-damaged", facts={"error": "; ".join(answers)})


def faults(db: sqlite3.Connection, most: int) -> list[str]:
    """Return the first faults that SQLite finds in pages and indexes; none in a sound file."""
    try:
        rows = db.execute(f"PRAGMA integrity_check({most})").fetchall()
    except sqlite3.DatabaseError as error:
        # Some damage ends the check itself.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return [str(error)]
    except UnicodeDecodeError as error:
        # SQLite names a part of the file whose name is damaged too.
        return [str(error)]
    answers = [line for (answer,) in rows for line in str(answer).splitlines()]
    return [] if answers == ["ok"] else answers
