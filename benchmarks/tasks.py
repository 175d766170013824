"""What planned tasks cost beside plain SQL: written ahead, and read by Today.

40 plans of two years, half weekly and half monthly, and 500 tasks that are open and due.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from benchmarks.offices import office_with, rolled_back
from officeops.core.planned_tasks import plan_kinds, write_all
from officeops.core.task_record import Task
from officeops.model.due import Due, Noted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

PLANS, YEARS, OPEN = 40, timedelta(days=730), 500
PLUGIN = '''
"""Upkeep."""

from datetime import date

from officeops import Migration, Plugin, Record, Schedule, choice, field, hookimpl

PLUGIN = Plugin("upkeep", "Upkeep", api=2)


class Care(Record, key="upkeep.care", display="title"):
    """A check, again and again."""

    title: str = field()
    first_on: date = field()
    unit: str = choice("week", "month")
    schedule = Schedule(anchor="first_on", unit="unit", after=2, title="title")


@hookimpl
def records():
    return [Care]


@hookimpl
def migrations():
    return [
        Migration(
            "0001",
            """
CREATE TABLE upkeep_care (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    first_on TEXT NOT NULL,
    unit TEXT NOT NULL
) STRICT;
""",
        )
    ]
'''
_DUE = """
SELECT id, title, due_on, severity, owner, window_to, occurrence FROM core_task
WHERE state = 'open' AND due_on <= ? AND archived_at IS NULL
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of tasks, in this process."""
    with closing(office_with(folder, "upkeep", PLUGIN)) as office:
        _add_plans(office)
        rows = _written(office)
        names = list(rows[0])
        marks = ", ".join("?" * len(names))
        insert = f"INSERT INTO core_task ({', '.join(names)}) VALUES ({marks})"
        values = [tuple(row.values()) for row in rows]

        def inserted() -> None:
            office.store.db.executemany(insert, values)

        yield figure(
            f"writing the tasks of {PLANS} plans over two years, {len(rows):,} of them",
            "INSERT of the same rows, with their history",
            lambda: rolled_back(office, lambda: busy(lambda: write_all(office))),
            lambda: rolled_back(office, lambda: busy(inserted)),
            limit=2,
            aim=1.5,
            rounds=7,
        )
        _settle(office)
        yield figure(
            f"Today with {OPEN} tasks that are due",
            "their lines by a due hook with SQL of its own",
            lambda: busy(office.due_items),
            lambda: busy(lambda: _lines(office)),
            limit=2,
            aim=1.5,
            rounds=15,
        )


def _lines(office: Office) -> list[Noted]:
    """List the due tasks as a plugin would that had only SQL, in the order of Today."""
    lines = []
    for number, title, on, severity, owner, last, key in office.rows(
        _DUE, office.today.isoformat()
    ):
        is_missed = last is not None and date.fromisoformat(last) < office.today
        what = f"{title}: missed, say why" if is_missed else title
        due = Due(
            key=key,
            on=date.fromisoformat(on),
            what=what,
            severity=severity,
            owner=owner,
            action="complete",
            record="core.task",
            record_id=number,
        )
        lines.append(Noted(due, "core", "", "", seen=False))
    return sorted(lines, key=lambda noted: noted.sort_key)


def _add_plans(office: Office) -> None:
    """Add the plans by SQL: to add one by one would write their tasks at once."""
    begin = (office.today - YEARS).isoformat()
    with office.acting("benchmark"):
        for number in range(PLANS):
            unit = "week" if number % 2 else "month"
            sql = "INSERT INTO upkeep_care (title, first_on, unit) VALUES (?, ?, ?)"
            office.store.db.execute(sql, (f"Check {number}", begin, unit))


def _written(office: Office) -> list[dict[str, Any]]:
    """Return the rows that the plans' tasks are, as SQLite keeps them."""
    from officeops.core.plan_dates import PlanDates
    from officeops.core.plan_tasks import PlanTasks

    [kind] = plan_kinds(office)
    rows: list[dict[str, Any]] = []
    for plan in office.all(kind):
        ahead = PlanDates(office, plan).ahead(None, office.today - YEARS)
        rows += PlanTasks(office, plan).rows(ahead)
    return rows


def _settle(office: Office) -> None:
    """Write the tasks, and close all that are due but for the latest ones."""
    with office.acting("benchmark"):
        write_all(office)
        due = "due_on <= ?1 AND id NOT IN (SELECT id FROM core_task WHERE due_on <= ?1 ORDER BY due_on DESC LIMIT ?2)"
        for task in office.all(Task, due, office.today.isoformat(), OPEN):
            office.skip(task, "no reason")
