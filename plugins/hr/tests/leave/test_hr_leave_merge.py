"""Two records of one person with leave become one: no day and no hour counts twice in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from plugins.hr.tests.leave.conftest import HOUR, MONDAY
from plugins.hr.tests.roster.cover_tools import retire_contradictions

from officeops.history.undo import undo
from officeops_hr.leave.balance_actions import adjust
from officeops_hr.leave.enrollment import LeaveEnrollment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from plugins.hr.tests.leave.conftest import Leave

    from officeops.testing import Ran

    Cli = Callable[..., Ran]

NEW_YEARS_EVE: Final = MONDAY.replace(month=12, day=31)
DAY: Final = timedelta(days=1)


def _merge(leave: Leave, cli: Cli) -> Ran:
    """Merge Cyd into Ben, once nothing but their leave may contradict."""
    with leave.office.acting("test.doubles"):
        retire_contradictions(leave.office, leave.crew["cyd"])
    gone, keep = (leave.crew[login].human_key for login in ("cyd", "ben"))
    return cli("person", "merge", gone, "--into", keep)


def _give(leave: Leave, login: str, hours: int, on: date) -> None:
    person = leave.crew[login].id
    enrollment = leave.office.first(LeaveEnrollment, "person_id = ?", person)
    assert enrollment is not None
    leave.office.do(adjust, enrollment, by=hours * HOUR, note="As agreed", day=on)


@pytest.fixture
def both(leave: Leave) -> Leave:
    """Either record has hours to take."""
    for login, hours in (("ben", 50), ("cyd", 54)):
        _give(leave, login, hours, leave.office.today)
    return leave


def test_leave_ahead_of_both_is_withdrawn_or_canceled_first(both: Leave, cli: Cli) -> None:
    both.approve(both.ask("ben", MONDAY, MONDAY + 4 * DAY))
    waiting = both.ask("cyd", MONDAY + 4 * DAY)
    ran = _merge(both, cli)
    said = "LR-2: LR-1 is of the same days; officeops leave-request withdraw LR-2, and merge again"
    assert (ran.code, said.removeprefix("LR-2: ") in ran.err) == (1, True), ran.err
    both.approve(waiting)
    ran = _merge(both, cli)
    assert (ran.code, "officeops leave-request cancel LR-2, and merge" in ran.err) == (1, True)
    both.do(waiting, "cancel")
    ran = _merge(both, cli)
    assert (ran.code, "shares days" in ran.err) == (0, False), ran.err


def test_a_morning_and_an_afternoon_of_one_day_are_both_taken(both: Leave, cli: Cli) -> None:
    both.approve(both.ask("ben", MONDAY, part="morning"))
    both.approve(both.ask("cyd", MONDAY, part="afternoon"))
    assert _merge(both, cli).code == 0
    assert cli("undo").code == 0


def test_leave_that_has_begun_is_amended_first(
    both: Leave, cli: Cli, freeze_today: Callable[[str], None]
) -> None:
    for login in ("ben", "cyd"):
        both.approve(both.ask(login, MONDAY, MONDAY + 4 * DAY))
    freeze_today(str(MONDAY + DAY))
    ran = _merge(both, cli)
    cure = "officeops leave-request amend LR-2 --last-day DAY, and merge again"
    assert (ran.code, cure in ran.err) == (1, True), ran.err


@pytest.fixture
def past(both: Leave, freeze_today: Callable[[str], None]) -> Leave:
    """Both records have been off on the same two days, and got hours for it."""
    for login in ("ben", "cyd"):
        both.approve(both.ask(login, MONDAY, MONDAY + DAY))
    freeze_today(str(MONDAY + 7 * DAY))
    return both


def test_past_leave_of_both_is_named_with_the_entries_that_give_it_back(
    past: Leave, cli: Cli
) -> None:
    alone = past.balance("ben", NEW_YEARS_EVE)
    theirs = past.account("cyd").book.balance(NEW_YEARS_EVE)
    ran = _merge(past, cli)
    said = "LR-2 of 2026-03-16 to 2026-03-17 shares days with LR-1. If that is one leave, it counts"
    assert (ran.code, said in ran.err) == (0, True), ran.err
    numbers = [
        row["id"]
        for row in cli("leave-entry", "list", "kind=take", "--sort", "id", "--json").json[-2:]
    ]
    assert f"reverse #{numbers[0]} --note WHY, and so #{numbers[1]}" in ran.err
    assert past.balance("ben", NEW_YEARS_EVE) == alone + theirs
    for number in numbers:
        assert cli("leave-entry", "reverse", f"#{number}", "--note", "One leave").code == 0
    # What comes back is not left with the record that went.
    assert past.balance("ben", NEW_YEARS_EVE) == alone + theirs + 16 * HOUR


def test_a_balance_of_both_is_named_with_the_command_that_corrects_it(
    past: Leave, cli: Cli
) -> None:
    ran = _merge(past, cli)
    said = (
        "PTO: 38:00 of P-5 came to the 34:00 of P-4. What both got for the same time counts twice"
    )
    assert said in ran.err
    assert "officeops leave-enrollment adjust #4 --by -HOURS --note WHY" in ran.err
    assert cli("leave-enrollment", "adjust", "#4", "--by", "-8", "--note", "Twice").code == 0


def test_leave_that_is_canceled_after_the_merge_comes_back(both: Leave, cli: Cli) -> None:
    request = both.approve(both.ask("cyd", MONDAY, MONDAY + DAY))
    assert _merge(both, cli).code == 0
    before = both.balance("ben", NEW_YEARS_EVE)
    both.do(request, "cancel")
    assert both.balance("ben", NEW_YEARS_EVE) == before + 16 * HOUR
    undo(both.office)
    assert both.balance("ben", NEW_YEARS_EVE) == before


def test_a_merge_of_which_one_half_had_no_leave_says_nothing_of_it(leave: Leave, cli: Cli) -> None:
    _give(leave, "ben", 8, MONDAY - DAY)
    ran = _merge(leave, cli)
    assert (ran.code, "PTO:" in ran.err) == (0, False)
