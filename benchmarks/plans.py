"""What plans of maintenance cost: a year's tasks of 2,000 plans, and Today with a long past behind it."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from benchmarks.offices import rolled_back
from officeops.core.planned_tasks import plan_kinds, write_all
from officeops.core.task_record import Task
from officeops.office.office import Office, open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNITS, PLANS, PAST = 60, 2_000, 100_000
#: Half yearly to weekly, as practices have them, each with one part of the plans.
_STEPS = ((6, "month"), (3, "month"), (1, "month"), (1, "month"), (2, "week"), (1, "week"))
_PLAN = """
INSERT INTO maintenance_plan (title, equipment_id, first_on, every, unit, days_late)
VALUES (?, ?, ?, ?, ?, 7)
"""
_CATEGORY_PLAN = """
INSERT INTO maintenance_plan (title, category_id, first_on, every, unit, days_late)
VALUES (?, 1, ?, 1, 'week', 3)
"""
_UNIT = "INSERT INTO maintenance_equipment (name, category_id) VALUES (?, 1)"


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of plans, in this process."""
    with closing(_office(folder, "plans")) as office:
        begin = (office.today - timedelta(days=365)).isoformat()
        with office.acting("benchmark"):
            for number in range(PLANS):
                every, unit = _STEPS[number % len(_STEPS)]
                values = (f"Check {number}", number % UNITS + 1, begin, every, unit)
                office.store.db.execute(_PLAN, values)
        rows = _rows(office)
        yield figure(
            f"writing a year's tasks of {PLANS:,} plans, {len(rows):,} of them",
            "`add_many` of the same rows",
            lambda: rolled_back(office, lambda: busy(lambda: write_all(office))),
            lambda: rolled_back(office, lambda: busy(lambda: _added(office, rows))),
            limit=1.5,
            aim=1.3,
            rounds=5,
        )
    with (
        closing(_with_past(folder, "long", PAST)) as long,
        closing(_with_past(folder, "short", 0)) as short,
    ):
        yield figure(
            f"Today of {UNITS} units with {PAST:,} past tasks",
            "Today of the same units and plans without a past",
            lambda: busy(long.due_items),
            lambda: busy(short.due_items),
            limit=1.2,
            aim=1.1,
            rounds=15,
        )


def _office(folder: Path, name: str) -> Office:
    """Make an office with units of one category."""
    settings = folder / name / "officeops.toml"
    settings.parent.mkdir()
    settings.write_text("")
    file = folder / f"{name}.db"
    office = open_office(
        file, config=settings, create=True, actor="benchmark", only=["maintenance"]
    )
    with office.acting("benchmark"):
        office.store.db.execute("INSERT INTO maintenance_equipment_category (name) VALUES ('All')")
        for number in range(UNITS):
            office.store.db.execute(_UNIT, (f"Unit {number}",))
    return office


def _rows(office: Office) -> list[dict[str, Any]]:
    """Return the rows that the plans' tasks are, as SQLite keeps them."""
    from officeops.core.plan_tasks import parts_of

    rows: list[dict[str, Any]] = []
    for kind in plan_kinds(office):
        for plan in office.all(kind):
            for part in parts_of(office, plan, None):
                rows += part.tasks.rows(part.dates.ahead(None, plan.first_on))  # type: ignore[attr-defined]
    return rows


def _added(office: Office, rows: list[dict[str, Any]]) -> None:
    office.defer()
    office.add_many(Task, rows)
    office.write_deferred()


def _with_past(folder: Path, name: str, tasks: int) -> Office:
    """Make an office with plans of units and of their category, and so many tasks that were done."""
    office = _office(folder, name)
    begin = office.today - timedelta(days=7)
    with office.acting("benchmark"):
        for number in range(UNITS):
            values = (f"Check {number}", number + 1, begin.isoformat(), 1, "week")
            office.store.db.execute(_PLAN, values)
        for number in range(10):
            office.store.db.execute(_CATEGORY_PLAN, (f"Round {number}", begin.isoformat()))
        write_all(office)
    with office.acting("benchmark"):
        rows = [_past(office, number) for number in range(tasks)]
        _added(office, rows)
    return office


def _past(office: Office, number: int) -> dict[str, Any]:
    """Return a task of the years before: done, of one of the plans and units."""
    plan, unit = number % (UNITS + 10) + 1, number % UNITS + 1
    day = (office.today - timedelta(days=8 + number // UNITS)).isoformat()
    return {
        "title": "Check",
        "due_on": day,
        "state": "skipped",
        "owner": "manager",
        "severity": "routine",
        "second_sign": 0,
        "reason": "done on paper",
        "about_key": "maintenance.equipment",
        "about_id": unit,
        "plan_key": "maintenance.plan",
        "plan_id": plan,
        "nominal_on": day,
        "occurrence": f"maintenance.plan:{plan}:@{unit}:{day}:{number}",
    }
