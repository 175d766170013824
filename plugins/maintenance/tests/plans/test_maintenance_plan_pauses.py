"""A pause loses no date, also where somebody closed a later task before it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.maintenance.tests.plans.plan_tools import (
    DAY,
    TODAY,
    WEEK,
    do,
    on,
    planned,
    tasks,
    units,
)

from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    import pytest

    from officeops.office.office import Office


def test_dates_before_a_task_that_was_closed_early_are_kept_as_skipped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, office, TODAY)
    units(office, "Hall")
    plan = planned(office, equipment_id=1)
    fourth = tasks(office, plan)[3]
    do(office, fourth, "complete")
    unit = office.get(Equipment, 1)
    do(office, unit, "take-out", reason="Broken")
    on(monkeypatch, office, TODAY + 5 * WEEK + DAY)
    do(office, unit, "return")
    states = {task.nominal_on: task.state for task in tasks(office, plan)}
    past = [states.get(TODAY + number * WEEK) for number in range(6)]
    assert past == ["skipped", "skipped", "skipped", "done", "skipped", "skipped"]
    assert states[TODAY + 6 * WEEK] == "open"
