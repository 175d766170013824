"""Insert many rows of a table, many with each statement.

Of a table with triggers or references SQLite keeps, for each statement, what it takes to undo that statement alone, and
it looks up and writes the last id of the table. A row by itself takes almost twice the time.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

#: Values in one statement: what every SQLite takes, and enough for nearly all of the saving.
MOST_VALUES: Final = 999


def insert_rows(db: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows, each with its values in the order of the columns. Raises what SQLite raises; then some may be written."""
    begin = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    marks = f"({', '.join('?' * len(columns))})"
    count = MOST_VALUES // len(columns)
    whole = len(rows) - len(rows) % count if count > 1 else 0
    several = begin + ", ".join([marks] * count)
    for start in range(0, whole, count):
        db.execute(several, list(chain.from_iterable(rows[start : start + count])))
    if whole < len(rows):
        db.executemany(begin + marks, rows[whole:])
