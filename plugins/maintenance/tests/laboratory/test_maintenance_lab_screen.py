"""The controls on an 80x24 terminal: a new kit is opened and its two controls run in few keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, PINS, add_desk

from officeops.office.crud import add_record
from officeops.tui.testing import Terminal
from officeops_inventory.model import Lot
from officeops_maintenance.laboratory.kit_actions import confirm
from officeops_maintenance.laboratory.kits import kits_where
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.laboratory.lab_test import LabTest

#: From the open sheet to both controls booked, the kit opened and its lot released.
MOST_KEYS = 7


@pytest.fixture
def kit(office: Office, strep: LabTest) -> LabKit:
    office.do(confirm, strep)
    return add_record(office, LabKit, {"test_id": strep.id, "number": "L1"})


@pytest.fixture
def sheet(office: Office, kit: LabKit) -> Iterator[Terminal]:  # noqa: ARG001 - it is on the sheet
    with Terminal(office) as opened:
        yield opened.press(":").type("controls").press("enter")


def lot(office: Office) -> str:
    [status] = [one.status for one in office.all(Lot) if one.number == "L1"]
    return status


def test_a_new_kit_is_opened_and_tried_in_seven_keys(sheet: Terminal, office: Office) -> None:
    assert "DUE" in sheet.line("Strep A L1, positive")
    assert lot(office) == "quarantined"
    keys = ("p", "enter", "n", "enter", "ctrl+s", "d", "y")
    assert len(keys) <= MOST_KEYS
    sheet.press(*keys)
    assert "2 controls booked" in sheet.text
    [now] = kits_where(office, "1")
    assert (now.use, now.kit.opened_on) == ("usable", office.today)
    assert lot(office) == "available"


def test_a_failure_is_seen_before_it_is_booked_and_one_key_takes_it_back(
    sheet: Terminal, office: Office
) -> None:
    sheet.press("n", "enter", "n", "enter")
    assert "FAIL" in sheet.line("Strep A L1, positive")
    sheet.press("ctrl+s")
    assert "DO NOT USE" in sheet.line("Strep A L1, positive")
    assert not list(office.all(LabControl))
    sheet.press("d", "y")
    assert len(list(office.all(Ticket))) == 1
    sheet.press("u", "y")
    assert not list(office.all(LabControl))
    assert not list(office.all(Ticket))
    assert lot(office) == "quarantined"


def test_the_line_of_today_leads_to_the_sheet(sheet: Terminal) -> None:
    sheet.press("escape", "home")
    assert "Strep A lot L1 (LK-1): control due" in sheet.text
    while "Strep A lot L1 (LK-1)" not in sheet.current:
        sheet.press("down")
    sheet.press("d")
    assert "Controls" in sheet.crumbs


def test_at_a_shared_screen_the_person_who_signs_ran_the_control(
    office: Office, cli: Cli, kit: LabKit
) -> None:
    kinds = ("lab-kit.view", "lab-test.view", "control-lot.view", "lab-control.view", "controls.*")
    add_desk(office, *[f"maintenance.{kind}" for kind in kinds])
    with open_as(office, DESK) as desk, Terminal(desk) as terminal:
        terminal.press(":").type("controls").press("enter")
        terminal.press("p", "enter", "ctrl+s", "d", "y")
        terminal.type("ann").press("enter").type(PINS["ann"]).press("enter")
    [control] = office.all(LabControl)
    assert (control.run_by, control.kit_id) == ("ann", kit.id)
    assert "AL Ann Lee" in cli("controls", "log").out


def test_a_kit_is_opened_from_its_line_in_two_keys(sheet: Terminal, office: Office) -> None:
    sheet.press("escape", ":").type("lab-kit").press("enter")
    sheet.press("i", "ctrl+s")
    assert "is opened, discard by 2026-04-01" in sheet.text
    [now] = kits_where(office, "1")
    assert (now.kit.opened_on, now.use) == (office.today, "control_due")
