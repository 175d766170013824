"""Attached files against plain SQL that keeps the same bytes, and a filter by tag against the same SQL.

Files are attached inside one action that is rolled back, so that no commit is measured.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from benchmarks.measure import Figure, busy, figure
from benchmarks.offices import rolled_back
from officeops.core.records import Location
from officeops.model.declarations import Query
from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

#: Bytes of a scanned page of some size.
SIZE: Final = 4_000_000
#: Locations, of which one in ten has a tag.
MANY: Final = 20_000
_TABLES: Final = """
CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE file (id INTEGER PRIMARY KEY, about INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;
"""
_TAGGED: Final = (
    "SELECT t.id, t.name FROM core_location t WHERE t.id IN (SELECT about_id FROM core_tag "
    "WHERE about_key = 'core.location' AND archived_at IS NULL AND lower(word) = 'recall') "
    "AND t.archived_at IS NULL ORDER BY t.name COLLATE NOCASE, t.id"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of files and tags, in this process."""
    with closing(_office(folder)) as office, closing(_plain(folder)) as db:
        content = os.urandom(SIZE)
        place = office.get(Location, 1)
        yield figure(
            "attaching a file of 4 MB, CPU",
            "its digest, twice, and bare inserts of bytes and row",
            lambda: rolled_back(office, lambda: busy(lambda: office.attach(place, content))),
            lambda: busy(lambda: _by_hand(db, content)),
            limit=2,
            aim=1.2,
            rounds=9,
        )
        attachment = office.attach(place, content)
        yield figure(
            "reading it, CPU",
            "reading the bytes, and their digest",
            lambda: busy(lambda: office.content(attachment).read()),
            lambda: busy(lambda: sha256(_read(office, attachment.sha256)).hexdigest()),
            limit=2,
            aim=1.2,
            rounds=9,
        )
        columns = [Location.meta.by_name["name"]]
        yield figure(
            f"listing one in ten of {MANY:,} by tag, CPU",
            "the same SQL, without folding accents",
            lambda: busy(lambda: office.select(Location, columns, Query("tag=recall"))),
            lambda: busy(lambda: office.rows(_TAGGED)),
            limit=2,
            aim=1.5,
            rounds=9,
        )


def _by_hand(db: sqlite3.Connection, content: bytes) -> None:
    db.execute("BEGIN IMMEDIATE")
    digest = sha256(content).hexdigest()
    assert sha256(content).hexdigest() == digest
    db.execute("INSERT INTO blob VALUES (?, ?, ?)", (digest, len(content), content))
    db.execute("INSERT INTO file (about, name, sha256) VALUES (1, 'scan', ?)", (digest,))
    db.execute("ROLLBACK")


def _read(office: Office, digest: str) -> bytes:
    return bytes(office.value("SELECT bytes FROM core_blob WHERE sha256 = ?", digest))


def _plain(folder: Path) -> sqlite3.Connection:
    db = sqlite3.connect(folder / "plain.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(_TABLES)
    return db


def _office(folder: Path) -> Office:
    office = open_office(folder / "office.db", create=True, actor="benchmark", only=[])
    names = [{"name": f"Room {number}"} for number in range(MANY)]
    with office.acting("benchmark"):
        office.add_many(Location, names)
    about = {"about_key": "core.location", "word": "recall"}
    tags = [{**about, "about_id": number} for number in range(1, MANY, 10)]
    with office.acting("benchmark"):
        office.add_many(office.records["core.tag"], tags)
    return office
