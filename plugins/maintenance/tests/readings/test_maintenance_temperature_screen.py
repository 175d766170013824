"""The temperature log on an 80x24 terminal: eight units in at most thirty keys, each person by PIN."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.key_count import Counted
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, PINS, add_desk

from officeops.tui.testing import Terminal
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli

#: From the open sheet to booked.
MOST_KEYS = 30


@pytest.fixture
def sheet(office: Office) -> Iterator[Terminal]:
    with office.acting("test"):
        for number in range(1, 9):
            office.add(MonitoredUnit(name=f"Fridge {number}", shows_range=False))
    with Terminal(office) as opened:
        yield opened.press(":").type("temperatures").press("enter")


def test_a_log_of_eight_takes_at_most_thirty_keys(sheet: Terminal, office: Office) -> None:
    keys = Counted(sheet)
    for number in range(8):
        keys.type(str(38 + number))
        keys.press("enter")
    keys.type("ddy")
    assert keys.keys <= MOST_KEYS
    assert "8 temperatures booked" in sheet.text
    readings = list(office.all(TemperatureReading))
    assert [reading.current for reading in readings][:2] == [333, 389]
    assert not list(office.all(Excursion))


def test_one_out_of_range_is_seen_before_it_is_booked(sheet: Terminal, office: Office) -> None:
    sheet.type("48").press("up")
    assert "too warm" in sheet.line("Fridge 1")
    sheet.press("d")
    assert "DO NOT USE" in sheet.line("Fridge 1")
    assert not list(office.all(TemperatureReading))
    sheet.press("d", "y")
    [excursion] = office.all(Excursion)
    assert excursion.highest == 889
    sheet.press("u", "y")
    assert not list(office.all(Excursion))


def test_decimals_and_degrees_below_zero_are_typed_as_they_are(
    sheet: Terminal, office: Office
) -> None:
    sheet.type("38.3").press("enter").type("-4,5").press("enter").type("ddy")
    assert [one.current for one in office.all(TemperatureReading)] == [350, -2028]


def test_the_slot_before_is_a_paper_log_with_times(sheet: Terminal, office: Office) -> None:
    sheet.press("[")
    assert "Time" in sheet.lines[1]
    sheet.press("]")
    assert "time" not in sheet.lines[1]
    assert not list(office.all(TemperatureReading))


def test_the_line_of_today_leads_to_the_sheet(sheet: Terminal) -> None:
    sheet.press("escape", "home", "d")
    assert "Temperatures 2026-03-02" in sheet.crumbs


def test_at_a_shared_screen_the_person_who_signs_has_the_initials(office: Office, cli: Cli) -> None:
    kinds = ("monitored-unit.view", "temperature-reading.view", "temperatures.*")
    add_desk(office, *[f"maintenance.{kind}" for kind in kinds])
    with office.acting("test"):
        office.add(MonitoredUnit(name="Fridge", shows_range=False))
    with open_as(office, DESK) as desk, Terminal(desk) as terminal:
        terminal.press(":").type("temperatures").press("enter")
        terminal.type("38").press("enter").type("ddy")
        terminal.type("ann").press("enter").type(PINS["ann"]).press("enter")
    [reading] = office.all(TemperatureReading)
    assert reading.read_by == "ann"
    page = cli("temperatures", "log", "Fridge").out
    assert "AL Ann Lee" in page


def test_a_paper_log_has_the_initials_of_each_row_and_no_morning_in_its_afternoon(
    office: Office, cli: Cli
) -> None:
    day = date(2026, 2, 27)
    with office.acting("test"):
        office.add(MonitoredUnit(name="Fridge", shows_range=False, first_on=day))
        office.add(MonitoredUnit(name="Lab fridge", shows_range=False, first_on=day))
    early = cli(
        "temperatures", "record", "Fridge=38", "--day", f"{day}", "--slot", "pm", "--at", "4:30"
    )
    assert "04:30 is in the morning" in early.err
    assert "16:30" in early.err
    with Terminal(office) as terminal:
        # Of the weekend first, which has four slots before Monday's.
        terminal.press(":").type("temperatures").press("enter", *["["] * 5)
        assert f"{day} pm" in terminal.crumbs
        assert "By" in terminal.lines[1].split()
        terminal.type("38").press("enter").type("16:30").press("right").type("mj").press("enter")
        terminal.type("39").press("enter").type("16:40").press("enter", "ctrl+s", "d", "y")
        assert "2 temperatures booked" in terminal.text
    readings = {reading.unit_id: reading.read_by for reading in office.all(TemperatureReading)}
    assert list(readings.values()) == ["MJ", office.actor]
