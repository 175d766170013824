"""Salvage: a new office from all that can be read of a damaged one, and a list of the rest.

The rows go into the tables of a new office as they are, with their numbers and their history. A
record whose row is lost is made again from its history, where that can be read.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Final

from officeops.backup.copy import plain_copy, scratch
from officeops.backup.history import bring_keys
from officeops.backup.readable_rows import ReadableRows
from officeops.model.error_words import ended
from officeops.model.errors import NotFound, Refused
from officeops.model.immutable import Value
from officeops.model.sql_values import quoted
from officeops.office.office import Office
from officeops.store.office_files import LOGS
from officeops.store.ownership import leave_new_to_owner
from officeops.store.replay import states
from officeops.store.safety import sync
from officeops.store.system_refusals import not_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins

#: Tables that a new office has right by itself: its steps and its triggers.
_OWN: Final = frozenset({"core_migration", "core_installed", "core_trigger", "sqlite_sequence"})
#: Tables that are made again from the records: the names and the words by which they are found.
_DERIVED: Final = ("_same", "_search")
#: Bytes of the header of an SQLite file.
_HEADER: Final = 100


class Salvaged(Value):
    """A salvaged office: its file, its rows, and a sentence for each loss."""

    path: str
    rows: int
    losses: list[str]


def salvage(
    source: str,
    target: str,
    plugins: Plugins,
    machine: Machine,
) -> Salvaged:
    """Write all that can be read of the file `source` into the new office `target`.

    The source is never written: a copy of it with its log is read. Raises NotFound without the
    file, and Refused where the target exists, or where no table of an office can be read.
    """
    if not os.path.isfile(source):
        raise NotFound(f"There is no file {source}.", code="not-found")
    if os.path.lexists(target):
        raise Refused(f"{target} is there already. Name a new file with --to.", code="exists")
    if not os.access(os.path.dirname(target), os.W_OK | os.X_OK):
        why = not_allowed(os.path.dirname(target))
        raise Refused(f"{ended(why)} --to names another file.", code="cannot-write")
    with scratch(os.path.dirname(target)) as folder:
        copy = _copied(source, os.path.join(folder, "damaged.db"))
        path = os.path.join(folder, os.path.basename(target))
        bring_keys(source, path)
        Office(path, plugins, machine, actor="salvage", create=True).close()
        with closing(_opened(copy, path)) as damaged:
            rows, losses = _filled(damaged, path)
        with Office(path, plugins, machine) as office:
            losses += _made_again(office, target)
            with office.acting("core.salvage", {"from": os.path.basename(source)}):
                pass
        sync(path)
        _placed(path, target)
    return Salvaged(target, rows, losses)


def _placed(path: str, target: str) -> None:
    """Give a finished office its name, after its keys have theirs."""
    folder, base = os.path.split(path)
    for name in sorted(os.listdir(folder), reverse=True):
        place = target + name.removeprefix(base)
        if name.startswith(base) and not os.path.lexists(place):
            os.replace(os.path.join(folder, name), place)
    sync(os.path.dirname(target))
    leave_new_to_owner(target)


def _copied(source: str, copy: str) -> str:
    for ending in ("", *LOGS):
        with suppress(FileNotFoundError):
            plain_copy(source + ending, copy + ending)
    return copy


def _opened(copy: str, fresh: str) -> sqlite3.Connection:
    """Open the copy; with the header of a new office, if its own is ruined."""
    try:
        return _readable(copy)
    except sqlite3.DatabaseError:
        _mend_header(copy, fresh)
    try:
        return _readable(copy)
    except sqlite3.DatabaseError as error:
        raise Refused(
            f"Nothing can be read of the file: {error}. `officeops backup restore` brings back the "
            "latest backup, and `officeops backup restore FILE` one that is kept elsewhere.",
            code="damaged",
        ) from error


def _readable(copy: str) -> sqlite3.Connection:
    """Open a file whose list of tables can be read; raise DatabaseError for any other."""
    db = sqlite3.connect(copy, isolation_level=None)
    try:
        db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'core_action'").fetchall()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _mend_header(copy: str, fresh: str) -> None:
    """Write the header of a new office over the copy's, which tells the size of its pages."""
    with open(fresh, "rb") as file:
        header = file.read(_HEADER)
    pages = os.path.getsize(copy) // int.from_bytes(header[16:18])
    # The size in pages (bytes 28 to 31), and a list of free pages that is empty (32 to 39).
    header = header[:28] + pages.to_bytes(4) + bytes(8) + header[40:]
    with open(copy, "r+b") as file:
        file.write(header)
    for ending in LOGS:
        with suppress(FileNotFoundError):
            os.unlink(copy + ending)


def _filled(damaged: sqlite3.Connection, path: str) -> tuple[int, list[str]]:
    """Copy each table into the new file; return the number of rows, and the losses."""
    rows, losses = 0, list[str]()
    with closing(sqlite3.connect(path, isolation_level=None)) as fresh:
        fresh.execute("PRAGMA foreign_keys = OFF")
        triggers = fresh.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        fresh.execute("BEGIN IMMEDIATE")
        # They would record the rows as new, and refuse those that nobody writes.
        for name, _ in triggers:
            fresh.execute(f"DROP TRIGGER {quoted(name)}")
        tables = list(_tables(fresh))
        for table in tables:
            fresh.execute(f"DELETE FROM {quoted(table)}")
        for table in tables:
            copied, loss = _copied_table(damaged, fresh, table)
            rows, losses = rows + copied, losses + loss
        for table in tables:
            losses += _from_history(fresh, table)
        _go_on(damaged, fresh)
        for _, sql in triggers:
            fresh.execute(sql)
        fresh.execute("COMMIT")
        fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return rows, losses


def _tables(fresh: sqlite3.Connection) -> Iterator[str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    for name, made in fresh.execute(sql).fetchall():
        is_plain = made.startswith("CREATE TABLE")
        is_derived = name.endswith(_DERIVED) or "_search_" in name
        if is_plain and not is_derived and name not in _OWN:
            yield name


def _copied_table(
    damaged: sqlite3.Connection,
    fresh: sqlite3.Connection,
    table: str,
) -> tuple[int, list[str]]:
    """Copy the rows of a table that can be read and that fit it; return their number and the rest."""
    columns = _columns(fresh, table)
    try:
        here = set(_columns(damaged, table))
    except sqlite3.DatabaseError:
        here = set()
    shared = [column for column in columns if column in here]
    if not shared:
        return 0, [f"{table}: the table is not there, or cannot be read"]
    reader = ReadableRows(damaged, table, shared)
    copied, unfit = 0, list[str]()
    for row in reader:
        try:
            fresh.execute(_insert(table, shared), row)
            copied += 1
        except sqlite3.Error as error:
            unfit.append(f"{table}: the row that begins {row[:2]} does not fit: {error}")
    losses = [_lost(table, first, last) for first, last in reader.gaps]
    return copied, [*losses, *unfit]


def _lost(table: str, first: int, last: int) -> str:
    if last >= 2**62:
        return f"{table}: nothing can be read from number {first:,} on"
    numbers = f"number {first:,}" if first == last else f"numbers {first:,} to {last:,}"
    return f"{table}: {numbers} cannot be read"


def _from_history(fresh: sqlite3.Connection, table: str) -> list[str]:
    """Make the records of a table again that only the history still has; return a sentence."""
    columns = set(_columns(fresh, table))
    if "id" not in columns or "version" not in columns:
        return []
    made = 0
    with suppress(sqlite3.DatabaseError, ValueError, TypeError):
        present = {number for (number,) in fresh.execute(f"SELECT id FROM {quoted(table)}")}
        for state in list(states(fresh, table)):
            if state.content is None or state.id in present:
                continue
            content = {"id": state.id, **_of_table(state.content, columns)}
            fresh.execute(_insert(table, list(content)), tuple(content.values()))
            made += 1
    return [f"{table}: {made:,} rows that could not be read were made from the history"] * bool(
        made
    )


def _of_table(content: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name in columns and name != "id"}


def _go_on(damaged: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    """Go on with the numbers of the damaged office, so that none is given twice."""
    with suppress(sqlite3.DatabaseError):
        for table, number in damaged.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            raise_it = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
            fresh.execute(raise_it, (number, table))


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table that are written, not those that SQLite computes."""
    rows = db.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", (table,))
    return [name for (name,) in rows.fetchall()]


def _insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(map(quoted, columns))
    values = ", ".join("?" * len(columns))
    return f"INSERT INTO {quoted(table)} ({names}) VALUES ({values})"


def _made_again(office: Office, target: str) -> list[str]:
    """Make the indexes of words and names again, and say what the history lacks."""
    from officeops.history.verify import examine
    from officeops.selfcheck.repairs import made_again

    made_again(office)
    with office.lifted():
        problems = examine(office).problems
    if not problems:
        return []
    named = f"`officeops --db {target} history verify` names them"
    return [f"the history has {len(problems):,} findings that come of it; {named}"]
