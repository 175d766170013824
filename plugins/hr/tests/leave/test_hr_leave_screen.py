"""The journeys of leave at 80x24, with their keys counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.leave.conftest import MONDAY

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.hr.tests.leave.conftest import Leave

    from officeops_hr.leave.request import LeaveRequest


@pytest.fixture
def asked(leave: Leave) -> LeaveRequest:
    return leave.ask("ben", MONDAY)


@pytest.fixture
def today(leave: Leave, asked: LeaveRequest) -> Iterator[Terminal]:  # noqa: ARG001 - it is there
    with Terminal(leave.office) as terminal:
        yield terminal


def test_leave_is_approved_from_today_by_three_keys_with_its_reasons(
    leave: Leave, asked: LeaveRequest, today: Terminal
) -> None:
    # Other lines of the day may come first.
    while "LR-1 P-4 Ben Stone asks for PTO, 2026-03-16" not in today.current:
        today.press("down")
    today.press("enter")
    assert today.line("Balance             PTO: 13:20 on 2026-03-16 without it, 5:20 with it")
    assert today.line("To weigh            nothing speaks against it")
    today.press("Y", "ctrl+s")
    assert "P-4 Ben Stone is off 2026-03-16: 8:00 on 1 day; 5:20 are left" in today.text
    assert leave.again(asked).state == "approved"


def test_what_speaks_against_it_is_asked_about_and_makes_no_fourth_key(leave: Leave) -> None:
    leave.approve(leave.ask("cyd", MONDAY))
    request = leave.ask("ben", MONDAY)
    with Terminal(leave.office) as terminal:
        terminal.press(":").type("leave").press("enter")
        terminal.press("Y", "ctrl+s")
        assert "P-5 Cyd Stone of the same role is off" in terminal.lines[-2]
        terminal.press("y")
    assert leave.again(request).state == "approved"


def test_the_screen_has_the_reasons_and_who_is_off(leave: Leave, today: Terminal) -> None:
    leave.approve(leave.ask("cyd", MONDAY))
    today.press(":").type("leave").press("enter")
    assert today.crumbs.endswith("1 request to decide")
    assert today.line("LR-1 P-4 Ben Stone: PTO 2026-03-16, 8:00")
    assert today.line("5:20 would be left on 2026-03-16")
    assert today.line("P-5 Cyd Stone of the same role is off on 2026-03-16")
    assert today.line("P-5 Cyd Stone               off")
    assert today.line("P-4 Ben Stone               off?")
    assert all(word in today.keys for word in ("Y approve", "N deny"))
    today.press("N").type("Two are off").press("ctrl+s")
    assert "Nobody waits for a decision" in today.text
