"""Verify that every record is what its recorded changes left."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.store.fold import Difference, State, differences
from officeops.verify import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office
    from officeops.records import Record


def records(office: Office) -> Iterator[Finding]:
    """Yield each record that is not as recorded, of all kinds, also of plugins that are off. Derived ones have no history."""
    kept = {record.meta.table: record.meta for record in every_kind(office)}
    derived = {table for table, meta in kept.items() if meta.derived}
    tables = {row[0] for row in office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    told = {
        row[0].decode(errors="replace")
        for row in office.rows("SELECT CAST(record AS BLOB) FROM (SELECT DISTINCT record FROM core_change)")
    }
    for table in sorted(told - tables):
        yield Finding("record", f"The history tells of {table}, but there is no such table.", record=table)
    for table in sorted((told | kept.keys()) & tables - derived):
        key = kept[table].key if table in kept else table
        try:
            for each in differences(office.store.db, table):
                yield from _told(key, each)
        except sqlite3.Error as error:
            yield Finding("record", f"{key} cannot be compared with its history: {error}.", record=key)
    yield from _brought_back(office)


def every_kind(office: Office) -> Iterator[type[Record]]:
    """Yield every kind of record whose tables are kept, also those that go without a noun."""
    from officeops.core import RECORDS

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
        yield Finding(
            "record",
            f"{name} is not as recorded: {', '.join(each.columns)} altered outside the history.",
            None,
            key,
            each.id,
        )


def _brought_back(office: Office) -> Iterator[Finding]:
    """Yield what was destroyed and stands in the history again, as a file has it that was pieced together from two."""
    for key, number in office.rows(
        "SELECT DISTINCT d.record, d.number FROM core_destruction d JOIN core_change c "
        "ON c.record = replace(replace(d.record, '.', '_'), '-', '_') AND c.record_id = d.number WHERE c.destroyed IS NULL"
    ):
        yield Finding(
            "record", f"{key} #{number} was destroyed, but its contents are in the history again.", None, key, number
        )
