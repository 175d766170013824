"""The journeys of a ticket at 80x24, with their keys counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.maintenance.tests.tickets.conftest import Clinic


@pytest.fixture
def today(clinic: Clinic) -> Iterator[Terminal]:
    clinic.report(priority="high")
    with Terminal(clinic.office) as terminal:
        yield terminal


def test_a_ticket_is_closed_from_today_by_three_keys(clinic: Clinic, today: Terminal) -> None:
    assert today.line("TK-1 Flat line")
    today.press("enter", "d", "ctrl+s")
    ticket = clinic.office.get(Ticket, 1)
    assert (ticket.state, ticket.resolution) == ("closed", "Fixed")


def test_n_on_a_unit_reports_about_it(clinic: Clinic, today: Terminal) -> None:
    today.press(":").type("equipment EQ-1").press("enter", "enter")
    assert "n new ticket" in today.keys
    today.press("n").type("Cable torn").press("ctrl+s")
    ticket = clinic.office.get(Ticket, 2)
    assert (ticket.title, ticket.equipment_id) == ("Cable torn", clinic.unit.id)


def test_the_board_has_tickets_by_state_with_their_keys(clinic: Clinic, today: Terminal) -> None:
    clinic.report("Lamp flickers", unsafe=True)
    today.press(*":repairs", "enter")
    assert today.crumbs.endswith("2 tickets open")
    assert [line.rstrip() for line in today.lines[1:4]] == [
        "  Reported (2)",
        today.line("HIGH Flat line").rstrip(),
        today.line("UNSAFE Lamp flickers").rstrip(),
    ]
    assert all(word in today.keys for word in ("M assign", "d close", "N reject"))
    today.press("d", "ctrl+s")
    assert "Reported (1)" in today.text


def test_the_page_of_a_unit_tells_its_story_on_one_screen(clinic: Clinic, today: Terminal) -> None:
    with clinic.office.acting("test.task"):
        task = clinic.office.record("core.task")
        clinic.office.add(
            task(title="Electrical safety", due_on=clinic.office.today, about=clinic.unit)
        )
    clinic.report("Smoke", unsafe=True)
    today.press(":").type("equipment").press("enter", "enter")
    for part in (
        "State               out of service since",
        f"Next due            {clinic.office.today}  Electrical safety",
        "Cost so far         none entered yet",
        "1 time in 12 months",
        "TK-2 Smoke: reported",
        "Out of service, by tester",
    ):
        assert today.line(part), part


def test_each_line_of_today_has_its_door(clinic: Clinic) -> None:
    clinic.report("Smoke", unsafe=True)
    with Terminal(clinic.office) as today:
        assert "TK-1 Smoke" in today.current
        today.press("d").type("close").press("enter", "ctrl+s")
        assert clinic.office.get(Ticket, 1).state == "closed"
        assert "EQ-1 ECG is out of service" in today.current
        today.press("d", "ctrl+s")
        assert clinic.unit_now().status == "in_service"
        assert today.crumbs.endswith("nothing due")
