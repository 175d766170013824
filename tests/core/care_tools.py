"""An office with devices and plans, and the tasks that they have."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from officeops.core.office_record import Facts
from officeops.core.task_record import Task
from officeops.office.crud import add_record, edit_record
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from officeops.model.records import Record
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "care_plugin.py").read_text()
DAY = timedelta(days=1)
#: A Monday.
TODAY = date(2026, 3, 2)


def caring(office_factory: OfficeFactory) -> Office:
    """Open an office with a device, on a Monday."""
    office = office_factory(files={"care": PLUGIN}, actor="ann")
    assert not office.plugins.troubles
    with office.acting("core.init"):
        office.add(Facts(name="Test", time_zone="UTC"))
    office.forget_facts()
    add_record(office, kind(office, "device"), {"name": "Autoclave"})
    return office


def clock_of(patch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Return what says which day it is, by the calendar and by the clock."""

    def frozen(day: date) -> None:
        moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        patch.setattr(Office, "now", lambda _: moment)
        patch.setenv("OFFICEOPS_TODAY", str(day))

    return frozen


def kind(office: Office, word: str) -> Any:  # noqa: ANN401 - a class of the plugin that the test wrote
    return office.records[f"care.{word}"]


def planned(office: Office, **values: object) -> Any:  # noqa: ANN401 - a plan of that plugin
    given = {"what": "Spore test", "anchor_on": TODAY, **values}
    return add_record(office, kind(office, "plan"), given)


def edited(office: Office, plan: Record, **changes: object) -> Any:  # noqa: ANN401 - as above
    return edit_record(office, office.get(type(plan), plan.id), changes)


def tasks(office: Office, plan: Record, where: str = "1") -> list[Task]:
    """List the tasks of a plan by their days."""
    of_plan = office.all(Task, f"plan_id = ? AND {where}", plan.id)
    return sorted(of_plan, key=lambda task: (task.nominal_on, task.slot or ""))


def days(office: Office, plan: Record, where: str = "1") -> list[date | None]:
    return [task.nominal_on for task in tasks(office, plan, where)]


def due_keys(office: Office, until: date | None = None) -> list[str]:
    """List the keys in Today; of tasks alone, as the plugin has no other due items."""
    return sorted(noted.due.key for noted in office.due_items(until))
