"""Removal of drafts that nobody will book: those of people who left, and those that are old.

Who removes them does so inside an action, which says how many; the history never has their content.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

_OF_PERSON: Final = "person = ?"
_OF_OTHERS: Final = "sheet = ? AND subject = ? AND person != ?"
#: A form that somebody began keeps no record from being merged: it would keep itself from it.
_WITH_ROWS_OF: Final = """
SELECT DISTINCT d.person FROM core_draft d, json_each(d.entries) row, json_each(row.value, '$.of') of
WHERE of.value = json(?1) AND d.sheet NOT LIKE '% form' ORDER BY d.person
"""
_AGED: Final = "typed_at <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)"


def drop_drafts_of(db: sqlite3.Connection, login: str) -> int:
    """Delete the drafts of a person, and return how many there were."""
    return db.execute(f"DELETE FROM core_draft WHERE {_OF_PERSON}", (login,)).rowcount


def drop_other_drafts(db: sqlite3.Connection, sheet: str, subject: str, login: str) -> list[str]:
    """Delete the drafts of a sheet that are of other people, and return whose they were."""
    mine = (sheet, subject, login)
    people = db.execute(
        f"SELECT person FROM core_draft WHERE {_OF_OTHERS} ORDER BY person", mine
    ).fetchall()
    db.execute(f"DELETE FROM core_draft WHERE {_OF_OTHERS}", mine)
    return [person for (person,) in people]


def aged_drafts(db: sqlite3.Connection, days: int) -> list[tuple[str, str, str, str, int]]:
    """List (person, sheet, subject, last typed at, rows) of drafts at least so many days old."""
    return db.execute(
        "SELECT person, sheet, subject, typed_at, row_count FROM core_draft "
        f"WHERE {_AGED} ORDER BY typed_at, id",
        (f"-{days} days",),
    ).fetchall()


def drop_aged_drafts(db: sqlite3.Connection, days: int) -> None:
    """Delete the drafts that nobody typed in for at least so many days."""
    db.execute(f"DELETE FROM core_draft WHERE {_AGED}", (f"-{days} days",))


def all_drafts(db: sqlite3.Connection) -> list[tuple[int, str, str, str]]:
    """List (id, sheet, subject, rows as JSON) of everybody's drafts."""
    return db.execute("SELECT id, sheet, subject, entries FROM core_draft").fetchall()


def people_with_rows_of(db: sqlite3.Connection, key: str, number: int) -> list[str]:
    """Name the people in whose drafts a row says that it is of a record."""
    rows = db.execute(_WITH_ROWS_OF, (json.dumps([key, number]),)).fetchall()
    return [person for (person,) in rows]


def put_rows(db: sqlite3.Connection, id_: int, count: int, entries: str) -> None:
    """Write the rows that are left of a draft, or delete one that has none any more."""
    if count:
        sql = "UPDATE core_draft SET row_count = ?, entries = ? WHERE id = ?"
        db.execute(sql, (count, entries, id_))
    else:
        db.execute("DELETE FROM core_draft WHERE id = ?", (id_,))
