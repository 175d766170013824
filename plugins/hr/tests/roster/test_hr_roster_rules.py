"""The rules of the schedule: coverage equals a count minute by minute, and cycles never drift."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_hr.roster.rules.coverage import KINDS, Coverage
from officeops_hr.roster.rules.cycle import monday_of, week_of
from officeops_hr.roster.rules.gaps import Closing, Gap, gaps
from officeops_hr.roster.rules.limits import minutes_by_week
from officeops_hr.roster.rules.shift import DAY, Shift

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = date(2026, 8, 3)
CHICAGO = ZoneInfo("America/Chicago")
DESK, ASSISTANT, PROVIDER = 1, 2, 3
CORA, DEE, ANA = 11, 12, 13


class Everybody:
    """Nobody is on leave; those with even numbers hold every credential."""

    def is_present(self, shift: Shift, day: date) -> bool:  # noqa: ARG002 - the protocol's
        """Return True."""
        return True

    def holds(self, person: int, credentials: frozenset[int], day: date) -> bool:  # noqa: ARG002
        """Return whether the number is even."""
        return person % 2 == 0


def shift(person: int, start: int, end: int, role: int = DESK, on: date = MONDAY) -> Shift:
    """Return a shift at place 1."""
    return Shift(0, person, on, start, end, role, place=1)


def _said(found: Sequence[Gap]) -> list[tuple[int, int, int, int]]:
    return [(gap.start, gap.end, gap.have, gap.need) for gap in found]


def test_a_lunch_that_two_take_together_is_two_gaps() -> None:
    """The worked example of the design: nobody from 12:30, and one of two until 13:15."""
    shifts = [
        shift(CORA, 450, 720),
        shift(CORA, 780, 1020),
        shift(DEE, 450, 750),
        shift(DEE, 795, 1020),
    ]
    rules = [
        Coverage(1, "fixed", 2, DESK, start=450, end=720),
        Coverage(2, "fixed", 1, DESK, start=720, end=780),
        Coverage(3, "fixed", 2, DESK, start=780, end=1020),
    ]
    assert _said(gaps(MONDAY, shifts, rules, Everybody())) == [(750, 780, 0, 1), (780, 795, 1, 2)]


def test_an_assistant_at_the_desk_is_no_assistant_and_a_trainee_changes_nothing() -> None:
    """A seat is a role; who learns beside somebody fills none."""
    rules = [Coverage(1, "fixed", 1, ASSISTANT, start=480, end=720)]
    learning = shift(DEE, 480, 720, ASSISTANT)._replace(is_trainee=True)
    assert _said(gaps(MONDAY, [shift(ANA, 480, 720), learning], rules, Everybody())) == [
        (480, 720, 0, 1)
    ]


times = st.integers(0, 48).map(lambda quarter: quarter * 30)
spans = st.tuples(times, times).filter(lambda span: span[0] < span[1])
shifts_of_days = st.lists(
    st.builds(
        lambda person, span, role, before, learns: Shift(
            0, person, MONDAY - timedelta(days=before), span[0], span[1], role, 1, is_trainee=learns
        ),
        st.integers(1, 5),
        st.tuples(times, st.integers(1, 72).map(lambda half: half * 30)).map(
            lambda span: (span[0], span[0] + span[1])
        ),
        st.integers(1, 3),
        st.integers(0, 1),
        st.booleans(),
    ),
    max_size=6,
)
rules_of_a_day = st.lists(
    st.builds(
        lambda kind, n, role, other, per, span, needs, trainees: Coverage(
            1,
            kind,
            n,
            role,
            other,
            per,
            1,
            start=span[0],
            end=span[1],
            credentials=frozenset(needs),
            counts_trainees=trainees,
        ),
        st.sampled_from(KINDS),
        st.integers(0, 3),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([None, 1, 2, 3]),
        st.integers(1, 3),
        spans,
        st.sampled_from([[], [7]]),
        st.booleans(),
    ),
    min_size=1,
    max_size=1,
)


def _by_the_minute(
    shifts: Sequence[Shift], rule: Coverage, closed: tuple[int, int]
) -> dict[int, tuple[int, int]]:
    """Return have and need of each half hour at which the rule is broken, counted plainly."""
    broken = {}
    for minute in range(rule.start, rule.end, 30):
        there = [one for one in shifts if _is_there(one, minute)]
        have, need = len(_counted(there, rule)), _needed(there, rule)
        is_broken = have > need if rule.kind == "most" else have < need
        if is_broken and not closed[0] <= minute < closed[1]:
            broken[minute] = (have, need)
    return broken


def _is_there(one: Shift, minute: int) -> bool:
    before = DAY if one.on < MONDAY else 0
    return one.start - before <= minute < one.end - before


def _counted(there: Sequence[Shift], rule: Coverage) -> set[int]:
    counted = set()
    for one in there:
        assert one.person is not None
        is_role = rule.role is None or one.role == rule.role
        is_full = rule.counts_trainees or not one.is_trainee
        if is_role and is_full and (not rule.credentials or one.person % 2 == 0):
            counted.add(one.person)
    return counted


def _needed(there: Sequence[Shift], rule: Coverage) -> int:
    full = [one for one in there if not one.is_trainee]
    others = {one.person for one in full if rule.other_role in {None, one.role}}
    if rule.kind == "guard":
        return rule.n if others else 0
    if rule.kind != "per":
        return rule.n
    need = 0
    while need * rule.per < len(others) * rule.n:
        need += 1
    return need


@tried(500)
@given(shifts_of_days, rules_of_a_day, spans)
def test_gaps_equal_a_count_by_the_minute(
    shifts: list[Shift], rules: list[Coverage], closed: tuple[int, int]
) -> None:
    """Each broken half hour is in one gap with its numbers, and no other one is."""
    found = gaps(MONDAY, shifts, rules, Everybody(), [Closing(1, *closed)])
    said = {}
    for gap in found:
        for minute in range(gap.start, gap.end, 30):
            assert minute not in said
            said[minute] = (gap.have, gap.need)
    assert said == _by_the_minute(shifts, rules[0], closed)
    for gap, after in pairwise(found):
        assert gap.end < after.start or (gap.have, gap.need) != (after.have, after.need)


@tried(500)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 8), st.integers(-4000, 4000))
def test_a_cycle_goes_up_by_one_each_week_for_ever(anchor: date, weeks: int, days: int) -> None:
    """The anchor's week is the first; each next week is the next of the cycle, before it as well."""
    day = anchor + timedelta(days=days)
    assert week_of(anchor, anchor, weeks) == 1
    after = week_of(day + timedelta(days=7), anchor, weeks)
    assert after == week_of(day, anchor, weeks) % weeks + 1
    assert week_of(monday_of(day), anchor, weeks) == week_of(day, anchor, weeks)


def test_weeks_alternate_over_a_year_of_53_weeks() -> None:
    """2026-12-28 is in week 53, 2027-01-04 in week 1: both odd, and still they alternate."""
    assert week_of(date(2026, 12, 28), MONDAY, 2) != week_of(date(2027, 1, 4), MONDAY, 2)


def test_a_night_is_worked_by_the_clock_of_the_place() -> None:
    """22:00 to 06:00 is 9 hours when the clocks go back, and 7 when they go forward."""
    long = shift(ANA, 1320, 1800, on=date(2026, 10, 31))
    short = shift(ANA, 1320, 1800, on=date(2026, 3, 7))
    assert (long.worked(CHICAGO), short.worked(CHICAGO), long.planned) == (540, 420, 480)


@tried(300)
@given(shifts_of_days)
def test_hours_by_week_lose_no_minute(shifts: list[Shift]) -> None:
    """A shift over the edge of a week is split, and the parts are the whole."""
    planned = sum(one.planned for one in shifts)
    for begins in range(7):
        assert sum(minutes_by_week(shifts, begins).values()) == planned


@tried(300)
@given(shifts_of_days)
def test_two_places_at_once_is_a_shared_minute(shifts: list[Shift]) -> None:
    """Touching ends are no clash, and the order of asking makes no difference."""
    for one in shifts:
        for other in shifts:
            mine = set(range(*one.minutes_of(MONDAY)))
            theirs = set(range(*other.minutes_of(MONDAY)))
            assert one.clashes(other) == other.clashes(one) == bool(mine & theirs)
