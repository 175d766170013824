"""Requests for leave: from asking to the days off, each minute booked once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.leave.conftest import HOUR, MONDAY
from tests.access.access_tools import open_as
from tests.effort import tried

from officeops.core.calendar_records import ClosedDay
from officeops.history.undo import next_to_undo, redo, undo
from officeops.model.errors import NotFound, OfficeError, Refused
from officeops_hr.leave.blackout import Blackout
from officeops_hr.leave.changes import amend
from officeops_hr.leave.decision import Decision
from officeops_hr.leave.due_lines import due_lines
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.off_days import off, usual_minutes
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.separation import separate

if TYPE_CHECKING:
    from plugins.hr.tests.leave.conftest import Leave

    from officeops.office.office import Office
    from officeops.testing import Cli

DAY = timedelta(days=1)
SUNDAY = MONDAY + 6 * DAY


def booked(leave: Leave) -> dict[date, int]:
    days: dict[date, int] = {}
    for row in off(leave.office, date(2026, 1, 1), date(2027, 12, 31)):
        days[row.day] = days.get(row.day, 0) + row.minutes
    return days


def test_what_is_approved_is_booked_on_its_days_by_the_persons_own_week(leave: Leave) -> None:
    with leave.office.acting("test.closed"):
        leave.office.add(ClosedDay(day=MONDAY + 3 * DAY))
    before = leave.balance("ben", SUNDAY)
    request = leave.ask("ben", MONDAY + 2 * DAY, SUNDAY)
    assert booked(leave) == {}
    leave.approve(request)
    assert booked(leave) == {MONDAY + 2 * DAY: 8 * HOUR, MONDAY + 4 * DAY: 4 * HOUR}
    assert leave.balance("ben", SUNDAY) == before - 12 * HOUR
    assert leave.balance("ben", MONDAY - DAY) == leave.balance("cyd", MONDAY - DAY)


def test_half_days_and_hours(leave: Leave) -> None:
    leave.approve(leave.ask("ben", MONDAY, part="morning"))
    leave.approve(leave.ask("ben", MONDAY, part="afternoon"))
    leave.approve(leave.ask("ben", MONDAY + DAY, part="hours", hours=90))
    days = booked(leave)
    assert sum(days.values()) == 8 * HOUR + 90
    with pytest.raises(Refused, match="already, which is approved"):
        leave.ask("ben", MONDAY, part="hours", hours=1)


def test_more_than_there_is_on_the_day_is_refused_with_the_day(leave: Leave) -> None:
    request = leave.ask("ben", MONDAY, MONDAY + 3 * DAY)
    with pytest.raises(Refused, match="2:40 are missing on 2026-03-17"):
        leave.approve(request)
    assert leave.again(request).state == "submitted"
    assert booked(leave) == {}


def test_leave_of_next_year_waits_for_what_accrues_until_then(leave: Leave) -> None:
    leave.approve(leave.ask("ben", date(2026, 12, 21), date(2026, 12, 24)))
    leave.night()
    assert leave.balance("ben", date(2026, 12, 31)) == (80 - 32) * HOUR
    assert not list(LeaveEntry.ledger.problems(leave.office))


def test_reasons_to_weigh_need_a_word_and_do_not_forbid(leave: Leave) -> None:
    with leave.office.acting("test.blackout"):
        leave.office.add(Blackout(first_day=MONDAY, reason="Flu clinic"))
    leave.approve(leave.ask("ben", MONDAY))
    request = leave.ask("cyd", MONDAY)
    doubts = list(Decision(leave.office, request).doubts())
    assert doubts == [
        "2026-03-16 is blacked out: Flu clinic",
        f"{leave.crew['ben'].human_key} Ben Stone of the same role is off on 2026-03-16",
    ]
    with pytest.raises(Refused, match="--despite"):
        leave.do(request, "approve")
    assert leave.do(request, "approve", despite=True).state == "approved"


def test_a_strict_blackout_forbids(leave: Leave) -> None:
    with leave.office.acting("test.blackout"):
        leave.office.add(Blackout(first_day=MONDAY, reason="Move", strict="refuses"))
    with pytest.raises(Refused, match="nobody may be off 2026-03-16: Move"):
        leave.approve(leave.ask("ben", MONDAY))


def test_a_cancellation_gives_the_minutes_back_once_and_only_before_it_begins(
    leave: Leave,
) -> None:
    before = leave.balance("ben", SUNDAY)
    request = leave.approve(leave.ask("ben", MONDAY))
    leave.do(request, "cancel")
    assert leave.balance("ben", SUNDAY) == before
    assert booked(leave) == {}
    today = leave.approve(leave.ask("ben", leave.office.today))
    with pytest.raises(Refused, match="it has begun; amend it"):
        leave.do(today, "cancel")


def test_an_amendment_takes_the_place_of_the_days_that_were_approved(leave: Leave) -> None:
    request = leave.approve(leave.ask("ben", MONDAY))
    leave.office.do(amend, request, first_day=MONDAY + DAY, last_day=MONDAY + DAY)
    [new] = leave.office.all(LeaveRequest, "amends_id = ?", request.id)
    assert list(booked(leave)) == [MONDAY]
    leave.approve(new)
    assert leave.again(request).state == "amended"
    assert booked(leave) == {MONDAY + DAY: 8 * HOUR}
    undo(leave.office)
    assert booked(leave) == {MONDAY: 8 * HOUR}
    assert leave.again(request).state == "approved"


def test_one_amendment_at_a_time_is_asked_for_and_none_of_what_was_replaced(leave: Leave) -> None:
    request = leave.approve(leave.ask("ben", MONDAY))
    leave.office.do(amend, request, first_day=MONDAY + DAY, last_day=MONDAY + DAY)
    with pytest.raises(Refused, match="asks for other days already"):
        leave.office.do(amend, leave.again(request), first_day=SUNDAY - DAY)
    leave.do(request, "cancel")
    [new] = leave.office.all(LeaveRequest, "amends_id = ?", request.id)
    with pytest.raises(Refused, match="is canceled already; deny it"):
        leave.approve(new)


def test_nobody_is_off_after_the_last_day(leave: Leave) -> None:
    request = leave.approve(leave.ask("ben", MONDAY))
    leave.office.do(separate, leave.crew["ben"], on=MONDAY - DAY)
    [line] = [line for line in due_lines(leave.office) if line.action == "amend"]
    assert line.what.endswith("8:00 booked, 0:00 by the days now"), line
    with pytest.raises(Refused, match="not here any more"):
        leave.ask("ben", MONDAY + DAY)
    assert leave.again(request).state == "approved"


def test_what_was_decided_stays_as_it_was(leave: Leave) -> None:
    request = leave.approve(leave.ask("ben", MONDAY))
    with pytest.raises(Refused, match="`amend` it"), leave.office.acting("test.edit"):
        leave.office.edit(request, last_day=SUNDAY)


def test_without_a_known_week_nothing_is_guessed(leave: Leave) -> None:
    with leave.office.acting("test.archive"):
        for pattern in list(leave.office.all(leave.office.record("hr.work-pattern"))):
            leave.office.archive(pattern)
    with pytest.raises(Refused, match="nobody entered on which weekdays"):
        leave.ask("ben", MONDAY)


def test_a_day_that_is_closed_later_is_named_in_today_and_changes_no_entry(leave: Leave) -> None:
    leave.approve(leave.ask("ben", MONDAY))
    assert not [due for due in due_lines(leave.office) if "days-" in due.key]
    with leave.office.acting("test.closed"):
        leave.office.add(ClosedDay(day=MONDAY))
    [line] = due_lines(leave.office)
    assert line.key == "hr.leave-request:1:days-0"
    assert booked(leave) == {MONDAY: 8 * HOUR}


# -- who decides ------------------------------------------------------------------------------------


def decide(office: Office, number: int) -> None:
    request = office.get(LeaveRequest, number)
    office.do(LEAVE.action(LeaveRequest, "approve"), request, despite=True)


def test_a_lead_decides_on_the_team_and_nobody_on_their_own(leave: Leave) -> None:
    leave.stay()
    of_ben, of_eve, of_lea = (leave.ask(login, MONDAY) for login in ("ben", "eve", "lea"))
    with open_as(leave.office, "ben") as ben, pytest.raises(OfficeError):
        decide(ben, of_ben.id)
    with open_as(leave.office, "lea") as lea:
        with pytest.raises(NotFound):
            decide(lea, of_eve.id)
        with pytest.raises(Refused):
            decide(lea, of_lea.id)
        decide(lea, of_ben.id)
    assert leave.again(of_ben).decided_by == "lea"
    with open_as(leave.office, "mia") as mia:
        decide(mia, of_lea.id)


# -- any sequence -----------------------------------------------------------------------------------

VERBS = ("ask", "approve", "deny", "withdraw", "cancel", "amend", "night", "undo", "redo")
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(0, 12), st.integers(0, 4)),
    max_size=14,
)


def take_step(leave: Leave, verb: str, which: int, begin: int, days: int) -> None:
    office = leave.office
    if verb == "ask":
        first = MONDAY + begin * DAY
        leave.ask("ben", first, first + days * DAY, part=("days", "morning")[which % 2])
    elif verb == "night":
        leave.night()
    elif verb == "undo":
        undo(office)
    elif verb == "redo":
        redo(office)
    elif requests := list(office.all(LeaveRequest)):
        _decide(leave, requests[which % len(requests)], verb, begin)


def _decide(leave: Leave, request: LeaveRequest, verb: str, begin: int) -> None:
    answers: dict[str, dict[str, Any]] = {"approve": {"despite": True}, "deny": {"why_not": "No"}}
    if verb == "amend":
        first = MONDAY + begin * DAY
        leave.office.do(amend, request, first_day=first, last_day=first)
    else:
        leave.do(request, verb, **answers.get(verb, {}))


def must_be_in_order(leave: Leave) -> None:
    """No minute is lost, won or booked twice, and balances are what the entries come to."""
    office, ben = leave.office, leave.crew["ben"]
    assert not list(LeaveEntry.ledger.problems(office))
    usual = usual_minutes(office, ben.id)
    by_day = booked(leave)
    by_request: dict[int, int] = {}
    for row in off(office, date(2026, 1, 1), date(2027, 12, 31)):
        by_request[row.request_id] = by_request.get(row.request_id, 0) + row.minutes
    assert all(minutes <= usual(day) for day, minutes in by_day.items())
    approved = {r.id: sum(m for _, m in Decision(office, r).asked) for r in _approved(office)}
    assert by_request == approved
    end = date(2026, 12, 31)
    assert leave.balance("ben", end) == 80 * HOUR - sum(by_day.values())


def _approved(office: Office) -> list[LeaveRequest]:
    return list(office.all(LeaveRequest, "state = 'approved'"))


def test_any_sequence_keeps_every_minute(leave: Leave) -> None:
    office = leave.office

    @tried(48)
    @given(STEPS)
    def sequence(steps: list[tuple[str, int, int, int]]) -> None:
        for step in steps:
            before = office.last_id(LeaveEntry)
            if step[0] == "undo" and next_to_undo(office).verb == "test.setup":
                continue
            try:
                take_step(leave, *step)
            except OfficeError:
                # A refusal is an answer, and changes nothing.
                assert office.last_id(LeaveEntry) == before
            must_be_in_order(leave)

    sequence()


def test_a_request_that_is_refused_at_once_names_no_number(leave: Leave, cli: Cli) -> None:
    # A Sunday, on which nobody works.
    asked = ("request-leave", "--policy", "PTO", "--first-day", "2026-03-15")
    ran = cli(*asked, login="ben")
    assert ran.code == 1
    assert ran.err.startswith("officeops: The request: ")
    assert "LR-" not in ran.err
    assert not list(leave.office.all(LeaveRequest))
