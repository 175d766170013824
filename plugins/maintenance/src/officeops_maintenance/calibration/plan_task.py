"""The task of a plan that a calibration completes; when the next one is due is the plan's to say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Task
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.units import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OPEN: Final = """
state = 'open' AND about_key = 'maintenance.equipment' AND about_id = ?
AND plan_key = 'maintenance.plan'
AND plan_id IN (SELECT id FROM maintenance_plan WHERE sort = 'calibration')
"""
#: The last date about a unit of each calibration plan that comes by dates.
_LAST: Final = """
SELECT plan_id, max(nominal_on) FROM core_task
WHERE about_key = 'maintenance.equipment' AND about_id = ? AND plan_key = 'maintenance.plan'
AND archived_at IS NULL AND plan_id IN (
    SELECT id FROM maintenance_plan
    WHERE sort = 'calibration' AND mode IN ('fixed', 'weekdays', 'nth_weekday'))
GROUP BY plan_id
"""
#: Days in which a next date is looked for; some standards come once in five years.
_FARTHEST: Final = 3660
#: A date further ahead is that of another calibration, where the plan says nothing else.
_EARLY: Final = timedelta(days=31)


def next_task(office: Office, unit_id: int) -> Task | None:
    """Return the first open task of a unit's calibration plans."""
    return office.first(Task, _OPEN, unit_id, order="due_on, id")


def next_on(office: Office, unit_id: int) -> date | None:
    """Return when the next calibration of a unit is due: by its open tasks, else by its plans."""
    task = next_task(office, unit_id)
    if task is not None:
        return task.due_on
    # Done early: the plan writes its next task once the date of this one has come.
    dates = (_after_the_last(office, unit_id, *row) for row in office.rows(_LAST, unit_id))
    return min(filter(None, dates), default=None)


def _after_the_last(
    office: Office,
    unit_id: int,
    plan_id: int,
    last: str,
) -> date | None:
    """Return the date of a plan after the last one about a unit that was written."""
    plan = office.get(Plan, plan_id)
    first = max(date.fromisoformat(last), office.today) + timedelta(days=1)
    until = first + timedelta(days=_FARTHEST)
    # A unit that left the plan's category has no further date by it.
    about = subjects(office, plan)
    units = about if isinstance(about, list) else [about]
    if plan.archived_at or not any(unit and unit.id == unit_id for unit in units):
        return None
    for dated in Plan.schedule.dates(plan, first, until, office.calendar):
        return dated.due_on
    return None


def task_of(
    office: Office,
    unit_id: int,
    day: date,
) -> Task | None:
    """Return the open task that a calibration on a day completes: the nearest one that is due."""
    near = list(_due(office, unit_id, day))
    return min(near, key=lambda task: (abs(task.due_on - day), task.id), default=None)


def _due(
    office: Office,
    unit_id: int,
    day: date,
) -> Iterator[Task]:
    """Yield the open tasks that may be done on a day."""
    for task in office.all(Task, _OPEN, unit_id):
        plan = office.get(Plan, task.plan_id or 0)
        first = task.window_from or task.due_on - _EARLY
        # The next date of a floating plan counts from whenever it was done.
        if plan.mode == "floating" or first <= day:
            yield task


def complete(
    office: Office,
    task: Task,
    day: date,
) -> str:
    """Complete a task with the day of its calibration, and return the sentence."""
    if task.checklist_id is not None:
        about: Any = task.about
        # A question that failed keeps the unit blocked until it passes.
        if about and office.blocked(office.get(Equipment, about.id)):
            return f"{task.human_key} has questions: complete it with its answers."
        # The calibration says more than the checklist, and nobody enters both.
        task = office.edit(task, checklist_id=None)
    # Of a past day nobody knows the hour, and noon is on the same day in every zone.
    when = None if day == office.today else office.ways.moment(day, 12 * 60)
    return office.complete(task, when=when)
