"""Any sequence of outages, new units, nights, closings and undo leaves each date once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.maintenance.tests.plans.plan_tools import DAY, TODAY, do, on, planned, tasks, units
from tests.effort import tried

from officeops.core.task_actions import write_tasks
from officeops.history.undo import undo
from officeops.model.errors import OfficeError
from officeops.office.crud import add_record
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from datetime import date

    from officeops.office.office import Office
    from officeops_maintenance.plans.plan import Plan

VERBS = ("take-out", "return", "add", "night", "done", "undo")
STEPS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(VERBS), st.integers(0, 1)), max_size=9
)


@tried(120)
@given(steps=STEPS, while_out=st.sampled_from(("pause", "wait", "go_on")), every=st.integers(1, 9))
def test_no_date_of_a_unit_is_lost_and_none_is_there_twice(
    office: Office, steps: list[tuple[int, str, int]], while_out: str, every: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        on(patch, office, TODAY)
        kept = units(office, "Hall", "Lab", category=f"Class {office.last_id(Category)}")
        plan = planned(office, category_id=kept, every=every, unit="day", while_out=while_out)
        begun = {unit.id: TODAY for unit in office.all(Equipment, "category_id = ?", kept)}
        today, taken = TODAY, 0
        for days, step, which in steps:
            today += days * DAY
            on(patch, office, today)
            unit = office.get(Equipment, sorted(begun)[which])
            taken += _take(office, plan, step, unit, is_first=taken == 0)
            for new in office.all(Equipment, "category_id = ?", kept):
                begun.setdefault(new.id, today)
        office.do(write_tasks)
        _compare(office, plan, begun, today)


def _take(office: Office, plan: Plan, step: str, unit: Equipment, *, is_first: bool) -> int:
    """Take a step, and return by how much there is more to undo; one that cannot be is left out."""
    try:
        if step == "undo" and not is_first:
            undo(office)
            return -1
        return int(_taken(office, plan, step, unit))
    except OfficeError:
        return 0


def _taken(office: Office, plan: Plan, step: str, unit: Equipment) -> bool:
    """Take a step that is no undo, and return whether it wrote anything."""
    if step in {"take-out", "return"}:
        do(office, unit, step, **({"reason": "broken"} if step == "take-out" else {}))
    elif step == "add":
        add_record(office, Equipment, {"name": "New", "category_id": plan.category_id})
    elif step == "done" and (due := tasks(office, plan, "state = 'open'")):
        do(office, due[0], "complete")
    elif step == "night":
        # It may have nothing to write.
        office.do(write_tasks)
        return False
    else:
        return False
    return True


def _compare(office: Office, plan: Plan, begun: dict[int, date], today: date) -> None:
    """Compare the tasks of each unit in service with the dates by the rule, from its first on."""
    rows = tasks(office, plan)
    assert len({task.occurrence for task in rows}) == len(rows)
    for unit in office.all(
        Equipment, "category_id = ? AND status = 'in_service'", plan.category_id
    ):
        own = [task for task in rows if task.about and task.about.id == unit.id]
        past = [task.nominal_on for task in own if task.nominal_on and task.nominal_on <= today]
        days = range((today - TODAY).days + 1)
        dates = [TODAY + day * DAY for day in days if day % plan.every == 0]
        assert past == [day for day in dates if day >= begun[unit.id]], unit.name
        assert len(own) > len(past), unit.name
