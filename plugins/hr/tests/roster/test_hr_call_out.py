"""A call-out: the shifts open, the answer says who can cover, and one action covers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Refused, default_location
from officeops.history.undo import undo
from officeops.tui.testing import Terminal
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.absence.asked import ask
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.calling_out import call_out, end
from officeops_hr.roster.absence.cover_ask import CoverAsk
from officeops_hr.roster.actions import assign, open_seat
from officeops_hr.roster.covering import answers
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

#: The Monday of the fixture's day.
MONDAY = date(2026, 3, 2)
_DAY = timedelta(days=1)


@pytest.fixture
def sick(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben and Cyd are assistants; Ben works Monday and Tuesday and has sick leave, Cyd is free."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    with office.acting("test.plan"):
        default_location(office)
        for login in ("ben", "cyd"):
            days = ("monday", "tuesday", "wednesday", "thursday")
            hours: dict[str, Any] = dict.fromkeys(days, 480)
            office.add(WorkPattern(person_id=crew[login].id, **hours))
        for day in (MONDAY, MONDAY + _DAY):
            office.add(
                Shift(
                    day=day,
                    person_id=crew["ben"].id,
                    role_id=role,
                    starts_at=480,
                    ends_at=1020,
                    unpaid=60,
                )
            )
        policy = office.add(LeavePolicy(name="Sick", kind="sick", accrues="never"))
        office.add(LeaveEnrollment(person_id=crew["ben"].id, policy_id=policy.id))
    return crew


def _shifts(office: Office) -> list[tuple[int | None, int | None]]:
    return [(one.person_id, one.call_out_id) for one in office.all(Shift, order="day")]


def _call(office: Office, person: Person, until: date | None = None) -> str:
    return str(office.do(call_out, person, last_day=until))


def test_a_call_out_opens_the_shifts_records_the_leave_and_says_who_can(
    office: Office, sick: dict[str, Person]
) -> None:
    """One action, which one undo takes back: shifts, absence and leave."""
    before = _shifts(office)
    said = _call(office, sick["ben"], MONDAY + _DAY)
    assert "Can: Cyd Stone." in said
    assert "Lea Stone" not in said
    assert "1 more shift" in said
    assert [person for person, _ in _shifts(office)] == [None, None]
    assert office.first(LeaveRequest, "state = 'approved'").last_day == MONDAY + _DAY  # type: ignore[union-attr]
    undo(office)
    assert _shifts(office) == before
    assert office.value("SELECT sum(minutes) FROM hr_leave_entry") == 0


def test_whoever_is_out_cannot_cover_also_without_leave(
    office: Office, sick: dict[str, Person]
) -> None:
    """Somebody without a policy is out all the same; the answer says that no leave is recorded."""
    said = _call(office, sick["cyd"])
    assert "No leave is recorded" in said
    shift = next(iter(office.all(Shift)))
    cyd = next(one for one in answers(office, shift) if one.person == sick["cyd"].id)
    assert (cyd.group, cyd.reasons) == ("cannot", ("is off",))


def test_out_for_another_day_is_the_same_absence(office: Office, sick: dict[str, Person]) -> None:
    """A second call makes the absence longer; the same days again are refused."""
    _call(office, sick["ben"])
    _call(office, sick["ben"], MONDAY + _DAY)
    (out,) = office.all(CallOut)
    assert (out.first_day, out.last_day) == (MONDAY, MONDAY + _DAY)
    assert [person for person, _ in _shifts(office)] == [None, None]
    with pytest.raises(Refused, match="is out until"):
        _call(office, sick["ben"])


def test_somebody_who_is_back_has_the_uncovered_shifts_again(
    office: Office, sick: dict[str, Person]
) -> None:
    """What is covered stays covered, and the leave is shorter by the rules of leave."""
    _call(office, sick["ben"], MONDAY + _DAY)
    monday, _ = office.all(Shift, order="day")
    office.do(assign, monday, person_id=sick["cyd"].id, asked="phone")
    (out,) = office.all(CallOut)
    office.do(end, out, on=MONDAY + _DAY)
    assert [person for person, _ in _shifts(office)] == [sick["cyd"].id, sick["ben"].id]
    (leave,) = office.all(LeaveRequest, "state = 'approved'")
    assert leave.until == MONDAY


def test_who_was_asked_is_kept_with_what_they_said(
    office: Office, sick: dict[str, Person], cli: Cli
) -> None:
    """The list of people has it beside the reasons; a yes may come with the assignment."""
    _call(office, sick["ben"])
    seat = next(iter(office.all(Shift, order="day")))
    cyd = sick["cyd"].id
    office.do(ask, seat, person_id=cyd, answer="no_answer")
    rows = cli("roster", "cover", str(seat.id), "--json").json
    assert rows[0]["person"] == "Cyd Stone"
    assert rows[0]["asked"].startswith("no answer, ")
    office.do(assign, seat, person_id=cyd, asked="text")
    said = [(row.answer, row.how, row.asked_by) for row in office.all(CoverAsk, order="id")]
    assert said == [("no_answer", "phone", office.actor), ("yes", "text", office.actor)]
    assert cli("cover-ask", "list", "--json", login="ben").json == []


def test_an_undo_that_would_double_book_is_refused(office: Office, sick: dict[str, Person]) -> None:
    """Ben was given another shift of the same time since his own was opened."""
    _call(office, sick["cyd"])
    monday = next(iter(office.all(Shift, order="day")))
    office.do(open_seat, monday)
    opened = int(office.value("SELECT max(id) FROM core_action"))
    with office.acting("test.more"):
        office.add(
            Shift(
                day=MONDAY,
                person_id=sick["ben"].id,
                role_id=monday.role_id,
                starts_at=600,
                ends_at=720,
            )
        )
    with pytest.raises(Refused, match="works already then"):
        undo(office, opened)


def test_a_call_out_is_covered_by_six_keys_from_today(
    office: Office, sick: dict[str, Person]
) -> None:
    """The call at six: who, yes, whom, yes."""
    with Terminal(office) as terminal:
        terminal.press(*":out-today", "enter")
        assert terminal.current.startswith("Ben Stone")
        terminal.press("enter", "y")
        assert terminal.current.startswith("Cyd Stone")
        terminal.press("enter", "y")
        assert "Cyd Stone has the shift" in terminal.text
    assert _shifts(office)[0][0] == sick["cyd"].id
