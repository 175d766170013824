"""Verify that every record is what its recorded changes left."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.history.verify import Finding
from officeops.store.replay import Difference, State, differences
from officeops.store.row_format import name_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office


def records(office: Office) -> Iterator[Finding]:
    """Yield each record that is not as recorded, of all kinds, also of plugins that are off. Derived ones have no history."""
    kept = {record.meta.table: record.meta for record in every_kind(office)}
    derived = {table for table, meta in kept.items() if meta.derived}
    tables = {name for (name,) in texts(office, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    told = {table for (table,) in texts(office, "SELECT DISTINCT record FROM core_change")}
    for table in sorted(told - tables):
        yield Finding("record", f"The history tells of {table}, but there is no such table.", record=table)
    for table in sorted((told | kept.keys()) & tables - derived):
        key = kept[table].key if table in kept else table
        try:
            for each in differences(office.store.db, table, kept[table].columns if table in kept else ()):
                yield from _told(key, each)
            yield from _versions(office, key, table)
        except sqlite3.Error as error:
            yield Finding("record", f"{key} cannot be compared with its history: {error}.", record=key)
    yield from _layouts(office)
    yield from _brought_back(office)


def texts(office: Office, sql: str) -> list[tuple[Any, ...]]:
    """Run a query whose texts may be none in an altered file: what cannot be read of them is replaced."""
    db = office.store.db
    db.text_factory = lambda text: text.decode(errors="replace")
    try:
        return db.execute(sql).fetchall()
    finally:
        db.text_factory = str


def every_kind(office: Office) -> Iterator[type[Record]]:
    """Yield every kind of record whose tables are kept, also those that go without a noun."""
    from officeops.core.records import RECORDS

    yield from RECORDS
    yield from (record for _, record in office.plugins.registered("records"))


def _told(key: str, each: Difference | State) -> Iterator[Finding]:
    name = f"{key} #{each.id}"
    if isinstance(each, State):
        for change, what in each.faults:
            yield Finding(
                "record", f"{name} was altered outside the history: change {change:,} {what}.", None, key, each.id
            )
    elif each.recorded is None:
        why = "was destroyed, but is there again" if each.destroyed else "is there, but the history does not know it"
        yield Finding("record", f"{name} {why}.", None, key, each.id)
    elif each.actual is None:
        yield Finding("record", f"{name} is gone, and the history does not say why.", None, key, each.id)
    else:
        what = f"{', '.join(each.columns)} altered" if each.actual else "it has text that cannot be read, put there"
        yield Finding("record", f"{name} is not as recorded: {what} outside the history.", None, key, each.id)


def _versions(office: Office, key: str, table: str) -> Iterator[Finding]:
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
        what = f"{key} #{id_} has the version {version:,}, which its recorded saves cannot have made."
        yield Finding("record", what, None, key, id_)


def _layouts(office: Office) -> Iterator[Finding]:
    """Yield each layout that changes are kept by and that is no longer what its name says: without it they tell nothing."""
    there = texts(office, "SELECT name, columns FROM core_layout")
    whole = {name for name, columns in there if name_of(columns.split("\n")) == name}
    used = "SELECT record, substr(after, 3, 16), count(*) FROM core_change WHERE after GLOB '[[]\"*' GROUP BY 1, 2"
    for table, name, changes in texts(office, used):
        if name not in whole:
            what = f"The layout {name} is missing or was altered: {changes:,} changes of {table} cannot be read without it."
            yield Finding("change", what, record=table)


def _brought_back(office: Office) -> Iterator[Finding]:
    """Yield what was destroyed and stands in the history again, as a file has it that was pieced together from two."""
    for key, number in texts(
        office,
        "SELECT DISTINCT d.record, d.number FROM core_destruction d JOIN core_change c "
        "ON c.record = replace(replace(d.record, '.', '_'), '-', '_') AND c.record_id = d.number WHERE c.destroyed IS NULL",
    ):
        yield Finding(
            "record", f"{key} #{number} was destroyed, but its contents are in the history again.", None, key, number
        )
