"""Insert many rows of a table, many with each statement.

Of a table with triggers or references SQLite keeps, for each statement, what it takes to undo that
statement alone, and it looks up and writes the last id of the table. A row by itself takes almost
twice the time.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from officeops.model.meta import Meta

#: Values in one statement: what every SQLite takes, and enough for nearly all of the saving.
MOST_VALUES: Final = 999


def insert_columns(
    db: sqlite3.Connection, meta: Meta, columns: Mapping[str, Sequence[Any]]
) -> None:
    """Insert rows of a record's table, given by their columns, `id` among them.

    Raises what SQLite raises.

    A column without any value is left to SQLite: Python takes longer over nothing than over a text.
    """
    names = [name for name, values in columns.items() if not _is_nothing(meta, name, values)]
    filled = [columns[name] for name in names]
    rows = list(zip(*filled, strict=True))
    insert_rows(db, meta.table, tuple(names), rows)


def _is_nothing(meta: Meta, name: str, values: Sequence[Any]) -> bool:
    """Whether a column has no value in any row, and no default that SQLite would write."""
    field = meta.by_name.get(name)
    return field is not None and field.default is None and values.count(None) == len(values)


def insert_rows(
    db: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Insert rows, each with its values in the order of the columns.

    Raises what SQLite raises; some may be written then.
    """
    # By powers of two, so that the statements of all pieces are few and are read by SQLite once.
    count = 1 << (max(MOST_VALUES // len(columns), 1).bit_length() - 1)
    start = 0
    while start < len(rows):
        while count > len(rows) - start:
            count //= 2
        values = list(chain.from_iterable(rows[start : start + count]))
        db.execute(_statement(table, tuple(columns), count), values)
        start += count


@lru_cache(maxsize=64)
def _statement(table: str, columns: tuple[str, ...], count: int) -> str:
    """Return the statement for so many rows.

    It is the same object each time, because a long text is looked up by its hash.
    """
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * count)}"
