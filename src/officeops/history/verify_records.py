"""Verify that every record is what its recorded changes left."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.history.finding import Finding
from officeops.store.replay import Difference, State, differences
from officeops.store.row_format import name_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.store.stored_office import StoredOffice


def records(office: StoredOffice) -> Iterator[Finding]:
    """Yield each record that is not as recorded, of all kinds, also of plugins that are off. Derived ones have no history."""
    kept = {record.meta.table: record.meta for record in office.plugins.kinds()}
    derived = {table for table, meta in kept.items() if meta.derived}
    tables = {
        name for (name,) in texts(office, "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    told = {table for (table,) in texts(office, "SELECT DISTINCT record FROM core_change")}
    for table in sorted(told - tables):
        yield _about("table-gone", table)
    for table in sorted((told | kept.keys()) & tables - derived):
        key = kept[table].key if table in kept else table
        try:
            for each in differences(
                office.store.db, table, kept[table].columns if table in kept else ()
            ):
                yield from _differing(key, each)
            yield from _versions(office, key, table)
        except sqlite3.Error as error:
            yield _about("table-unread", key, facts={"error": str(error)})
    yield from _layouts(office)
    yield from _brought_back(office)


def texts(office: StoredOffice, sql: str) -> list[tuple[Any, ...]]:
    """Run a query whose texts may be none in an altered file: what cannot be read of them is replaced."""
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
    """Return a finding about records with its mark: the table's name, as while its plugin is off, code and details.

    That a record is not as recorded is never accepted by these, which would cover what is done to it later: it is put
    on record as it is (`accept`).
    """
    table = key.replace(".", "_").replace("-", "_")
    return Finding(code, None, key, id_, facts or {}, ("record", table, id_ or 0, code, *details))


def _versions(office: StoredOffice, key: str, table: str) -> Iterator[Finding]:
    """Yield each record whose version its recorded saves cannot have made.

    A save counts it on by one at most, so it may be less: SQL of a plugin's own need not count, and its migrations may
    bring any.
    """
    rows = office.rows(
        f"SELECT t.id, t.version FROM {quoted(table)} t "
        "JOIN (SELECT record_id, count(*) AS saves FROM core_change WHERE record = ?1 GROUP BY record_id) c ON c.record_id = t.id "
        "WHERE (t.version < 1 OR t.version > c.saves) AND NOT EXISTS (SELECT 1 FROM core_change m "
        "JOIN core_action a ON a.id = m.action_id WHERE m.record = ?1 AND m.record_id = t.id AND a.verb GLOB 'core.migrate.*')",
        table,
    )
    for id_, version in rows:
        yield _about("record-version", key, id_, version, facts={"version": version})


def _layouts(office: StoredOffice) -> Iterator[Finding]:
    """Yield each layout that changes are kept by and that is no longer what its name says: without it they tell nothing."""
    there = texts(office, "SELECT name, columns FROM core_layout")
    whole = {name for name, columns in there if name_of(columns.split("\n")) == name}
    used = "SELECT record, substr(after, 3, 16), count(*) FROM core_change WHERE after GLOB '[[]\"*' GROUP BY 1, 2"
    for table, name, changes in texts(office, used):
        if name not in whole:
            yield Finding(
                "layout-altered", record=table, facts={"layout": name, "changes": changes}
            )


def _brought_back(office: StoredOffice) -> Iterator[Finding]:
    """Yield what was destroyed and stands in the history again, as a file has it that was pieced together from two."""
    for key, number in texts(
        office,
        "SELECT DISTINCT d.record, d.number FROM core_destruction d JOIN core_change c "
        "ON c.record = replace(replace(d.record, '.', '_'), '-', '_') AND c.record_id = d.number WHERE c.destroyed IS NULL",
    ):
        yield _about("record-contents-again", key, number)
