"""What sealing the history costs: one write, a bulk action of 100,000 changes; and verifying them.

Each is a ratio of the least that such a chain could cost in the same process: reading the same
rows of SQLite and one keyed BLAKE2b of each.
"""

from __future__ import annotations

import gc
from hashlib import blake2b
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, busy, figure
from officeops.history.verify import verify
from officeops.office.office import open_office
from officeops.store.chain import seal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office

ROWS = 100_000
#: Writes of which the mean is taken.
MANY = 500
#: The contents of one action and of its changes, in one column: what a chain has to hash.
_ACTION = "SELECT actor || at || verb || ifnull(arguments, '') FROM core_action WHERE id = ?"
_CHANGES = (
    "SELECT id || record || record_id || ifnull(before, '') || ifnull(after, '') FROM core_change "
    "WHERE action_id = ?"
)
_ALL = "SELECT name || website || note FROM vendors_vendor"


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of sealing and verifying, in this process."""
    office = open_office(folder / "history.db", create=True, actor="benchmark", only=["vendors"])
    hashed = "reading and hashing the same rows"
    writes = (lambda: _writes(office, _sealed), lambda: _writes(office, _hashed))
    yield figure("sealing one write", hashed, *writes, limit=1.5, aim=1.25, rounds=15)
    bulk = (lambda: _bulk(office, _sealed), lambda: _bulk(office, _hashed))
    yield figure("sealing 100,000 changes", hashed, *bulk, limit=1.25, aim=1, rounds=5)
    _keep_sealed(office)
    both = (lambda: busy(lambda: verify(office)), lambda: busy(lambda: _all_hashed(office)))
    yield figure("verifying them and their records", hashed, *both, limit=3, aim=2.5, rounds=5)
    office.close()


def _action(office: Office, rows: int) -> int:
    """Write an action as `acting` does, up to where it is sealed, and return its id."""
    db = office.store.db
    last = "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0)"
    made = db.execute(
        f"INSERT INTO core_action (actor, at, verb, first_change) VALUES ('ann', '2026-01-01T00:00:00.000Z', 'benchmark', {last})"
    )
    office.store.action_id = int(made.lastrowid or 0)
    note, first = (
        "x" * 100,
        int(db.execute("SELECT ifnull(max(id), 0) FROM vendors_vendor").fetchone()[0]),
    )
    db.executemany(
        "INSERT INTO vendors_vendor (name, website, note) VALUES (?, '555', ?)",
        ((f"Vendor {first + n}", note) for n in range(rows)),  # no two have one name
    )
    return office.store.action_id


def _sealed(office: Office, db: sqlite3.Connection, action: int) -> None:
    """Seal an action, as its commit does."""
    seal(db, office.store.keys, action)


def _hashed(office: Office, db: sqlite3.Connection, action: int) -> None:
    """Hash an action and its changes, and write the digest: the floor of sealing."""
    del office
    _hash(db, _CHANGES, action)
    digest = _hash(db, _ACTION, action)
    db.execute("UPDATE core_action SET link = ? WHERE id = ?", (digest, action))


def _hash(db: sqlite3.Connection, sql: str, *values: object) -> bytes:
    """Return one digest of the digests of the rows that a query has."""
    rows = blake2b(digest_size=32)
    for (contents,) in db.execute(sql, values):
        rows.update(blake2b(contents.encode(), digest_size=32, key=b"key").digest())
    return rows.digest()


def _writes(office: Office, seals: Callable[[Office, sqlite3.Connection, int], None]) -> float:
    """Seal many actions of one change each in one transaction: the disk's wait is not sealing's."""
    taken = []
    with office.store.exclusive("benchmark") as db:
        db.execute("SAVEPOINT before")
        for _ in range(MANY):
            action = _action(office, 1)
            taken.append(busy(lambda action=action: seals(office, db, action)))  # type: ignore[misc]
        db.execute("ROLLBACK TO before")
    return sum(taken) / MANY


def _bulk(office: Office, seals: Callable[[Office, sqlite3.Connection, int], None]) -> float:
    with office.store.exclusive("benchmark") as db:
        db.execute("SAVEPOINT before")
        action = _action(office, ROWS)
        gc.collect()
        taken = busy(lambda: seals(office, db, action))
        db.execute("ROLLBACK TO before")
    return taken


def _keep_sealed(office: Office) -> None:
    """Write and seal the changes that are verified."""
    with office.store.exclusive("benchmark") as db:
        seal(db, office.store.keys, _action(office, ROWS))


def _all_hashed(office: Office) -> None:
    """Hash every change and every record: the floor of verifying."""
    db = office.store.db
    for (action,) in db.execute("SELECT id FROM core_action").fetchall():
        _hash(db, _CHANGES, action)
    _hash(db, _ALL)
