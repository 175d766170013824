"""Two real terminals of 80x24 on maintenance's screens, and lines that drop in the middle of a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.tui.keys_tools import Line

from officeops import Checklist, ChecklistItem, Task
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    """An office of today with an ECG that is reported, eight refrigerators and an eyewash."""
    opened = office_factory("maintenance", "vendors", "inventory")
    with opened.acting("test.setup"):
        unit = opened.add(Equipment(name="ECG"))
        opened.add(Ticket(title="Flat line", equipment_id=unit.id))
        for number in range(1, 9):
            opened.add(MonitoredUnit(name=f"Fridge {number}", shows_range=False))
        opened.add(Checklist(name="Eyewash"))
        for place, text in enumerate(("Runs clear", "Path clear", "Lid on")):
            opened.add(ChecklistItem(checklist_id=1, position=place, text=text))
        plan = Plan(title="Run it", equipment_id=unit.id, first_on=opened.today, checklist_id=1)
        opened.add(plan)
    return opened


def screen(report: dict[str, Any]) -> str:
    return "\n".join(report["lines"])


def test_one_closes_on_the_board_what_another_edits(office: Office, tmp_path: Path) -> None:
    path = Path(office.path)
    with Line(path, tmp_path / "ann") as ann, Line(path, tmp_path / "ben") as ben:
        assert "Flat line" in screen(ann.slowly([*":repairs", "enter"]))
        assert "Flat line" in screen(ben.slowly([*":repairs", "enter"]))
        ben.slowly(["enter", "e"])
        ben.send("Flat line again")
        ann.slowly(["d", "ctrl+s"])
        assert office.get(Ticket, 1).state == "closed"
        saved = screen(ben.slowly(["ctrl+s"]))
        assert "beside someone else's changes" in saved
        kept = office.get(Ticket, 1)
        assert (kept.state, kept.title) == ("closed", "Flat line again")
        # Ann's board is of now as soon as she looks.
        assert "Flat line" not in screen(ann.slowly(["escape", *":repairs", "enter"]))


def test_a_line_that_drops_within_the_temperature_sheet_loses_nothing(
    office: Office, tmp_path: Path
) -> None:
    typed = 3
    with Line(Path(office.path), tmp_path / "before") as line:
        line.send(":temperatures\r")
        for number in range(typed):
            line.send(f"{38 + number}\r")
    # The program was killed: nothing is booked, and all that was typed is there.
    assert list(office.all(TemperatureReading)) == []
    with Line(Path(office.path), tmp_path / "after") as line:
        shown = screen(line.send(":temperatures\r"))
        for number in range(typed):
            assert f"{38 + number}" in shown
        line.slowly(["down"] * typed)
        for number in range(typed, 8):
            line.send(f"{38 + number}\r")
        line.slowly(["d", "d", "y"])
    currents = [reading.current for reading in office.all(TemperatureReading)]
    assert len(currents) == 8
    assert currents[:2] == [333, 389]


def test_a_line_that_drops_within_a_walk_through_loses_nothing(
    office: Office, tmp_path: Path
) -> None:
    with Line(Path(office.path), tmp_path / "before") as line:
        line.send(":walk-through\r")
        line.send("p\r")
    [task] = office.all(Task, "due_on = ?", office.today.isoformat())
    assert task.state == "open"
    with Line(Path(office.path), tmp_path / "after") as line:
        shown = screen(line.send(":walk-through\r"))
        assert "1 of 3 answered" in shown
        line.slowly(["down"])
        line.send("p\r")
        line.send("p\r")
        line.slowly(["ctrl+s", "d", "y"])
    assert office.get(Task, task.id).state == "done"
