"""Verify that every record is what its recorded changes left."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.history.finding import Finding
from officeops.model.meta import table_of
from officeops.model.sql_values import quoted
from officeops.store.replay import State, differences, states
from officeops.store.row_format import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from officeops.model.meta import Meta
    from officeops.store.replay import Difference, Fault
    from officeops.store.stored_office import StoredOffice


def records(office: StoredOffice) -> Iterator[Finding]:
    """Yield each record that is not as recorded, of all kinds, also of plugins that are off.

    Derived ones have no history.
    """
    metas: dict[str, Meta] = {}
    derived: set[str] = set()
    for record in office.plugins.kinds():
        metas[record.meta.table] = record.meta
        if record.meta.derived:
            derived.add(record.meta.table)
    tables = tables_of(office)
    recorded = _recorded_tables(office)
    # Sorted, so that two runs on the same file list the same order.
    for table in sorted(recorded - tables):
        # A migration that drops a table also records the end of its records.
        if any(state.content is not None for state in states(office.store.db, table)):
            yield _about("table-gone", table)
    for table in sorted((recorded | metas.keys()) & tables - derived):
        yield from _of_table(office, table, metas.get(table))
    yield from _layouts(office)
    yield from _brought_back(office)


def tables_of(office: StoredOffice) -> set[str]:
    """List the tables that the file has."""
    rows = texts(office, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def _of_table(office: StoredOffice, table: str, meta: Meta | None) -> Iterator[Finding]:
    """Yield each record of one table that is not as recorded.

    Without `meta` it is the table of a plugin that is off.
    """
    key = meta.key if meta else table
    columns = meta.columns if meta else ()
    try:
        sealed = {field.name for field in meta.sealed} if meta else set()
        for difference in differences(office.store.db, table, columns):
            yield from _differing(key, difference, sealed)
        yield from _versions(office, key, table)
    # A damaged table is a finding, which must not hide those of the other tables.
    except sqlite3.Error as error:
        yield _about("table-unread", key, facts={"error": str(error)})


def _recorded_tables(office: StoredOffice) -> set[str]:
    """Return the tables that the history tells of, by their names of today."""
    tables: set[str] = set()
    for (table,) in texts(office, "SELECT DISTINCT record FROM core_change"):
        tables |= office.store.former.meanings(table)
    return tables


def texts(office: StoredOffice, sql: str) -> list[tuple[Any, ...]]:
    """Run a query on texts that an altered file may have made unreadable; replaces bad bytes."""
    db = office.store.db
    db.text_factory = lambda text: text.decode(errors="replace")
    try:
        return db.execute(sql).fetchall()
    finally:
        db.text_factory = str


def _differing(
    key: str,
    found: Difference | State,
    sealed: Collection[str],
) -> Iterator[Finding]:
    if isinstance(found, State):
        for fault in found.faults:
            yield _altered_change(key, found.id, fault)
    elif found.recorded is None:
        code = "record-destroyed-again" if found.destroyed else "record-unknown"
        yield _about(code, key, found.id)
    elif found.actual is None:
        yield _about("record-gone", key, found.id)
    elif found.actual:
        columns = found.columns
        was, now = found.recorded, found.actual
        shown = [name for name in columns if name not in sealed]
        facts = {
            "columns": columns,
            "was": {name: was.get(name) for name in shown},
            "is": {name: now.get(name) for name in shown},
        }
        yield _about("record-altered", key, found.id, ", ".join(columns), facts=facts)
    else:
        yield _about("record-unreadable", key, found.id)


def _altered_change(key: str, record_id: int, fault: Fault) -> Finding:
    facts = {"change": fault.change, "fault": fault.code, "columns": fault.columns}
    details: list[str | int] = [fault.code, fault.change]
    if fault.columns:
        details.append(", ".join(fault.columns))
    return _about("record-change-altered", key, record_id, *details, facts=facts)


def _about(
    code: str,
    key: str,
    id_: int | None = None,
    *details: str | int,
    facts: Mapping[str, Any] | None = None,
) -> Finding:
    """Make a finding about records, with its mark: table, code and details.

    A record that is not as recorded is never accepted by its mark, which would cover later
    alterations: it is recorded as it is (`accept`).
    """
    mark = ("record", table_of(key), id_ or 0, code, *details)
    return Finding(code, None, key, id_, facts or {}, mark)


def _versions(office: StoredOffice, key: str, table: str) -> Iterator[Finding]:
    """Yield each record whose version its recorded saves cannot have made.

    A save counts it on by one at most, so it may be less: SQL of a plugin's own need not count, and
    its migrations may bring any.
    """
    former = office.store.former
    # One record after the other: all of a million at once would be in memory together.
    saves = (
        f"SELECT count(*) FROM core_change c WHERE {former.condition(table)} AND c.record_id = t.id"
    )
    migrated = (
        "SELECT 1 FROM core_change m JOIN core_action a ON a.id = m.action_id "
        f"WHERE {former.condition(table, 'm')} AND m.record_id = t.id "
        "AND a.verb GLOB 'core.migrate.*'"
    )
    # No number of saves makes a version of 1 wrong, and most records have it.
    sql = (
        f"SELECT id, version FROM (SELECT t.id, t.version, ({saves}) AS saves "
        f"FROM {quoted(table)} t WHERE t.version <> 1) t "
        "WHERE saves > 0 AND (version < 1 OR version > saves) "
        f"AND NOT EXISTS ({migrated})"
    )
    for id_, version in office.rows(sql):
        yield _about("record-version", key, id_, version, facts={"version": version})


def _layouts(office: StoredOffice) -> Iterator[Finding]:
    """Yield each layout in use whose columns are not those of its name: its changes say nothing."""
    whole: set[str] = set()
    for name, columns in texts(office, "SELECT name, columns FROM core_layout"):
        if name_of(columns.split("\n")) == name:
            whole.add(name)
    # DISTINCT keeps the few pairs alone; GROUP BY would sort a row of each change in memory.
    used = "SELECT DISTINCT record, substr(after, 3, 16) FROM core_change WHERE after GLOB '[[]\"*'"
    counted = "SELECT count(*) FROM core_change WHERE record = ? AND substr(after, 3, 16) = ?"
    for table, name in texts(office, used):
        if name not in whole:
            changes = office.value(counted, table, name)
            facts = {"layout": name, "changes": changes}
            yield Finding("layout-altered", record=table, facts=facts)


def _brought_back(office: StoredOffice) -> Iterator[Finding]:
    """Yield destroyed records with contents in the history, as in a file made of two."""
    sql = (
        "SELECT d.record, d.number, ifnull(w.id, c.id), c.id FROM core_destruction d "
        "JOIN core_change c ON c.record = replace(replace(d.record, '.', '_'), '-', '_') "
        "AND c.record_id = d.number "
        "LEFT JOIN core_change w ON w.record = 'core_destruction' AND w.record_id = d.id "
        "WHERE c.destroyed IS NULL GROUP BY d.id, c.id"
    )
    former = office.store.former
    again: set[tuple[str, int]] = set()
    for key, number, destruction, change in texts(office, sql):
        table = table_of(key)
        # The same name may have been another record's, before a renaming or after it.
        if former.table(table, destruction) == former.table(table, change):
            again.add((key, number))
    for key, number in sorted(again):
        yield _about("record-contents-again", key, number)
