"""Verify that every record is what its recorded changes left."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.history.finding import Finding
from officeops.store.former_names import table_of
from officeops.store.replay import Difference, State, differences, states
from officeops.store.row_format import name_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.store.stored_office import StoredOffice


def records(office: StoredOffice) -> Iterator[Finding]:
    """Yield each record that is not as recorded, of all kinds, also of plugins that are off.

    Derived ones have no history.
    """
    metas = {record.meta.table: record.meta for record in office.plugins.kinds()}
    derived = {table for table, meta in metas.items() if meta.derived}
    tables = {
        name for (name,) in texts(office, "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    recorded = _recorded_tables(office)
    for table in sorted(recorded - tables):
        # A migration that drops a table also records the end of its records.
        if any(state.content is not None for state in states(office.store.db, table)):
            yield _about("table-gone", table)
    for table in sorted((recorded | metas.keys()) & tables - derived):
        key = metas[table].key if table in metas else table
        try:
            for difference in differences(
                office.store.db, table, metas[table].columns if table in metas else ()
            ):
                yield from _differing(key, difference)
            yield from _versions(office, key, table)
        except sqlite3.Error as error:
            yield _about("table-unread", key, facts={"error": str(error)})
    yield from _layouts(office)
    yield from _brought_back(office)


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


def _differing(key: str, found: Difference | State) -> Iterator[Finding]:
    if isinstance(found, State):
        for fault in found.faults:
            columns = ", ".join(fault.columns)
            details = (fault.code, fault.change, columns) if columns else (fault.code, fault.change)
            facts = {"change": fault.change, "fault": fault.code, "columns": fault.columns}
            yield _about("record-change-altered", key, found.id, *details, facts=facts)
    elif found.recorded is None:
        yield _about(
            "record-destroyed-again" if found.destroyed else "record-unknown", key, found.id
        )
    elif found.actual is None:
        yield _about("record-gone", key, found.id)
    elif found.actual:
        columns = ", ".join(found.columns)
        yield _about("record-altered", key, found.id, columns, facts={"columns": found.columns})
    else:
        yield _about("record-unreadable", key, found.id)


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
    table = key.replace(".", "_").replace("-", "_")
    return Finding(code, None, key, id_, facts or {}, ("record", table, id_ or 0, code, *details))


def _versions(office: StoredOffice, key: str, table: str) -> Iterator[Finding]:
    """Yield each record whose version its recorded saves cannot have made.

    A save counts it on by one at most, so it may be less: SQL of a plugin's own need not count, and
    its migrations may bring any.
    """
    former = office.store.former
    rows = office.rows(
        f"SELECT t.id, t.version FROM {quoted(table)} t "
        f"JOIN (SELECT c.record_id, count(*) AS saves FROM core_change c WHERE {former.condition(table)} "
        "GROUP BY c.record_id) s ON s.record_id = t.id "
        "WHERE (t.version < 1 OR t.version > s.saves) AND NOT EXISTS (SELECT 1 FROM core_change m "
        "JOIN core_action a ON a.id = m.action_id "
        f"WHERE {former.condition(table, 'm')} AND m.record_id = t.id AND a.verb GLOB 'core.migrate.*')",
    )
    for id_, version in rows:
        yield _about("record-version", key, id_, version, facts={"version": version})


def _layouts(office: StoredOffice) -> Iterator[Finding]:
    """Yield each layout in use whose columns are not those of its name: its changes say nothing."""
    layouts = texts(office, "SELECT name, columns FROM core_layout")
    whole = {name for name, columns in layouts if name_of(columns.split("\n")) == name}
    used = "SELECT record, substr(after, 3, 16), count(*) FROM core_change WHERE after GLOB '[[]\"*' GROUP BY 1, 2"
    for table, name, changes in texts(office, used):
        if name not in whole:
            yield Finding(
                "layout-altered", record=table, facts={"layout": name, "changes": changes}
            )


def _brought_back(office: StoredOffice) -> Iterator[Finding]:
    """Yield destroyed records with contents in the history, as in a file pieced together from two."""
    sql = (
        "SELECT d.record, d.number, ifnull(w.id, c.id), c.id FROM core_destruction d "
        "JOIN core_change c ON c.record = replace(replace(d.record, '.', '_'), '-', '_') "
        "AND c.record_id = d.number "
        "LEFT JOIN core_change w ON w.record = 'core_destruction' AND w.record_id = d.id "
        "WHERE c.destroyed IS NULL GROUP BY d.id, c.id"
    )
    former, again = office.store.former, set()
    for key, number, destruction, change in texts(office, sql):
        table = table_of(key)
        # The same name may have been another record's, before a renaming or after it.
        if former.table(table, destruction) == former.table(table, change):
            again.add((key, number))
    for key, number in sorted(again):
        yield _about("record-contents-again", key, number)
