"""What the rules of fields cost on 100,000 new rows: the trigger that asks each, against a table with the same rules as CHECKs.

Both tables have the same columns and no history, so that nothing but the rules is measured; each is filled inside
one transaction that is rolled back.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from benchmarks.offices import office_with, rolled_back
from officeops.store.bulk_insert import insert_rows
from officeops.store.field_triggers import conditions, triggers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from officeops.office.office import Office

ROWS = 100_000
COLUMNS = ("note", "degrees", "day", "taken_at", "state", "quantity", "is_done")
PLUGIN = '''
"""Readings of a refrigerator."""

from datetime import date, datetime

from officeops import Migration, Plugin, Record, choice, field, hookimpl

PLUGIN = Plugin("cold", "Readings", api=2)


class Reading(Record, key="cold.reading", display="note"):
    """A temperature that somebody read."""

    note: str = field()
    degrees: int = field(kind="decimal", scale=1, unit="°C", minimum=-400, maximum=400)
    day: date = field()
    taken_at: datetime = field()
    state: str = choice("ok", "warm", "cold", default="ok")
    quantity: int = field(kind="quantity", minimum=0, maximum=1000)
    is_done: bool = field(default=False)


@hookimpl
def records():
    return [Reading]


@hookimpl
def migrations():
    return [Migration("0001_start", """
CREATE TABLE cold_reading (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT, note TEXT NOT NULL, degrees INTEGER NOT NULL, day TEXT NOT NULL, taken_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'ok', quantity INTEGER NOT NULL, is_done INTEGER NOT NULL DEFAULT 0) STRICT;
""")]
'''
_TABLE = (
    "CREATE TABLE {name} (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT NOT NULL, degrees INTEGER NOT NULL, "
    "day TEXT NOT NULL, taken_at TEXT NOT NULL, state TEXT NOT NULL, quantity INTEGER NOT NULL, "
    "is_done INTEGER NOT NULL{rules}) STRICT"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of checked rows, in this process."""
    with closing(office_with(folder, "cold", PLUGIN)) as office:
        meta = office.records["cold.reading"].meta
        rules = [f"NOT ({rule})" for _, rule in conditions(meta, "plain")]
        checks = "".join(f", CHECK ({rule.replace('plain.', '')})" for rule in rules)
        trigger = next(sql for name, sql in triggers(meta) if name.endswith("fields_add"))
        with office.store.exclusive("benchmark") as db:
            for name, more in (("plain", checks), ("asked", ""), ("bare", "")):
                db.execute(_TABLE.format(name=name, rules=more))
            db.execute(trigger.replace("cold_reading", "asked"))
        rows = [_row(number) for number in range(ROWS)]

        yield figure(
            f"inserting {ROWS:,} rows that a trigger asks",
            "the same rules as CHECKs",
            lambda: _filled(office, "asked", rows),
            lambda: _filled(office, "plain", rows),
            limit=2,
            aim=1.5,
            rounds=7,
        )


def _row(number: int) -> tuple[Any, ...]:
    day = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
    state = ("ok", "warm", "cold")[number % 3]
    moment = f"{day}T{number % 24:02}:00:00+00:00"
    return f"Reading {number}", number % 800 - 400, day, moment, state, number % 1000, number % 2


def _filled(office: Office, table: str, rows: Sequence[tuple[Any, ...]]) -> float:
    """Insert rows in as few statements as an import does, and take them back."""
    return rolled_back(
        office, lambda: busy(lambda: insert_rows(office.store.db, table, COLUMNS, rows))
    )
