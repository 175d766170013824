"""Taking a file's triggers away, or altering them, as an intruder would."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.store.connection import Connection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator


def alter_trigger(db: sqlite3.Connection, name: str, old: str = "", new: str = "") -> str:
    """Take a resting trigger away, or write another text for it; return that text, or the former."""
    [(table, sql)] = db.execute(
        "SELECT record, sql FROM core_trigger WHERE name = ?", (name,)
    ).fetchall()
    db.execute("DELETE FROM core_trigger WHERE name = ?", (name,))
    altered = sql.replace(old, new, 1) if old else sql
    if old:
        assert altered != sql
        db.execute("INSERT INTO core_trigger VALUES (?, ?, ?)", (table, name, altered))
    if isinstance(db, Connection):
        db.arming.disarm()
    return str(altered)


@contextmanager
def triggers_away(db: Connection, names: Iterable[str]) -> Iterator[None]:
    """Take resting triggers away for a while, on the connection of an office."""
    marks = ", ".join(f"'{name}'" for name in names)
    with db.writable():
        kept = db.execute(f"SELECT * FROM core_trigger WHERE name IN ({marks})").fetchall()
        db.execute(f"DELETE FROM core_trigger WHERE name IN ({marks})")
        db.arming.disarm()
    yield
    with db.writable():
        db.executemany("INSERT INTO core_trigger VALUES (?, ?, ?)", kept)
        db.arming.disarm()
