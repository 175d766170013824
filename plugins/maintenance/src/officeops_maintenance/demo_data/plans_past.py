"""The plans of a made-up practice, their past with its gaps, a counter and the visits.

`plans.csv` has the day of the first date from today, every how many dates one was missed, and the
values in which a plan differs from its template.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import ChecklistItem, Task
from officeops.demo import Demo, demo_rows
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.meter_reading import MeterReading
from officeops_maintenance.plans.task_visits import task_came, task_not_came
from officeops_maintenance.plans.templates import new_plan, template_named
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.plans.visit_life import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_maintenance.plans.plan import Plan

#: The answers that a checklist of the demo gets, by the type of question; a text is a number.
_ANSWERS: Final = {"pass_fail": "pass", "text": "4711", "number": "50", "reading": "41"}
#: The counters, with the days from today of their readings and the use between two of them.
_USES: Final = (("Autoclave 2", "hours", 430, 35), ("Autoclave 1", "cycles", 2_100, 60))
_NOON: Final = time(12)


def build_plans(demo: Demo, vendors: dict[str, int | None]) -> None:
    """Write the plans, and what became of their tasks, day by day."""
    plans = [_plan(demo, row, vendors) for row in demo_rows(__package__, "plans.csv")]
    for name, counter, value, use in _USES:
        _readings(demo, name, counter, value, use)
    # The nights between have not been: their tasks are written now.
    with demo.at(demo.today, "ann"), demo.office.acting("core.write-tasks"):
        for plan, _ in plans:
            demo.office.generate(plan)
    for plan, every in plans:
        for number, task in enumerate(list(_past(demo.office, plan)), 1):
            _settle(demo, plan, task, is_missed=bool(every) and number % every == 0)
    _expected(demo, vendors)


def _plan(
    demo: Demo,
    row: dict[str, str],
    vendors: dict[str, int | None],
) -> tuple[Plan, int]:
    """Add a plan on the day of its first date; return it with every how many dates one is missed."""
    office, first = demo.office, demo.day(row["first"])
    given = _changes(row["changes"])
    if row["unit"]:
        given["equipment_id"] = office.find(Equipment, row["unit"]).id
    if row["category"]:
        given["category_id"] = office.find(Category, row["category"]).id
    template = template_named(row["template"])
    with demo.at(first, "ann"), office.acting("maintenance.plan-from-template"):
        plan = new_plan(
            office,
            template,
            vendor_id=vendors.get(row["vendor"]),
            first_on=first,
            owner=row["owner"],
            **given,
        )
        office.add(plan)
    return plan, int(row["missed"] or 0)


def _changes(text: str) -> dict[str, Any]:
    """Read `weekdays=mon wed fri use_every=200`: a word with a sign of equality begins a value."""
    changes: dict[str, Any] = {}
    name = ""
    for word in text.split():
        if "=" in word:
            name, _, word = word.partition("=")  # noqa: PLW2901 - the value begins behind the sign
            changes[name] = word
        else:
            changes[name] += f" {word}"
    if "use_every" in changes:
        changes["use_every"] = int(changes["use_every"])
    return changes


def _readings(
    demo: Demo,
    name: str,
    counter: str,
    value: int,
    use: int,
) -> None:
    unit = demo.office.find(Equipment, name)
    for number in range(6):
        day = demo.day(-180 + 35 * number)
        with demo.at(day, "luis"), demo.office.acting("maintenance.meter-reading.add"):
            reading = MeterReading(
                equipment_id=unit.id, counter=counter, value=value + use * number
            )
            demo.office.add(reading)


def _past(office: Office, plan: Plan) -> Iterator[Task]:
    """Yield the open tasks of a plan whose day has come; today's are still to be done."""
    where = "plan_key = 'maintenance.plan' AND plan_id = ? AND state = 'open' AND due_on < ?"
    yield from office.all(Task, where, plan.id, office.today.isoformat())


def _settle(
    demo: Demo,
    plan: Plan,
    task: Task,
    *,
    is_missed: bool,
) -> None:
    """Complete a task on its day, or leave it out: some with a reason, the latest without."""
    office, is_visit = demo.office, plan.vendor_id is not None
    is_old = (office.today - task.due_on).days > 10
    if is_missed and not is_old:
        return
    verb = "skip" if is_missed else "complete"
    with demo.at(task.due_on, plan.owner, _NOON), office.acting(f"core.task.{verb}"):
        if is_missed and is_visit:
            task_not_came(office, task, reason="Their van broke down")
        elif is_missed:
            office.skip(task, "The office was short of hands")
        elif is_visit:
            task_came(office, task, done="As agreed")
        else:
            office.complete(task, _answers(office, task))


def _answers(office: Office, task: Task) -> dict[str, Any] | None:
    if task.checklist_id is None:
        return None
    items = office.all(ChecklistItem, "checklist_id = ?", task.checklist_id)
    return {item.text: _ANSWERS.get(item.type) or _good(item) for item in items}


def _good(item: ChecklistItem) -> str:
    """Return the first choice that does not fail."""
    failing = item.failing or ""
    return next(word for word in item.words if word not in failing.split(", "))


def _expected(demo: Demo, vendors: dict[str, int | None]) -> None:
    """Add a visit that somebody booked, and one that is over."""
    office = demo.office
    for days, purpose in ((-12, "Leak under the sink"), (2, "Look at the water heater")):
        day: date = demo.day(days)
        with (
            # Booked the day before at the latest, and never after today.
            demo.at(min(day, demo.today) - timedelta(days=1), "ann"),
            office.acting("maintenance.visit.add"),
        ):
            visit = office.add(
                Visit(purpose=purpose, expected_on=day, vendor_id=vendors.get("MRJ"))
            )
        if day < demo.today:
            with demo.at(day, "ann"), office.acting("maintenance.visit.add"):
                VISIT.move(office, visit, "came", done="New seal, no leak since")
