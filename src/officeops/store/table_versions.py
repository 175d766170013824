"""Table versions: the migrations that a file has had, by which an old session or program stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Broken
from officeops.store.migration import applied

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping


class Moved(Broken):
    """Another program upgraded the office while this session was open. Nothing was written."""

    code = "moved"

    def __init__(self) -> None:
        super().__init__(
            "The office was upgraded, or an older state of it was brought back, while this session "
            "was open. Nothing was written. Close officeops and open it again; if it then asks for a "
            "newer version, update this one."
        )


class Tables:
    """The steps an open session knows its tables by; cheap to ask whether they are still those."""

    def __init__(self, db: sqlite3.Connection, sets: Iterable[str]) -> None:
        self._sets = frozenset(sets)
        self._applied = self._now(db)
        self._schema = _schema(db)

    def _now(self, db: sqlite3.Connection) -> frozenset[tuple[str, str]]:
        # The tables of a plugin that this session does not have on are nothing to it.
        return frozenset(step for step in applied(db) if step[0] in self._sets)

    def still(self, db: sqlite3.Connection) -> None:
        """Raise Moved where another session migrated what this one has open.

        Asked inside every write: one pragma.
        """
        schema = _schema(db)
        if schema == self._schema:
            return
        if self._now(db) != self._applied:
            raise Moved
        self._schema = schema


def _schema(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA schema_version").fetchone()[0])


def unknown(
    db: sqlite3.Connection, known: Iterable[tuple[str, str]], sets: Iterable[str]
) -> dict[str, str]:
    """Return the sets with migrations unknown to this program, each with its version."""
    newer = applied(db).difference(known)
    names = {name for name, _ in newer}
    return {name: version_of(db, name) for name in names.intersection(sets)}


def version_of(db: sqlite3.Connection, name: str) -> str:
    """Return the version of the program or plugin that last migrated a set; blank if unknown."""
    row = db.execute(
        "SELECT signature FROM core_installed WHERE record = ?", (f"version:{name}",)
    ).fetchone()
    return str(row[0]) if row else ""


def keep_versions(db: sqlite3.Connection, versions: Mapping[str, str]) -> None:
    """Remember which version took each set's steps. Runs inside the migration's transaction."""
    rows = ((f"version:{name}", version) for name, version in versions.items())
    db.executemany("INSERT OR REPLACE INTO core_installed (record, signature) VALUES (?, ?)", rows)
