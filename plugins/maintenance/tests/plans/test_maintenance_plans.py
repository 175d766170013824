"""Plans: one task per unit, by the unit's own service and category, by templates and by use."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from plugins.maintenance.tests.plans.plan_tools import (
    DAY,
    TODAY,
    WEEK,
    do,
    due,
    on,
    planned,
    tasks,
    units,
)

from officeops import ChecklistItem
from officeops.core.task_actions import write_tasks
from officeops.history.undo import undo
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record, archive_record, edit_record
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.meter_reading import MeterReading
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.templates import confirm, plan_from_template, templates

if TYPE_CHECKING:
    from officeops import Task
    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _monday(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, office, TODAY)


def test_a_plan_for_a_category_gives_each_unit_its_task(office: Office) -> None:
    plan = planned(office, category_id=units(office, "Hall", "Lab"))
    assert [task.title for task in tasks(office, plan, "due_on = '2026-03-02'")] == [
        "Look it over: EQ-1 Hall",
        "Look it over: EQ-2 Lab",
    ]
    # A new unit has no past, and one that leaves the category no future.
    add_record(office, Equipment, {"name": "Attic", "category_id": plan.category_id})
    assert tasks(office, plan, unit="Attic")[0].due_on == TODAY
    edit_record(office, office.find(Equipment, "Hall"), {"category_id": None})
    assert tasks(office, plan, unit="Hall") == []
    undo(office)
    assert len(tasks(office, plan, unit="Hall")) == 9
    before = len(tasks(office, plan))
    office.do(write_tasks)
    assert len(tasks(office, plan)) == before


def test_a_unit_that_comes_back_to_a_category_has_none_of_the_dates_between(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(office, category_id=units(office, "Hall", "Lab"))
    edit_record(office, office.find(Equipment, "Hall"), {"category_id": None})
    on(monkeypatch, office, TODAY + 3 * WEEK)
    office.do(write_tasks)
    edit_record(office, office.find(Equipment, "Hall"), {"category_id": plan.category_id})
    assert tasks(office, plan, unit="Hall")[0].due_on == TODAY + 3 * WEEK


@pytest.mark.parametrize(
    ("while_out", "open_on", "skipped"),
    [
        ("pause", [TODAY + 3 * WEEK], 3),
        ("wait", [TODAY + 2 * WEEK + DAY, TODAY + 3 * WEEK], 2),
        ("go_on", [TODAY, TODAY + WEEK, TODAY + 2 * WEEK, TODAY + 3 * WEEK], 0),
    ],
)
def test_a_plan_pauses_waits_or_goes_on_while_its_unit_is_out(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    while_out: str,
    open_on: list[object],
    skipped: int,
) -> None:
    plan = planned(office, category_id=units(office, "Hall", "Lab"), while_out=while_out)
    hall = office.find(Equipment, "Hall")
    do(office, hall, "take-out", reason="the gauge is broken")
    is_due = "Look it over: EQ-1 Hall" in due(office)
    assert is_due == (while_out == "go_on")
    assert "Look it over: EQ-2 Lab" in due(office)
    on(monkeypatch, office, TODAY + 2 * WEEK + DAY)
    office.do(write_tasks)
    do(office, hall, "return")
    rows = tasks(office, plan, f"nominal_on <= '{TODAY + 3 * WEEK}'", "Hall")
    assert [task.due_on for task in rows if task.state == "open"] == open_on
    gap = [task for task in rows if task.state == "skipped"]
    assert [task.reason for task in gap] == ["out of service: the gauge is broken"] * skipped


def test_a_retired_unit_has_nothing_due(office: Office) -> None:
    plan = planned(office, category_id=units(office, "Hall", "Lab"))
    own = planned(office, title="Own", equipment_id=office.find(Equipment, "Hall").id)
    do(office, office.find(Equipment, "Hall"), "retire", reason="sold")
    assert tasks(office, own) == []
    assert {task.about.id for task in tasks(office, plan)} == {2}  # type: ignore[union-attr]
    assert office.do(write_tasks)
    assert tasks(office, own) == []


def test_a_plan_by_use_goes_by_the_counter_of_its_unit(office: Office) -> None:
    units(office, "Centrifuge")
    plan = planned(
        office, equipment_id=1, mode="meter", counter="hours", use_every=100, title="Brushes"
    )
    add_record(office, MeterReading, {"equipment_id": 1, "value": 950})
    assert tasks(office, plan) == []
    with pytest.raises(Refused, match="check its digits"):
        add_record(office, MeterReading, {"equipment_id": 1, "value": 95})
    add_record(office, MeterReading, {"equipment_id": 1, "value": 20, "is_new": True})
    assert tasks(office, plan) == []
    add_record(office, MeterReading, {"equipment_id": 1, "value": 121})
    [task] = tasks(office, plan)
    do(office, task, "complete")
    assert tasks(office, plan, "state = 'open'") == []


def test_each_template_gives_a_plan_with_its_source(office: Office) -> None:
    kept = units(office, "Autoclave")
    for name, row in templates().items():
        about: dict[str, Any] = {"category_id": kept} if row["about"] == "unit" else {}
        plan = office.do(plan_from_template, template=name, **about)
        assert (plan.source, plan.template) == (row["source"], name)
        assert row["source"], name
        # Read on a day means compared with something that the data names.
        assert bool(row["checked_on"]) == bool(row["compared"]), name
    assert "28 plans from a template to compare with the source" in due(office)
    office.do(confirm, office.find(Plan, "PL-1"), source="Manual, page 3")
    assert office.find(Plan, "PL-1").checked_on == TODAY
    assert "27 plans from a template to compare with the source" in due(office)
    with pytest.raises(NotFound, match="plan-templates"):
        office.do(plan_from_template, template="Espresso")
    with pytest.raises(Refused, match="a category is needed"):
        office.do(plan_from_template, template="Spore test")


def test_what_a_plan_cannot_be_is_named(office: Office) -> None:
    kept = units(office, "Hall")
    with pytest.raises(Refused, match="name one of them"):
        planned(office, equipment_id=1, category_id=kept)
    with pytest.raises(Refused, match="a plan by use"):
        planned(office, equipment_id=1, mode="meter", use_every=3)
    with pytest.raises(Refused, match="write days from 1"):
        planned(office, leads="soon")


def test_the_view_of_what_nobody_confirmed(office: Office, cli: Cli) -> None:
    office.do(plan_from_template, template="Pest control")
    planned(office)
    [plan] = cli("plan", "list", "--view", "unconfirmed", "--json").json
    assert plan["title"] == "Pest control"


def test_an_inspector_sees_what_was_checked_and_what_was_missed(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(kind: str) -> str:
        [line] = [one for one in cli("inspect", "fire", "--json").json if one["kind"] == kind]
        return str(line["status"])

    assert shown("extinguisher-check") == "binder"
    kept = units(office, "Hall")
    plan = office.do(plan_from_template, template="Fire extinguisher monthly", category_id=kept)
    with office.acting("test.complete"):
        task = tasks(office, plan)[0]
        office.complete(task, dict.fromkeys(_questions(office, task), "pass"))
    assert shown("extinguisher-check") == "met"
    on(monkeypatch, office, TODAY + 6 * WEEK)
    assert shown("extinguisher-check") == "not met"
    # Nobody is rid of a missed check by archiving its plan.
    archive_record(office, plan)
    assert shown("extinguisher-check") == "not met"


def _questions(office: Office, task: Task) -> list[str]:
    items = office.all(ChecklistItem, "checklist_id = ?", task.checklist_id)
    return [item.text for item in items]


def test_two_nightly_jobs_at_the_same_time_write_each_task_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(office, category_id=units(office, "Hall", "Lab"), unit="day")
    monkeypatch.setenv("OFFICEOPS_TODAY", str(TODAY + 3 * WEEK))
    job = [sys.executable, "-m", "officeops", "--db", str(office.path), "job", "tasks"]
    running = [subprocess.Popen(job, stderr=subprocess.PIPE) for _ in range(2)]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    rows = tasks(office, plan)
    assert len({task.occurrence for task in rows}) == len(rows) == 2 * (60 + 21 + 1)
