"""The schedule: laid out from patterns, checked, covered, published, and what changed since."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Refused, default_location
from officeops.history.undo import undo
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.actions import assign, drop, open_seat
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.lay_out import lay_out, lay_out_schedule
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.published import changes_since
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import WEEKDAYS, ShiftPattern

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

#: The Monday of the week of the fixture's day.
MONDAY = date(2026, 3, 2)


@pytest.fixture
def planned(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben and Cyd are assistants from Monday to Friday; one assistant is needed until five."""
    role = _role(office, "MA")
    with office.acting("test.plan"):
        default_location(office)
        for login in ("ben", "cyd"):
            for weekday in WEEKDAYS[:5]:
                person = crew[login].id
                office.add(_pattern(person, weekday, role))
            office.add(WorkPattern(person_id=crew[login].id, monday=480, tuesday=480))
        office.add(
            CoverageRule(name="Assistants", people=2, role_id=role, starts_at=480, ends_at=1020)
        )
        lay_out(office, MONDAY, MONDAY + timedelta(days=13))
    return crew


def _pattern(person: int, weekday: str, role: int) -> ShiftPattern:
    return ShiftPattern(
        person_id=person, weekday=weekday, role_id=role, starts_at=480, ends_at=1020, unpaid=60
    )


def _role(office: Office, code: str) -> int:
    return int(office.value("SELECT id FROM hr_job_role WHERE code = ?", code) or 0)


def _of(office: Office, person: Person, day: date = MONDAY) -> Shift:
    return next(iter(office.all(Shift, "person_id = ? AND day = ?", person.id, day.isoformat())))


def _gaps(office: Office, day: date) -> list[tuple[int, int, int, int]]:
    plan = Plan(office, 1, day, day)
    return [(gap.start, gap.end, gap.have, gap.need) for gap in plan.gaps]


def test_laying_out_twice_or_in_pieces_is_laying_out_once(
    office: Office, planned: dict[str, Person]
) -> None:
    """No shift comes twice, and a dropped one does not come back."""
    count = office.value("SELECT count(*) FROM hr_shift")
    assert count == 20
    office.do(drop, _of(office, planned["ben"]))
    with office.acting("test.again"):
        for number in range(14):
            day = MONDAY + timedelta(days=number)
            assert lay_out(office, day, day) == 0
    assert office.value("SELECT count(*) FROM hr_shift WHERE NOT dropped") == 19


def test_a_lay_out_that_is_undone_is_laid_out_again(
    office: Office, planned: dict[str, Person]
) -> None:
    """A shift of a pattern goes by dropping it alone: archived, it would come back."""
    office.do(lay_out_schedule)
    count = office.value("SELECT count(*) FROM hr_shift WHERE archived_at IS NULL")
    undo(office)
    office.do(lay_out_schedule)
    assert office.value("SELECT count(*) FROM hr_shift WHERE archived_at IS NULL") == count
    with office.acting("test.archive"), pytest.raises(Refused, match="officeops shift drop #"):
        office.archive(_of(office, planned["ben"]))


def test_every_other_week_alternates_over_the_year(office: Office, crew: dict[str, Person]) -> None:
    """The weeks of a cycle are counted from one Monday, also over a year of 53 weeks."""
    with office.acting("test.plan"):
        default_location(office)
        office.add(
            ShiftPattern(
                person_id=crew["eve"].id,
                weekday="monday",
                role_id=_role(office, "FD"),
                starts_at=480,
                ends_at=720,
                cycle=2,
                week=2,
            )
        )
        lay_out(office, date(2026, 12, 1), date(2027, 1, 31))
    days = [
        date.fromisoformat(day) for (day,) in office.rows("SELECT day FROM hr_shift ORDER BY 1")
    ]
    assert len(days) == 4
    assert {(later - day).days for day, later in pairwise(days)} == {14}


def test_approved_leave_opens_a_gap_by_itself(office: Office, planned: dict[str, Person]) -> None:
    """Somebody on leave keeps the shift in the plan, and does not count as present."""
    assert _gaps(office, MONDAY) == []
    with office.acting("test.leave"):
        policy = office.add(LeavePolicy(name="Unpaid", kind="unpaid", accrues="never"))
        office.add(LeaveEnrollment(person_id=planned["ben"].id, policy_id=policy.id))
        request = office.add(
            LeaveRequest(person_id=planned["ben"].id, policy_id=policy.id, first_day=MONDAY)
        )
        LEAVE.move(office, request, "submit")
    submitted = office.get(LeaveRequest, request.id)
    office.do(LEAVE.action(LeaveRequest, "approve"), submitted, despite=True)
    assert _gaps(office, MONDAY) == [(480, 1020, 1, 2)]


def test_the_few_hard_stops_are_refused_by_name(office: Office, planned: dict[str, Person]) -> None:
    """Two places at once, another role, and a day before the hire."""
    ma, rn = _role(office, "MA"), _role(office, "RN")
    ben = planned["ben"].id
    for day, role, why in (
        (MONDAY, ma, "works already then"),
        (MONDAY + timedelta(days=5), rn, "does not work as RN"),
        (date(2020, 1, 6), ma, "does not work here then"),
    ):
        with pytest.raises(Refused, match=why), office.acting("test.add"):
            office.add(Shift(day=day, person_id=ben, role_id=role, starts_at=900, ends_at=1080))


def test_a_doubt_needs_its_reason_which_is_kept(office: Office, planned: dict[str, Person]) -> None:
    """Who can but should not is given a shift on purpose alone."""
    saturday = MONDAY + timedelta(days=5)
    role = _role(office, "MA")
    with office.acting("test.open"):
        seat = office.add(Shift(day=saturday, role_id=role, starts_at=480, ends_at=720))
    ben = planned["ben"].id
    with pytest.raises(Refused, match="--despite"):
        office.do(assign, seat, person_id=ben)
    office.do(assign, seat, person_id=ben, despite="agreed by phone")
    kept = office.get(Shift, seat.id)
    assert (kept.person_id, kept.despite) == (ben, "agreed by phone")


def test_what_is_published_stays_and_the_changes_name_whom_they_concern(
    office: Office, planned: dict[str, Person]
) -> None:
    """A revision equals the plan of its moment; the difference is old and new people."""
    office.do(publish_schedule, week=MONDAY)
    assert changes_since(office, 1, MONDAY) == []
    office.do(publish_schedule, week=MONDAY)
    assert office.value("SELECT count(*) FROM hr_roster_revision") == 1
    shift = _of(office, planned["ben"])
    office.do(open_seat, shift)
    (change,) = changes_since(office, 1, MONDAY)
    assert (change.kinds, change.people) == (("person",), [planned["ben"].id])
    undo(office)
    assert changes_since(office, 1, MONDAY) == []


@pytest.mark.usefixtures("planned")
def test_a_gap_that_blocks_keeps_a_week_from_being_published(office: Office) -> None:
    """On purpose alone, with the reason in the revision."""
    rule = next(iter(office.all(CoverageRule)))
    with office.acting("test.rule"):
        office.edit(rule, people=3, blocks=True)
    with pytest.raises(Refused, match="2 of 3"):
        office.do(publish_schedule, week=MONDAY)
    office.do(publish_schedule, week=MONDAY, despite="nobody else is there")
    assert office.value("SELECT despite FROM hr_roster_revision") == "nobody else is there"


@pytest.mark.usefixtures("planned")
def test_everybody_sees_what_is_published_and_only_a_manager_the_plan(
    office: Office, cli: Cli
) -> None:
    """A draft is nobody's news."""
    assert "is not published" in cli("roster", "who", login="ben").err
    office.do(publish_schedule, week=MONDAY)
    shown = cli("roster", "who", "--json", login="ben").json
    assert {row["person"] for row in shown} == {"Ben Stone", "Cyd Stone"}
    for words in (("week",), ("gaps",), ("changes",), ("cover", "1")):
        assert cli("roster", *words, login="ben").code == 1
        assert cli("roster", *words, login="mia").code == 0
    assert cli("roster", "gaps", "--check", login="mia").code in {0, 3}


@pytest.mark.usefixtures("planned")
def test_a_week_of_the_plan_is_read_with_its_hours(cli: Cli) -> None:
    """Names, days and hours without the unpaid break."""
    rows: list[dict[str, Any]] = cli("roster", "week", "--json").json
    assert [(row["person"], row["monday"], row["hours"]) for row in rows] == [
        ("P-4 Ben Stone", "8-5", "40:00"),
        ("P-5 Cyd Stone", "8-5", "40:00"),
    ]


def test_a_pattern_of_closed_days_alone_is_named_with_what_lays_it_out(
    office: Office, crew: dict[str, Person], cli: Cli
) -> None:
    """A holiday is no news, since the next week has the shift."""
    role = _role(office, "MA")
    with office.acting("test.plan"):
        default_location(office)
        for weekday in ("monday", "saturday"):
            office.add(_pattern(crew["ben"].id, weekday, role))
    assert cli("closed-day", "add", "--day", str(MONDAY + timedelta(days=7))).code == 0
    said = office.do(lay_out_schedule, until=MONDAY + timedelta(days=13))
    assert str(said).startswith("1 shift laid out")
    assert "Ben Stone on Saturday (#2); officeops opening-hours add" in str(said)
    assert "Monday" not in str(said)
    cli("shift-pattern", "edit", "#2", "--when-closed", "yes")
    assert cli("lay-out-schedule", "--until", str(MONDAY + timedelta(days=13))).out == ""
    assert len(list(office.all(Shift, "NOT dropped"))) == 3
