"""The plans of a made-up practice: two years of their dates, with what became of each.

`plans.csv` has the day of the first date from today, how many dates in a hundred were missed and how
many were late, whether the last one is still open, and the values in which a plan differs from its
template. People take the steps of the last days; older dates are rows.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any, Final

from officeops import Task
from officeops.demo import demo_rows
from officeops_maintenance.demo_data.counters_past import build_counters
from officeops_maintenance.demo_data.endings import Endings
from officeops_maintenance.demo_data.visits_past import book_visits, visit_rows, work_done
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.task_visits import task_came
from officeops_maintenance.plans.templates import new_plan, template_named
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.demo import Demo
    from officeops_maintenance.plans.plan import Plan

#: Days from today: the last one whose tasks are written as rows.
_TOLD: Final = -9
_NOON: Final = time(12)
_NUMBERS: Final = ("every", "nth", "use_every")
_RELEASE: Final = "AED check"
#: The open tasks of a plan whose day has come; today's are still to be done.
_PAST: Final = """
plan_key = 'maintenance.plan' AND plan_id = ? AND state = 'open' AND due_on < ?
"""


def build_plans(demo: Demo, vendors: Mapping[str, int | None]) -> None:
    """Write the plans with their past, and take the steps of the last days."""
    office = demo.office
    build_counters(demo)
    plans: list[tuple[Plan, Endings]] = []
    with demo.writing():
        for row in demo_rows(__package__, "plans.csv"):
            plan = _plan(
                demo,
                row,
                vendors,
            )
            endings = Endings(
                demo,
                plan,
                row,
            )
            told = demo.tell(
                plan,
                demo.day(_TOLD),
                endings.of,
            )
            office.add_many(Visit, list(visit_rows(plan, told)))
            plans.append((plan, endings))
    # The nights between have not been: their tasks are written now.
    with demo.at(demo.today, "ann"), office.acting("core.write-tasks"):
        for plan, _ in plans:
            office.generate(plan)
    for plan, endings in plans:
        _catch_up(
            demo,
            plan,
            endings,
        )
    book_visits(demo, vendors)
    _demand_test(demo)


def _plan(
    demo: Demo,
    row: Mapping[str, str],
    vendors: Mapping[str, int | None],
) -> Plan:
    """Return a plan from its template, as somebody confirmed it on its first day."""
    office, first = demo.office, demo.day(row["first"])
    given = _changes(row["changes"])
    for kind, column in ((Equipment, "unit"), (Category, "category")):
        if row[column]:
            name = "equipment_id" if kind is Equipment else "category_id"
            given[name] = office.find(kind, row[column]).id
    if row["location"]:
        given["location_id"] = office.find(office.record("core.location"), row["location"]).id
    if not row["unconfirmed"]:
        given |= {"confirmed_on": first, "confirmed_by": "ann", "checked_on": first}
    return new_plan(
        office,
        template_named(row["template"]),
        vendor_id=vendors.get(row["vendor"]),
        first_on=first,
        owner=row["owner"],
        **given,
    )


def _changes(text: str) -> dict[str, Any]:
    """Read `weekdays=mon wed fri use_every=200`: a word with a sign of equality begins a value."""
    changes: dict[str, Any] = {}
    name = ""
    for word in text.split():
        if "=" in word:
            name, _, value = word.partition("=")
            changes[name] = int(value) if name in _NUMBERS else value or None
        else:
            changes[name] += f" {word}"
    return changes


def _catch_up(
    demo: Demo,
    plan: Plan,
    endings: Endings,
) -> None:
    """Complete the tasks of the last days, each on its day; some plans leave the last one open."""
    office = demo.office
    tasks = list(office.all(Task, _PAST, plan.id, demo.today.isoformat(), order="due_on"))
    if endings.leaves_open and tasks:
        tasks.pop()
    for task in tasks:
        with demo.at(task.due_on, plan.owner, _NOON), office.acting("core.task.complete"):
            if plan.vendor_id is not None:
                task_came(office, task, done=work_done(plan))
            else:
                office.complete(task, endings.answers)


def _demand_test(demo: Demo) -> None:
    """Have a defibrillator pass its check before it returns to service."""
    office = demo.office
    category = office.find(Category, "AED")
    [checklist_id] = office.find_ids(
        office.record("core.checklist"),
        _RELEASE,
        by_id=False,
    )
    with demo.at(demo.day(-400), "ann"), office.acting("maintenance.equipment-category.edit"):
        office.edit(category, release_checklist_id=checklist_id)
