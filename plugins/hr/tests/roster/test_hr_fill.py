"""Filling the plan: a draft that decides nothing, taken whole or row by row, with why a seat stays open."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import NotFound, Refused, default_location
from officeops.history.undo import undo
from officeops_hr.people.contacts import PersonRole
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.filling import fill_action
from officeops_hr.roster.filling.fill_action import draft_of, fill_schedule
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.office_limits import limits_of
from officeops_hr.roster.rules.filling.shortage import shortage
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

#: The Monday of the week of the fixture's day.
MONDAY = date(2026, 3, 2)


@pytest.fixture
def short(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Two assistants are needed from Monday to Wednesday: two seats are open, and Ben has one."""
    role = _role(office, "MA")
    with office.acting("test.plan"):
        default_location(office)
        for login in ("ben", "cyd", "lea"):
            person = crew[login].id
            office.add(WorkPattern(person_id=person, monday=480, tuesday=480, wednesday=480))
        office.add(
            CoverageRule(
                name="Assistants",
                people=2,
                role_id=role,
                starts_at=480,
                ends_at=780,
                weekdays="mon tue wed",
                severity="unsafe",
            )
        )
        office.add(_seat(role, MONDAY, crew["ben"].id))
        office.add(_seat(role, MONDAY))
        office.add(_seat(role, MONDAY + timedelta(days=1)))
    return crew


def _seat(role: int, day: date, person: int | None = None) -> Shift:
    return Shift(day=day, person_id=person, role_id=role, starts_at=480, ends_at=780)


def _role(office: Office, code: str) -> int:
    return int(office.value("SELECT id FROM hr_job_role WHERE code = ?", code) or 0)


def _planned(office: Office) -> list[tuple[date, int | None]]:
    shifts = office.all(Shift, "NOT dropped", order="day, id")
    return [(shift.day, shift.person_id) for shift in shifts]


@pytest.mark.usefixtures("short")
def test_a_draft_changes_nothing_and_is_the_same_again(office: Office, cli: Cli) -> None:
    """Reading it twice writes nothing; its code is that of its rows."""
    before = _planned(office)
    drafts = [draft_of(office, MONDAY) for _ in range(2)]
    assert drafts[0].proposals == drafts[1].proposals
    assert drafts[0].code == drafts[1].code
    rows = cli("roster", "fill", "--from", str(MONDAY), "--json").json
    assert [row["what"] for row in rows] == ["fill", "fill", "add", "add", "add"]
    assert _planned(office) == before


def test_a_draft_is_taken_whole_and_taken_back_as_one(
    office: Office, short: dict[str, Person]
) -> None:
    """Nothing is lacking afterwards; a second run finds nothing open, and one undo takes all back."""
    before = _planned(office)
    office.do(fill_schedule, first=MONDAY)
    assert draft_of(office, MONDAY).plan.gaps == []
    people = Counter(_planned(office))
    days = [MONDAY + timedelta(days=number) for number in range(3)]
    assert people == Counter((day, short[login].id) for day in days for login in ("ben", "cyd"))
    assert office.do(fill_schedule, first=MONDAY) == "No seat is open."
    undo(office)
    assert _planned(office) == before


@pytest.mark.usefixtures("short")
def test_rows_are_taken_one_by_one_of_the_draft_that_was_read(office: Office) -> None:
    """A row that is not in the draft, or a draft of another plan, is refused by name."""
    code = draft_of(office, MONDAY).code
    with pytest.raises(NotFound, match="rows are 1 to 5"):
        office.do(fill_schedule, first=MONDAY, take="1,9")
    office.do(fill_schedule, first=MONDAY, take="1", draft=code)
    assert len(draft_of(office, MONDAY).proposals) == 4
    with pytest.raises(Refused, match="is now"):
        office.do(fill_schedule, first=MONDAY, take="1", draft=code)


@pytest.mark.usefixtures("short")
def test_a_row_of_which_a_rule_warns_says_so_and_is_taken_with_the_reason_alone(
    office: Office, cli: Cli
) -> None:
    """Beside the row, and in the refusal; the reason is kept with the shifts of those rows."""
    with office.acting("test.rule"):
        office.add(ScheduleRule(name="Notice", kind="notice", number=2, confirmed=True))
    rows = cli("roster", "fill", "--from", str(MONDAY), "--json").json
    warned = [row["row"] for row in rows if "but: notice of" in row["why"]]
    assert [row["day"] > "2026-03-03" for row in rows].count(False) == len(warned)
    with pytest.raises(Refused, match="row 1: notice of 0 days instead of 2"):
        office.do(fill_schedule, first=MONDAY)
    office.do(fill_schedule, first=MONDAY, despite="agreed with all")
    kept = office.value("SELECT count(*) FROM hr_shift WHERE despite = 'agreed with all'")
    assert kept == len(warned)


def test_a_confirmed_rule_sends_the_filler_to_somebody_else(
    office: Office, short: dict[str, Person]
) -> None:
    """As a hard stop does; where nobody else is left, the seat stays open and names the rule."""
    with office.acting("test.minor"):
        office.edit(short["cyd"], adult_on=MONDAY.replace(year=2029))
        rule = ScheduleRule(name="Minors", kind="not_before", minutes=540, below_age=16)
        rule = office.add(rule)
    assert short["cyd"].id in {row.after for row in draft_of(office, MONDAY).proposals}
    with office.acting("test.confirm"):
        office.edit(rule, confirmed=True)
    draft = draft_of(office, MONDAY)
    # Ben has Monday already; Tuesday and Wednesday need a second person whom the rule forbids.
    assert {row.after for row in draft.proposals} == {short["ben"].id}
    assert len(draft.open_seats) == 3
    nearest = "nobody found; nearest: Cyd Stone, begins before 09:00 (Minors)"
    assert {seat.verdict for seat in draft.open_seats} == {nearest}


def _nurse_seats(office: Office, *times: tuple[int, int, int]) -> None:
    """Open seats of the one nurse: the day after Monday, from and until."""
    with office.acting("test.seats"):
        default_location(office)
        for days, begin, end in times:
            day = MONDAY + timedelta(days=days)
            seat = Shift(day=day, role_id=_role(office, "RN"), starts_at=begin, ends_at=end)
            office.add(seat)


@pytest.mark.usefixtures("crew")
def test_the_weeks_of_a_draft_leave_a_night_between_them(office: Office) -> None:
    """Sunday until ten in the evening and Monday from six are two people's, or one seat stays open."""
    _nurse_seats(office, (6, 840, 1320), (7, 360, 600), (7, 600, 840))
    draft = draft_of(office, MONDAY, MONDAY + timedelta(days=13))
    assert [(row.shift.on.day, row.shift.start) for row in draft.proposals] == [(8, 840), (9, 600)]
    assert [draft.doubts(row) for row in draft.proposals] == [(), ()]


@pytest.mark.usefixtures("crew")
def test_a_draft_gives_no_overtime_of_a_pay_week_that_begins_on_another_day(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pay weeks from Thursday on: three days before and three after a weekend are one of them."""
    days = (3, 4, 5, 7, 8, 9)
    _nurse_seats(office, *((day, 480, 960) for day in days))
    weeks = limits_of(office)._replace(week_begins=3)
    monkeypatch.setattr(fill_action, "limits_of", lambda _: weeks)
    draft = draft_of(office, MONDAY, MONDAY + timedelta(days=13))
    assert len(draft.proposals) == 5
    assert "overtime" in draft.open_seats[0].verdict
    assert [draft.doubts(row) for row in draft.proposals] == [()] * 5


@pytest.mark.usefixtures("short")
def test_a_seat_that_nobody_may_take_is_called_impossible_with_the_count(office: Office) -> None:
    """Two people work as assistants; three are needed. Where a person could, it is not impossible."""
    with office.acting("test.rule"):
        rule = next(iter(office.all(CoverageRule)))
        office.edit(rule, people=3)
    office.do(fill_schedule, first=MONDAY)
    left = draft_of(office, MONDAY).open_seats
    assert {seat.verdict for seat in left} == {"impossible: 2 may work as MA, 3 are needed"}
    assert left[0].reasons == ("Ben Stone: works already then", "Cyd Stone: works already then")
    with pytest.raises(Refused, match="Nobody fits any of the 3 open seats"):
        office.do(fill_schedule, first=MONDAY)
    thursday = MONDAY + timedelta(days=3)
    with office.acting("test.open"):
        office.add(_seat(_role(office, "MA"), thursday))
    (seat,) = draft_of(office, thursday).open_seats
    assert seat.verdict.startswith("nobody found; nearest: Ben Stone, not one of their times")


def test_somebody_moves_for_a_seat_that_only_they_can_take_and_the_rows_go_together(
    office: Office, short: dict[str, Person]
) -> None:
    """Lea alone does triage too: she leaves the assistants for it, and Cyd has her seat."""
    lea, cyd = short["lea"].id, short["cyd"].id
    nurse, assistant = _role(office, "RN"), _role(office, "MA")
    with office.acting("test.triage"):
        office.add(PersonRole(person_id=lea, role_id=assistant))
        for shift in list(office.all(Shift, "person_id IS NULL AND day = ?", str(MONDAY))):
            office.edit(shift, managed=True, person_id=lea, origin="pattern")
        office.add(_seat(nurse, MONDAY))
    draft = draft_of(office, MONDAY, MONDAY)
    rows = [(row.before, row.after, row.group) for row in draft.proposals]
    assert rows == [(None, lea, 1), (lea, cyd, 1)]
    office.do(fill_schedule, first=MONDAY, until=MONDAY, take="2")
    assert draft_of(office, MONDAY, MONDAY).wanted == []
    undo(office)
    kept = draft_of(office, MONDAY, MONDAY, moves=False)
    assert kept.proposals == []
    assert "Lea Stone: works already then" in kept.open_seats[0].reasons


needs_of = st.dictionaries(st.integers(1, 4), st.integers(1, 3), min_size=1)
able_of = st.dictionaries(st.integers(1, 4), st.frozensets(st.integers(1, 5)))


@tried(400)
@given(needs_of, able_of)
def test_a_seat_is_impossible_exactly_where_no_arrangement_fills_it(
    needs: dict[int, int], able: dict[int, frozenset[int]]
) -> None:
    """By Hall's condition over all sets of roles; the proof itself names such a set."""
    for role in needs:
        proof = shortage(role, needs, able)
        if proof is None:
            continue
        people = frozenset[int]().union(*(able.get(one, frozenset()) for one in proof.roles))
        assert proof.people == len(people)
        assert len(people) < proof.needed == sum(needs[one] for one in proof.roles)
    can_all = all(shortage(role, needs, able) is None for role in needs)
    assert can_all == _fits(needs, able)


def _fits(needs: dict[int, int], able: dict[int, frozenset[int]]) -> bool:
    for size in range(1, len(needs) + 1):
        for roles in combinations(needs, size):
            people = frozenset[int]().union(*(able.get(role, frozenset()) for role in roles))
            if len(people) < sum(needs[role] for role in roles):
                return False
    return True
