"""What must be true of an office's copy before it is called a backup."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

from officeops.backup import history
from officeops.backup.anchor import anchor
from officeops.backup.copy import copy_of
from officeops.backup.identity import beginning, site_of
from officeops.backup.manifest import Damaged
from officeops.model.immutable import Value
from officeops.store.migration import applied, out_of_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.settings import Machine
    from officeops.office.office import Office
    from officeops.plugins.manager import Plugins


class Facts(Value):
    """What an office's copy holds: its steps, rows per table, where its history begins and ends, its site, and what is wrong."""

    migrations: list[list[str]]
    rows: dict[str, int]
    anchor: dict[str, Any]
    office: str
    site: str
    problems: list[str]


#: What to do about a plugin whose check fails.
UNCHECKED_CURE: Final = "`OFFICEOPS_DEBUG=1 officeops selfcheck` shows where, for the plugin's author; what other plugins keep was checked."


class Unchecked(str):
    """A sentence on what was not checked, because a plugin's own check failed: nothing is known to be wrong."""

    __slots__ = ()


def look_over(path: str, plugins: Plugins, machine: Machine, live: str) -> Facts:
    """Check a copy of the `live` file through a connection of its own. Raises Damaged where SQLite finds it broken."""
    try:
        with copy_of(path, plugins, machine, live) as office:
            integrity(office.store.db, path)
            problems = [*references(office.store.db)]
            if not behind(office):
                problems += inside(office)
            return _facts(office, problems)
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path} is damaged: {error}.") from error


def integrity(db: sqlite3.Connection, name: str) -> None:
    """Raise Damaged where SQLite's own check of every page and index finds anything."""
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(20)").fetchall()]
    if found != ["ok"]:
        raise Damaged(f"{name} is damaged: {'; '.join(found)[:400]}")


def references(db: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for every table whose enforced references lead to nothing."""
    counts: dict[tuple[str, str], int] = {}
    for table, _, target, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        counts[table, target] = counts.get((table, target), 0) + 1
    yield from (
        f"{count} rows of {table} refer to rows of {target} that are not there"
        for (table, target), count in counts.items()
    )


def behind(office: Office) -> bool:
    """Whether the tables are those of an older version; then today's checks of the content cannot be asked."""
    metas = [record.meta for record in office.records.values()]
    return out_of_date(office.store.db, office.migrations(), metas)


def inside(office: Office) -> Iterator[str]:
    """Yield a sentence for whatever is wrong with the tables or with what is in them."""
    from officeops.store.schema import differences

    yield from differences(office.store.db, [record.meta for record in office.records.values()])
    yield from invariants(office)
    yield from history.problems(office)


def invariants(office: Office) -> Iterator[str]:
    """Yield what the plugins' own checks find, and, as `Unchecked`, the plugins whose check failed."""
    office.plugins.troubles[:] = [each for each in office.plugins.troubles if each.hook != "check"]
    yield from (
        f"{name}: {problem}" for name, problem in office.plugins.collect("check", office=office)
    )
    yield from (
        Unchecked(f"The plugin {each.plugin} could not check its records: {each.why.rstrip('.')}")
        for each in office.plugins.troubles
        if each.hook == "check"
    )


def rows_of(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has; the parts of search indexes are SQLite's own business."""
    tables = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    virtual = tuple(
        f"{name}_" for name, sql in tables if sql and sql.upper().startswith("CREATE VIRTUAL")
    )
    plain = [
        name
        for name, sql in tables
        if not name.startswith(virtual or "\0")
        and not (sql or "").upper().startswith("CREATE VIRTUAL")
    ]
    return {
        name: int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
        for name in sorted(plain)
    }


def _facts(office: Office, problems: list[str]) -> Facts:
    db = office.store.db
    return Facts(
        sorted(map(list, applied(db))),
        rows_of(db),
        anchor(db),
        beginning(db),
        site_of(db),
        problems,
    )
