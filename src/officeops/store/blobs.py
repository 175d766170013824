"""Blobs: the bytes of attached files, each kept once under the digest of its content.

They are no record: the history has the digest, so that their bytes may be destroyed without
breaking it. Three triggers in the schema let nobody change one, insert one outside an action, or
delete one but in a purge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

#: The table: the digest, the number of bytes as they were attached, and the bytes as they are kept.
TABLE: Final = "core_blob"
_REFUSED: Final = "SELECT RAISE(ABORT, 'attached bytes are never changed')"
_KEPT: Final = "SELECT RAISE(ABORT, 'attached bytes are deleted by a purge alone')"
#: The triggers of the table, by name. They are short, as SQLite reads them at every start.
GUARDS: Final = {
    f"{TABLE}_add": f"BEFORE INSERT ON {TABLE} BEGIN SELECT officeops_action(); END",
    f"{TABLE}_edit": f"BEFORE UPDATE ON {TABLE} BEGIN {_REFUSED}; END",
    f"{TABLE}_delete": (
        f"BEFORE DELETE ON {TABLE} WHEN NOT officeops_destroying() BEGIN {_KEPT}; END"
    ),
}
_THERE: Final = f"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{TABLE}'"
_UNUSED: Final = "sha256 NOT IN (SELECT sha256 FROM core_attachment)"


def is_there(db: sqlite3.Connection) -> bool:
    """Whether the file has the table: the migration that makes it may be pending."""
    return db.execute(_THERE).fetchone() is not None


def triggers() -> Iterator[tuple[str, str]]:
    """Yield the name and SQL of each trigger of the table."""
    for name, rest in GUARDS.items():
        yield name, f"CREATE TRIGGER {name} {rest}"


def install(db: sqlite3.Connection) -> None:
    """Make the triggers what they should be, where the table is there. Runs in a migration."""
    # An older file gets the table by a migration, which may still be to come.
    if not is_there(db):
        return
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    present = dict(db.execute(sql, (TABLE,)).fetchall())
    for name, text in triggers():
        if present.get(name) != text:
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
            db.execute(text)


def put(db: sqlite3.Connection, address: str, size: int, content: bytes) -> None:
    """Keep some bytes under their digest, inside an action."""
    sql = f"INSERT INTO {TABLE} (sha256, size, bytes) VALUES (?, ?, ?)"
    db.execute(sql, (address, size, content))


def get(db: sqlite3.Connection, address: str) -> bytes | None:
    """Read the bytes of a digest as they are kept; None where there are none."""
    row = db.execute(f"SELECT bytes FROM {TABLE} WHERE sha256 = ?", (address,)).fetchone()
    return None if row is None else bytes(row[0])


def replace(db: sqlite3.Connection, address: str, content: bytes) -> None:
    """Put the same content under another key of the office, while rows may be destroyed."""
    # By two statements, as the trigger refuses an UPDATE to everybody.
    [(size,)] = db.execute(f"SELECT size FROM {TABLE} WHERE sha256 = ?", (address,)).fetchall()
    db.execute(f"DELETE FROM {TABLE} WHERE sha256 = ?", (address,))
    put(db, address, size, content)


def sealed_otherwise(
    db: sqlite3.Connection,
    mark: str,
    after: str,
    most: int,
) -> list[str]:
    """List the next digests, after one, of sealed bytes that do not begin with the mark of a key."""
    if not is_there(db):
        return []
    sql = (
        f"SELECT sha256 FROM {TABLE} WHERE sha256 > ? AND sha256 LIKE '%.%' "
        "AND substr(bytes, 1, ?) <> ? ORDER BY sha256 LIMIT ?"
    )
    rows = db.execute(sql, (after, len(mark), mark.encode(), most)).fetchall()
    return [address for (address,) in rows]


def addresses(db: sqlite3.Connection) -> list[str]:
    """List the digests of all blobs, in their order."""
    rows = db.execute(f"SELECT sha256 FROM {TABLE} ORDER BY sha256").fetchall()
    return [address for (address,) in rows]


def present(db: sqlite3.Connection, candidates: Iterable[str]) -> str:
    """Return the first of some digests that has bytes; blank where none has."""
    sql = f"SELECT 1 FROM {TABLE} WHERE sha256 = ?"
    for address in candidates:
        if db.execute(sql, (address,)).fetchone():
            return address
    return ""


def total(db: sqlite3.Connection) -> tuple[int, int]:
    """Return the number of blobs and of their bytes, as they were attached."""
    if not is_there(db):
        return 0, 0
    [(count, size)] = db.execute(f"SELECT count(*), ifnull(sum(size), 0) FROM {TABLE}").fetchall()
    return count, size


def unused(db: sqlite3.Connection) -> list[str]:
    """List the digests that no attachment has, archived ones included."""
    rows = db.execute(f"SELECT sha256 FROM {TABLE} WHERE {_UNUSED} ORDER BY sha256").fetchall()
    return [address for (address,) in rows]


def destroy_unused(db: sqlite3.Connection) -> int:
    """Delete the bytes that no attachment has; return how many. Only a purge may."""
    if not is_there(db):
        return 0
    return db.execute(f"DELETE FROM {TABLE} WHERE {_UNUSED}").rowcount
