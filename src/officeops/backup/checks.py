"""The checks that a copy of an office must pass to be a good backup."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from officeops.backup import history
from officeops.backup.anchor import anchor
from officeops.backup.copy import copy_of
from officeops.backup.identity import beginning, site_of
from officeops.backup.manifest import Damaged
from officeops.history.verify_file import faults
from officeops.model.errors import PluginFault
from officeops.model.immutable import Value
from officeops.store import blobs
from officeops.store.migration import applied, out_of_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.ledger.record_ledger import RecordLedger
    from officeops.model.meta import Meta
    from officeops.model.settings import Machine
    from officeops.office.office import Office
    from officeops.plugins.manager import Plugins


class Facts(Value):
    """The facts of a copy.

    They are its migrations, the rows by table, the end and the beginning of its history, its site,
    its problems and the bytes of attached files.
    """

    migrations: list[list[str]]
    rows: dict[str, int]
    anchor: dict[str, Any]
    office: str
    site: str
    problems: list[str]
    attached_bytes: int = 0


#: The answers of SQLite on an index that does not hold its rows.
_OF_AN_INDEX: Final = re.compile(
    r"^(?:row \d+ missing from|wrong # of entries in|non-unique entry in) index (\S+)$"
)
INDEX_CURE: Final = "The rows are whole; `officeops selfcheck --fix` makes the index again."
#: The next step for a plugin whose check fails.
UNCHECKED_CURE: Final = (
    "`OFFICEOPS_DEBUG=1 officeops selfcheck` shows where, for the plugin's author; the records of "
    "other plugins were checked."
)


class Unchecked(str):
    """A sentence on a plugin's check that failed: nothing is known to be wrong with its records."""

    __slots__ = ()


def look_over(
    path: str,
    plugins: Plugins,
    machine: Machine,
    live: str,
) -> Facts:
    """Check a copy of the `live` file through a connection of its own.

    Raises Damaged for a broken one.
    """
    try:
        with copy_of(path, plugins, machine, live) as office:
            integrity(office.store.db, path)
            problems = [*references(office.store.db)]
            # The checks are of the tables of this version.
            if not behind(office):
                problems += inside(office)
            return _facts(office, problems)
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path} is damaged: {error}.") from error


def integrity(db: sqlite3.Connection, name: str) -> None:
    """Raise Damaged where SQLite's own check of every page and index finds anything."""
    # Twenty findings at most: the first ones say which table it is.
    answers = faults(db, 20)
    if not answers:
        return
    cure = f" {INDEX_CURE}" if indexes_alone(answers) else ""
    raise Damaged(f"{name} is damaged: {'; '.join(answers)[:400]}.{cure}")


def indexes_alone(answers: Iterable[str]) -> list[str]:
    """Return the damaged indexes, if nothing else is damaged: they are made again from the rows."""
    matches = [_OF_AN_INDEX.search(answer) for answer in answers]
    if not all(matches):
        return []
    return sorted({match[1] for match in matches if match})


def references(db: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for every table whose enforced references lead to nothing."""
    for (table, target), count in lost_references(db).items():
        yield f"{count} rows of {table} refer to rows of {target} that are not there"


def lost_references(db: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Count the rows of each table whose enforced reference to another table leads to nothing."""
    counts: dict[tuple[str, str], int] = {}
    for table, _, target, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        counts[table, target] = counts.get((table, target), 0) + 1
    return counts


def behind(office: Office) -> bool:
    """Return whether the tables are those of an older version, which today's checks do not fit."""
    return out_of_date(office.store.db, office.migrations(), _metas(office))


def _metas(office: Office) -> list[Meta]:
    return [record.meta for record in office.records.values()]


def inside(office: Office) -> Iterator[str]:
    """Yield a sentence for each problem of the tables, the records and the history."""
    from officeops.store.schema import differences

    yield from differences(office.store.db, _metas(office))
    yield from invariants(office)
    yield from history.problems(office)


def invariants(office: Office) -> Iterator[str]:
    """Yield what ledgers and the checks of plugins find, and an `Unchecked` for each that failed.

    Each is a sentence.
    """
    for plugin, sentence, cure in invariants_by_plugin(office):
        if isinstance(sentence, Unchecked):
            yield sentence
        else:
            yield f"{plugin}: {sentence}. {cure}" if cure else f"{plugin}: {sentence}"


def invariants_by_plugin(office: Office) -> Iterator[tuple[str, str, str]]:
    """Yield each plugin with what its ledgers and its checks find, and with an `Unchecked`.

    The last is the cure of what a ledger finds; blank for the others.
    """
    for record in office.records.values():
        if record.ledger is not None:
            yield from _of_ledger(office, record.meta.plugin, record.ledger)
    troubles = office.plugins.troubles
    # Those of an earlier run of the checks would be reported twice.
    troubles[:] = [trouble for trouble in troubles if trouble.hook != "check"]
    for plugin, problem in office.plugins.collect("check", office=office):
        yield plugin, str(problem), ""
    for trouble in troubles:
        if trouble.hook == "check":
            why = trouble.why.rstrip(".")
            sentence = f"The plugin {trouble.plugin} could not check its records: {why}"
            yield trouble.plugin, Unchecked(sentence), ""


def _of_ledger(office: Office, plugin: str, ledger: RecordLedger) -> Iterator[tuple[str, str, str]]:
    """Yield the faults of a ledger with their cures, and an `Unchecked` where the plugin's floor fails."""
    try:
        for what, cure in ledger.problems(office):
            yield plugin, what, cure
    except PluginFault as fault:
        yield plugin, Unchecked(str(fault)), ""


def rows_of(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has, without search indexes, which SQLite keeps itself."""
    tables = db.execute(
        "SELECT name, sql FROM sqlite_master "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    indexes = [name for name, sql in tables if (sql or "").upper().startswith("CREATE VIRTUAL")]
    # An index `x` has tables of its own, named `x_…`.
    parts = tuple(f"{index}_" for index in indexes)
    rows = {}
    for name, _ in sorted(tables):
        if name not in indexes and not name.startswith(parts):
            rows[name] = int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
    return rows


def _facts(office: Office, problems: list[str]) -> Facts:
    db = office.store.db
    return Facts(
        sorted(map(list, applied(db))),
        rows_of(db),
        anchor(db),
        beginning(db),
        site_of(db),
        problems,
        blobs.total(db)[1],
    )
