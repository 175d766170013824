"""Log tasks: the temperature log of a unit completes the tasks of plans that ask for its readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Task
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.proved_by import IS_LOG, LOG_TEMPLATES
from officeops_maintenance.readings.gaps import LogDays
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.slot import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from officeops import Office
    from officeops_maintenance.plans.plan import Plan

#: The open tasks of logs about a unit, up to a day.
_OPEN: Final = f"""
state = 'open' AND about_key = 'maintenance.equipment' AND about_id = ? AND due_on <= ?
AND plan_key = 'maintenance.plan' AND plan_id IN (SELECT id FROM maintenance_plan WHERE {IS_LOG})
"""
_SAME_NAME: Final = "officeops_fold(CAST(name AS BLOB)) = officeops_fold(CAST(? AS BLOB))"


def close_read(
    office: Office,
    unit: MonitoredUnit,
    day: date,
    when: datetime,
) -> None:
    """Complete the tasks of a unit up to a day of which no reading is left to make."""
    for task in _settled(office, unit, day):
        if task.checklist_id is not None:
            # The log has the answers, with limits that open an excursion.
            task = office.edit(task, checklist_id=None)  # noqa: PLW2901 - as it is now
        office.complete(task, when=when)


def close_explained(
    office: Office,
    unit: MonitoredUnit,
    until: date,
    reason: str,
) -> None:
    """Leave out the tasks of the gaps that somebody explained."""
    for task in _settled(office, unit, until):
        office.skip(task, reason)


def _settled(
    office: Office,
    unit: MonitoredUnit,
    day: date,
) -> Iterator[Task]:
    """Yield the open tasks up to a day whose readings are all made, or explained."""
    for task in _open(office, unit, day):
        days = LogDays(office, unit, task.due_on, task.due_on)
        # A plan may have a task for each half of the day, or one for all of the day.
        halves = [half for half in unit.slots if task.slot in {None, half}] or unit.slots
        slots = [Slot(task.due_on, half) for half in halves]
        settled = (days.is_read, days.reason, days.is_before_it)
        if all(any(is_settled(slot) for is_settled in settled) for slot in slots):
            yield task


def _open(
    office: Office,
    unit: MonitoredUnit,
    day: date,
) -> list[Task]:
    if unit.equipment_id is None:
        return []
    # A list: the loops write while the query would still be read.
    return list(office.all(Task, _OPEN, unit.equipment_id, day.isoformat()))


# -- the logs of a plan from a template ------------------------------------------------------------


def begin_logs(office: Office, plan: Plan) -> Iterator[str]:
    """See that each unit of a plan from a template has a temperature log, and yield a sentence on each new one."""
    sort = LOG_TEMPLATES.get(plan.template or "")
    if sort is None:
        return
    for unit in _units(office, plan):
        log = office.first(MonitoredUnit, "equipment_id = ?", unit.id)
        if log is None:
            yield _begun(office, unit, sort, plan.first_on)


def _units(office: Office, plan: Plan) -> Iterator[Equipment]:
    if plan.equipment_id is not None:
        yield office.get(Equipment, plan.equipment_id)
    elif plan.category_id is not None:
        where = "category_id = ? AND status <> 'retired' AND (?2 IS NULL OR location_id = ?2)"
        yield from list(office.all(Equipment, where, plan.category_id, plan.location_id))


def _begun(
    office: Office,
    unit: Equipment,
    sort: str,
    first_on: date,
) -> str:
    """Begin the log of a unit, or take the one of its name that no unit has."""
    same = office.first(MonitoredUnit, _SAME_NAME, unit.name)
    if same is not None and same.equipment_id is None:
        office.edit(same, equipment_id=unit.id)
        return f"The temperature log {same.name} is of {unit.human_key}."
    name = f"{unit.name} {unit.human_key}" if same is not None else unit.name
    log = office.add(MonitoredUnit(name=name, sort=sort, equipment_id=unit.id, first_on=first_on))
    limits = log.limits(office).words(office.ways)
    return f"{name} has a temperature log now, {limits}."
