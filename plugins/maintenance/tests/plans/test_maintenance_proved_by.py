"""One log for one thing: what completes the tasks of all templates, once, and undo opens it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from plugins.maintenance.tests.plans.plan_tools import TODAY, do, due, on, planned, tasks, units

from officeops import ChecklistItem, Task
from officeops.core.checklist_records import Checklist
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record
from officeops.office.huddle import huddle
from officeops.office.sheets.entries import SheetEntries
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.planned_work import planned_work
from officeops_maintenance.plans.templates import plan_from_template, templates
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.slot import Slot
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.waste.pickup import WastePickup

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops_maintenance.plans.plan import Plan


def read(
    office: Office,
    unit_id: int,
    degrees: str,
    half: str = "am",
) -> str:
    """Book what the display of a unit shows, as the sheet does."""
    sheet = TemperatureSheet(Slot(office.today, half))
    entries = SheetEntries(sheet)
    entries.read(office)
    log = office.first(MonitoredUnit, "equipment_id = ?", unit_id)
    assert log
    entries.put(entries.rows[[row.id for row in entries.rows].index(str(log.id))], _typed(degrees))
    with office.acting("maintenance.temperatures.record"):
        return sheet.book(office, dict(entries.all_typed()))


def _typed(degrees: str) -> dict[str, str]:
    return {"current": degrees, "lowest": degrees, "highest": degrees}


def _complete(office: Office, task: Task) -> None:
    items = office.all(ChecklistItem, "checklist_id = ?", task.checklist_id)
    answers = {"pass_fail": "pass", "number": "50", "text": "4711"}
    lines = [f"{item.text}={answers.get(item.type) or item.words[0]}" for item in items]
    do(office, task, "complete", **({"answer": "\n".join(lines)} if lines else {}))
    if task.second_sign:
        # The witness is another person.
        with office.acting("core.task.sign"):
            office.edit(office.get(Task, task.id), managed=True, done_by="ann")
        do(office, task, "sign")


def _temperature(office: Office, task: Task) -> None:
    about: Any = task.about
    log = office.first(MonitoredUnit, "equipment_id = ?", about.id)
    read(office, about.id, "0" if log and log.sort == "freezer" else "40")


def _spore_test(office: Office, task: Task) -> None:
    about: Any = task.about
    add_record(office, SporeTest, {"equipment_id": about.id})


def _pickup(office: Office, task: Task) -> None:
    add_record(office, WastePickup, {"manifest": f"MW-{task.id}", "picked_on": TODAY})


def _came(office: Office, task: Task) -> None:
    do(office, task, "came")


def _calibrated(office: Office, task: Task) -> None:
    about: Any = task.about
    do(office, office.get(Equipment, about.id), "calibrate")


#: What completes the tasks of a template, where that is no checklist or word alone.
REAL: dict[str, Callable[[Office, Task], None]] = {
    "Refrigerator temperatures": _temperature,
    "Freezer temperatures": _temperature,
    "Spore test": _spore_test,
    "Calibration": _calibrated,
    "HVAC filter": _came,
    "Pest control": _came,
    "Cleaning": _came,
    "Deep cleaning": _came,
    "Waste pickup": _pickup,
}


def _last(office: Office, kind: type[Any]) -> Any:  # noqa: ANN401 - a record
    return list(office.all(kind, order="id"))[-1]


def _pickup_back(office: Office) -> None:
    with pytest.raises(Refused, match="officeops visit reopen VI-1"):
        archive_record(office, _last(office, WastePickup))
    _visit_back(office)


def _visit_back(office: Office) -> None:
    do(office, _last(office, Visit), "reopen", reason="Another day")


#: How what completed a task is taken back, where that may be: each opens the task again.
BACK: dict[Callable[[Office, Task], None], Callable[[Office], object]] = {
    _spore_test: lambda office: do(office, _last(office, SporeTest), "withdraw", reason="Lost"),
    _calibrated: lambda office: do(office, _last(office, Calibration), "withdraw", reason="Wrong"),
    _came: _visit_back,
    _pickup: _pickup_back,
}


@pytest.mark.parametrize("name", templates())
def test_the_real_thing_completes_the_task_of_a_template_once(
    office: Office, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Deep cleaning comes on a Saturday.
    first = TODAY if name != "Deep cleaning" else TODAY.replace(day=7)
    on(monkeypatch, office, first)
    with office.acting("test.setup"):
        unit = office.add(Equipment(name="The unit", spore_procedure="cdc_2008"))
    of_unit: dict[str, Any] = {}
    if templates()[name]["about"] == "unit":
        of_unit = {"equipment_id": unit.id}
    plan = office.do(plan_from_template, template=name, first_on=first, **of_unit)
    task = tasks(office, plan)[0]
    lines = [line for line in due(office) if plan.title in line or "to read" in line]
    assert len(lines) == 1, lines
    if name in REAL:
        with pytest.raises(Refused, match="Complete T-1: "):
            do(office, task, "complete")
    REAL.get(name, _complete)(office, task)
    done = tasks(office, plan, "state IN ('done', 'signed')")
    assert [one.id for one in done] == [task.id]
    lines = [line for line in due(office) if plan.title in line or "to read" in line]
    assert not lines
    if REAL.get(name) in BACK:
        BACK[REAL[name]](office)
        again = office.get(Task, task.id)
        assert (again.state, again.done_by) == ("open", None)
        # The next one of a floating plan follows from when this one is done.
        assert plan.mode != "floating" or len(tasks(office, plan, "state = 'open'")) == 1
        undo(office)
        assert office.get(Task, task.id).state == "done"
    for _ in range(3 if task.second_sign else 1):
        undo(office)
    assert office.get(Task, task.id).state == "open"


def test_no_checklist_of_a_template_asks_for_a_temperature_of_a_unit() -> None:
    from importlib.resources import files

    table = files("officeops_maintenance.plans").joinpath("template_items.csv").read_text("utf-8")
    assert "°" not in table


@pytest.fixture
def log(office: Office) -> Plan:
    """A refrigerator whose plan and log begin on Monday, with no display of its range: twice a day."""
    units(office, "Fridge", category="Refrigerator")
    plan = office.do(plan_from_template, template="Refrigerator temp", equipment_id=1)
    unit = office.get(MonitoredUnit, 1)
    with office.acting("test.setup"):
        office.edit(unit, shows_range=False)
    return plan


def test_a_log_read_twice_a_day_completes_its_task_by_the_second_reading(
    office: Office, log: Plan
) -> None:
    read(office, 1, "40")
    assert tasks(office, log)[0].state == "open"
    read(office, 1, "41", "pm")
    assert tasks(office, log)[0].state == "done"


def test_a_temperature_out_of_limits_has_one_road_and_opens_the_excursion(
    office: Office, log: Plan
) -> None:
    # Also by a checklist that the office made itself, and kept from before there was a log.
    with office.acting("test.setup"):
        mine = office.add(Checklist(name="Mine"))
        office.add(
            ChecklistItem(
                checklist_id=mine.id, text="Current", type="reading", unit="°F", high=4600
            )
        )
    own = planned(office, title="Own log", equipment_id=1, unit="day", checklist_id=mine.id)
    for plan in (log, own):
        with pytest.raises(Refused, match="temperatures record"):
            do(office, tasks(office, plan)[0], "complete", answer="Current=60")
    assert "DO NOT USE" in read(office, 1, "60")
    assert len(list(office.all(Excursion))) == 1
    read(office, 1, "40", "pm")
    assert [tasks(office, plan)[0].state for plan in (log, own)] == ["done", "done"]


def test_one_reason_for_a_gap_closes_its_tasks_too(
    office: Office, log: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, office, TODAY.replace(day=5))
    do(office, office.get(MonitoredUnit, 1), "explain", reason="Closed for works")
    states = [(task.state, task.reason) for task in tasks(office, log)[:4]]
    assert states == [("skipped", "Closed for works")] * 3 + [("open", None)]
    undo(office)
    assert {task.state for task in tasks(office, log)[:3]} == {"open"}


def test_a_plan_and_who_comes_by_it_are_in_the_huddle_until_it_is_noted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = add_record(office, office.record("vendors.vendor"), {"name": "Bright"})
    plan = planned(office, title="Cleaning", sort="visit", vendor_id=vendor.id, days_late=1)
    assert _visitors(office) == ["Cleaning (Bright)"]
    task = tasks(office, plan)[0]
    [line] = [noted.due for noted in office.due_items() if noted.due.what == "Cleaning"]
    assert line.action == "came or not-came"
    on(monkeypatch, office, TODAY.replace(day=5))
    do(office, task, "not-came", reason="Snow", again_on=TODAY.replace(day=6))
    assert _visitors(office) == []
    # They are expected on that day, in one line, and nobody missed the date before it.
    week = planned_work(office, TODAY, TODAY.replace(day=8))
    assert [line.number for line in week if line.what == "Cleaning"] == ["VI-2"]
    assert not office.get(Task, task.id).is_missed(office.today)
    on(monkeypatch, office, TODAY.replace(day=6))
    assert _visitors(office) == ["Cleaning (Bright)"]
    do(office, list(office.all(Visit))[-1], "came")
    assert _visitors(office) == []
    assert office.get(Task, task.id).state == "done"


def _visitors(office: Office) -> list[str]:
    return [line.what for _, line in huddle(office)["visitors"]]
