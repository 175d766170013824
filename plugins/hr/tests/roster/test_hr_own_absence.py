"""Somebody calls out for themselves, from their own page, and learns nothing of colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan

from officeops.history.undo import undo
from officeops.tui.testing import Terminal
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
    from officeops_hr.people.person import Person


@pytest.fixture
def week(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben works Monday and Tuesday, Cyd Tuesday; the week is published."""
    assistants(office, crew)
    ben, cyd = crew["ben"].id, crew["cyd"].id
    plan(office, [(0, ben, 480, 1020), (1, ben, 480, 1020), (1, cyd, 480, 1020)])
    office.do(publish_schedule, week=MONDAY)
    return crew


def _owners(office: Office) -> list[int | None]:
    return [shift.person_id for shift in office.all(Shift, order="day, id")]


def test_people_call_out_for_themselves_and_for_nobody_else(
    office: Office, week: dict[str, Person], cli: Cli
) -> None:
    """The shifts of the days open; the manager sees it in Today, and an undo of theirs takes it back."""
    before = _owners(office)
    refused = cli("published-shift", "call-out", "#3", login="ben")
    assert refused.code == 1
    assert "not your shift" in refused.err
    said = cli("published-shift", "call-out", "#1", "--last-day", "+1d", login="ben").err
    assert "you are out 2026-03-02 to 2026-03-03" in said
    assert "2 shifts of yours" in said
    assert "Cyd" not in said
    # In words for the person: the cure of the manager is not theirs.
    assert "your manager enters it" in said
    done = int(office.value("SELECT max(id) FROM core_action") or 0)
    assert cli("me", login="ben").out.count("you are off") == 2
    assert "you are off" not in cli("me", login="cyd").out
    assert _owners(office) == [None, None, week["cyd"].id]
    assert "Ben Stone is out" in cli("today", login="mia").out
    undo(office, done)
    assert _owners(office) == before


def test_it_takes_few_keys_from_the_own_page(
    week: dict[str, Person], office_factory: OfficeFactory
) -> None:
    """Enter on the shift, its letter, and the confirmation."""
    assert week
    with Terminal(office_factory("hr", login="ben")) as terminal:
        terminal.press(":").type("me").press("enter")
        while "08:00-17:00" not in terminal.current:
            terminal.press("down")
        terminal.press("enter", *":call-out", "enter", "ctrl+s")
        assert "you are out 2026-03-02" in terminal.text
