"""Rows inserted many with each statement are the rows that single statements would have written."""

from __future__ import annotations

import sqlite3

import pytest

from officeops.core.records import Location
from officeops.store.bulk_insert import MOST_VALUES, insert_columns, insert_rows


@pytest.fixture
def db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT)")
    return db


@pytest.mark.parametrize(
    "count", [0, 1, 2, 3, MOST_VALUES // 3, MOST_VALUES // 3 + 1, 500, 2 * MOST_VALUES + 7]
)
def test_every_row_is_written_once_and_in_order(db: sqlite3.Connection, count: int) -> None:
    rows = [
        (number, f"name {number}", None if number % 2 else "odd one out")
        for number in range(1, count + 1)
    ]
    insert_rows(db, "t", ("id", "name", "note"), rows)
    assert db.execute("SELECT * FROM t ORDER BY id").fetchall() == rows


def test_a_table_wider_than_a_statement_takes_is_written_row_by_row() -> None:
    db = sqlite3.connect(":memory:")
    names = [f"c{place}" for place in range(MOST_VALUES + 1)]
    db.execute(f"CREATE TABLE wide ({', '.join(names)})")
    rows = [tuple(range(start, start + len(names))) for start in range(3)]
    insert_rows(db, "wide", names, rows)
    assert db.execute("SELECT * FROM wide").fetchall() == rows


def test_what_sqlite_refuses_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert_rows(
            db,
            "t",
            ("id", "name"),
            [(number, "x" if number < 90 else None) for number in range(100)],
        )


def test_a_column_without_values_is_left_to_sqlite_only_where_that_puts_nothing_there() -> None:
    db = sqlite3.connect(":memory:")
    table = Location.meta.table
    optional = next(
        field.name for field in Location.meta.fields if not field.required and field.default is None
    )
    db.execute(
        f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'x', {optional} TEXT)"
    )
    insert_columns(
        db, Location.meta, {"id": range(1, 3), "name": ("A", "B"), optional: (None, None)}
    )
    assert db.execute(f"SELECT name, {optional} FROM {table} ORDER BY id").fetchall() == [
        ("A", None),
        ("B", None),
    ]
    with pytest.raises(sqlite3.IntegrityError):
        insert_columns(db, Location.meta, {"id": range(3, 5), "name": (None, None)})
