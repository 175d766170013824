"""An office with units of a category, and what the tests of plans ask of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from officeops import Task
from officeops.office.crud import add_record
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.plan import Plan

if TYPE_CHECKING:
    import pytest

    from officeops.office.office import Office

#: A Monday.
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def on(patch: pytest.MonkeyPatch, office: Office, day: date) -> None:
    """Go to a day at noon, by the calendar and by the clock."""
    office.store.moment = f"{day}T12:00:00.000Z"
    patch.setenv("OFFICEOPS_TODAY", str(day))
    office.forget_facts()


def units(office: Office, *names: str, category: str = "Extinguisher") -> int:
    """Add a category with units; return its id."""
    category_id = add_record(office, Category, {"name": category}).id
    for name in names:
        add_record(office, Equipment, {"name": name, "category_id": category_id})
    return category_id


def planned(office: Office, **values: object) -> Plan:
    unit = {} if values.get("mode") == "meter" else {"unit": "week"}
    given = {"title": "Look it over", "first_on": TODAY, **unit, **values}
    return add_record(office, Plan, given)


def tasks(office: Office, plan: Plan, where: str = "1", unit: str = "") -> list[Task]:
    """List the tasks of a plan by their days, of one unit or of all."""
    rows = office.all(Task, f"plan_id = ? AND plan_key = 'maintenance.plan' AND {where}", plan.id)
    number = office.find(Equipment, unit).id if unit else 0
    wanted = [task for task in rows if not unit or (task.about and task.about.id == number)]
    return sorted(wanted, key=lambda task: (task.nominal_on, task.id))


def do(office: Office, record: Any, verb: str, **given: Any) -> str:  # noqa: ANN401 - any record and its fields
    """Run an action of a record as it is now, and return what it says."""
    [action] = [one for one in office.actions(type(record)) if one.word == verb]
    return str(office.do(action, office.get(type(record), record.id), **given))


def due(office: Office, until: date | None = None) -> list[str]:
    """List what Today says, without how bad it is."""
    return [noted.due.what for noted in office.due_items(until)]
