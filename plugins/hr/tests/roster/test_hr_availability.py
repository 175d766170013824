"""Times that people can work, their wishes, the rules of hours, and the share of unpopular shifts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Refused, default_location
from officeops_hr.roster.covering import answers
from officeops_hr.roster.fairness import fairness
from officeops_hr.roster.filling.fill_action import draft_of
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.hours.usual_rules import add_usual_hours_rules
from officeops_hr.roster.rules.availability import KINDS, Stated, can_work, wish
from officeops_hr.roster.rules.fairness import Share, shares
from officeops_hr.roster.rules.hours_rule import HoursRule
from officeops_hr.roster.rules.hours_rules import Case, broken
from officeops_hr.roster.rules.shift import Shift as PlannedShift
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.wishes.availability import Availability

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

MONDAY = date(2026, 3, 2)
MORNING = (480, 720)


def _shift(
    day: int,
    start: int = 480,
    end: int = 720,
    person: int = 1,
) -> PlannedShift:
    return PlannedShift(0, person, MONDAY + timedelta(days=day), start, end, 1, 1)


@pytest.fixture
def open_seat(office: Office, crew: dict[str, Person]) -> Shift:
    """A seat of an assistant on Monday morning; Ben and Cyd are assistants without a work pattern."""
    assert crew
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    with office.acting("test.seat"):
        default_location(office)
        seat = Shift(day=MONDAY, role_id=role, starts_at=MORNING[0], ends_at=MORNING[1])
        return office.add(seat)


def test_a_date_beats_a_weekday_and_cannot_beats_can() -> None:
    """Ben cannot on Mondays, but on this one from eight to noon he can."""
    mondays = Stated("cannot", weekday=0)
    this_one = Stated("can", first=MONDAY, last=MONDAY, start=480, end=720)
    assert not can_work(_shift(0), [mondays], usual=True)
    assert can_work(_shift(0), [mondays, this_one], usual=True)
    assert not can_work(_shift(0, 480, 780), [mondays, this_one], usual=True)
    assert not can_work(_shift(0), [Stated("cannot", weekday=0), Stated("can", weekday=0)], None)
    # Without a word on the day, the pattern decides, and then the times that they named.
    assert can_work(_shift(1), [mondays], None)
    assert not can_work(_shift(1), [Stated("can", weekday=0)], None)


times = st.integers(0, 12).map(lambda number: number * 120)
stated = st.lists(
    st.builds(
        lambda kind, weekday, span, dated: Stated(
            kind,
            weekday,
            MONDAY if dated else None,
            MONDAY if dated else None,
            min(span),
            max(span) or 120,
        ),
        st.sampled_from(KINDS),
        st.one_of(st.none(), st.integers(0, 2)),
        st.tuples(times, times),
        st.booleans(),
    ),
    max_size=4,
)


@tried(300)
@given(stated, st.sampled_from([True, False, None]), st.integers(0, 2))
def test_wishes_never_decide_and_the_order_of_rows_does_not_matter(
    rows: list[Stated],
    usual: bool | None,  # noqa: FBT001 - of the strategy
    day: int,
) -> None:
    """What somebody likes is no availability, and the same rows in any order say the same."""
    shift = _shift(day)
    said = can_work(shift, rows, usual)
    assert said == can_work(shift, rows[::-1], usual)
    assert said == can_work(shift, [row for row in rows if row.kind in {"can", "cannot"}], usual)
    assert wish(shift, rows) == wish(shift, rows[::-1])


def test_people_enter_their_own_times_and_the_draft_keeps_to_them(
    office: Office, crew: dict[str, Person], open_seat: Shift, cli: Cli
) -> None:
    """Ben says from his own login that he cannot; nobody enters a colleague's, nor reads it."""
    said = ("availability", "add", "--weekday", "monday", "--note", "course")
    assert cli(*said, login="ben").code == 0
    assert cli(*said, "--person", "Cyd Stone", login="ben").code == 1
    assert cli("availability", "list", "--json", login="cyd").json == []
    by_name = {answer.name: answer for answer in answers(office, open_seat)}
    assert by_name["Ben Stone"].reasons == ("not one of their times",)
    assert by_name["Cyd Stone"].group == "can"
    (row,) = draft_of(office, MONDAY, MONDAY).proposals
    assert row.after == crew["cyd"].id
    with office.acting("test.wish"):
        office.add(
            Availability(person_id=crew["cyd"].id, kind="cannot", first_day=MONDAY, starts_at=600)
        )
    (seat,) = draft_of(office, MONDAY, MONDAY).open_seats
    assert seat.verdict == "nobody found; nearest: Ben Stone, not one of their times"
    with pytest.raises(Refused, match="weekday"), office.acting("test.none"):
        office.add(Availability(person_id=crew["cyd"].id))


def test_of_two_who_can_the_draft_takes_who_likes_it(
    office: Office, crew: dict[str, Person], open_seat: Shift
) -> None:
    """A wish decides only among people who fit alike."""
    assert open_seat
    for kind, login in (("dislikes", "ben"), ("likes", "cyd")):
        with office.acting("test.wish"):
            office.add(Availability(person_id=crew[login].id, kind=kind, weekday="monday"))
    (row,) = draft_of(office, MONDAY, MONDAY).proposals
    assert row.after == crew["cyd"].id


@pytest.mark.usefixtures("crew")
def test_a_rule_of_law_warns_once_the_office_confirmed_it(office: Office, open_seat: Shift) -> None:
    """Unconfirmed it says nothing, and confirmed it is one reason among the others, no stop."""
    office.do(add_usual_hours_rules)
    count = office.value("SELECT count(*) FROM hr_hours_rule")
    office.do(add_usual_hours_rules)
    assert office.value("SELECT count(*) FROM hr_hours_rule") == count
    assert {answer.group for answer in answers(office, open_seat)[:2]} == {"can"}
    notice = next(iter(office.all(ScheduleRule, "kind = 'notice'")))
    with office.acting("test.confirm"):
        office.edit(notice, confirmed=True)
    first = answers(office, open_seat)[0]
    assert (first.group, first.reasons) == (
        "can, but",
        ("notice of 0 days instead of 14 (Chicago notice)",),
    )


def test_each_kind_of_rule_says_what_it_limits() -> None:
    """Seven days of nine hours, and one with little rest."""
    others = [_shift(day, 480, 1020) for day in range(6)]
    case = Case(_shift(6, 480, 1020), others, MONDAY)
    rules = [
        HoursRule("week_overtime", 2400, "w"),
        HoursRule("day_overtime", 480, "d"),
        HoursRule("day_double", 720, "x"),
        HoursRule("seventh_day", 7, "s"),
        HoursRule("days_a_week", 6, "n"),
        HoursRule("rest_in_seven_days", 1440, "r"),
        HoursRule("rest_between", 1000, "b"),
        HoursRule("longest_shift", 500, "l"),
        HoursRule("notice", 14, "a"),
    ]
    assert broken(case, rules) == [
        "week 23:00 over 40:00 (w)",
        "day 1:00 over 8:00 (d)",
        "day 7 of work in the week (s)",
        "7 days that week instead of 6 (n)",
        "no 24:00 of rest in 7 days (r)",
        "rest of 15:00 instead of 16:40 (b)",
        "shift 0:40 over 8:20 (l)",
        "notice of 6 days instead of 14 (a)",
    ]


def test_shares_count_each_burden_and_closing_only_where_others_went_before() -> None:
    """A Saturday evening is two; who is alone to the end closes, and nobody does if all go together."""
    rows = [
        _shift(5, 1020, 1200),
        _shift(0, 480, 1020, person=1),
        _shift(0, 480, 900, person=2),
        _shift(1, 480, 1020, person=1),
        _shift(1, 480, 1020, person=2),
        _shift(2, 1020, 1920, person=2)._replace(kind="on_call"),
    ]
    counted = shares(rows, lambda day: day.weekday() == 1, lambda *_: 0)
    assert counted[1] == Share(
        180 + 2 * 540, weekend=1, evening=1, holiday=1, closing=1, closing_days=1
    )
    assert counted[2] == Share(420 + 540, holiday=1, closing_days=1, on_call=1)
    assert counted[1].of_full_time(1200) == 800


def test_the_ledger_of_fairness_is_read_by_a_manager_alone(
    office: Office, crew: dict[str, Person], cli: Cli
) -> None:
    """It is counted from the plan, and the filler starts from it."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    saturday = MONDAY - timedelta(days=2)
    with office.acting("test.plan"):
        default_location(office)
        for login, day in (("ben", saturday), ("cyd", saturday - timedelta(days=1))):
            office.add(
                Shift(day=day, person_id=crew[login].id, role_id=role, starts_at=480, ends_at=720)
            )
        office.add(Shift(day=MONDAY + timedelta(days=5), role_id=role, starts_at=480, ends_at=720))
    assert fairness(office, saturday, saturday)[crew["ben"].id].weekend == 1
    rows = cli("roster", "fairness", "--json", login="mia").json
    # Alone all Saturday, they had no closing to be spared: unknown, and not none.
    counts = [(row["person"], row["weekend"], row["closing"]) for row in rows]
    assert counts[:1] == [("P-4 Ben Stone", 1, None)]
    assert cli("roster", "fairness", login="ben").code == 1
    (row,) = draft_of(office, MONDAY).proposals
    assert row.after == crew["cyd"].id
