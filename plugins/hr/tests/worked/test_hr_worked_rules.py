"""The rules of time worked: minutes by day and overtime, against a count minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.values.conventions import Conventions
from officeops_hr.roster.rules.shift import Shift
from officeops_hr.worked.rules.day_minutes import minutes_by_day
from officeops_hr.worked.rules.overtime import Minutes, OvertimeRule, split, total

if TYPE_CHECKING:
    from collections.abc import Sequence

CALIFORNIA: Final = OvertimeRule(day=480, double=720, seventh=True)
#: The nights in which Chicago's clocks change, and one in which they do not.
NIGHTS: Final = (date(2026, 3, 7), date(2026, 10, 31), date(2026, 6, 6))
CHICAGO: Final = Conventions("USD", "mdy", date(2026, 6, 6), "America/Chicago", "F")

days_of_week = st.lists(
    st.one_of(st.just(0), st.integers(0, 1000)),
    min_size=7,
    max_size=7,
)


def test_the_examples_of_the_law() -> None:
    fixed = OvertimeRule()
    assert total(split((480, 480, 480, 480, 480, 0, 0), fixed)) == Minutes(2400)
    assert total(split((600, 480, 780, 480, 480, 0, 0), CALIFORNIA)) == Minutes(2400, 360, 60)
    assert total(split((480,) * 7, CALIFORNIA)) == Minutes(2400, 960, 0)
    # 41 hours in one week and 31:40 in the next: each week alone.
    first, second = (492,) * 5, (380,) * 5
    assert total([*split(first, fixed), *split(second, fixed)]) == Minutes(2400 + 1900, 60)
    assert total(split((700,) * 7, OvertimeRule(week=None))) == Minutes(4900)


def _minute_by_minute(days: Sequence[int], rule: OvertimeRule) -> Minutes:
    """Pay each minute as it passes."""
    paid, regular = [0, 0, 0], 0
    for number, minutes in enumerate(days):
        is_seventh = rule.seventh and number == 6 and all(days)
        for minute in range(minutes):
            if is_seventh:
                rate = 1 if minute < 480 else 2
            elif rule.double is not None and minute >= rule.double:
                rate = 2
            elif rule.day is not None and minute >= rule.day:
                rate = 1
            else:
                rate = 0
            if rate == 0 and rule.week is not None and regular >= rule.week:
                rate = 1
            regular += rate == 0
            paid[rate] += 1
    return Minutes(*paid)


@tried(400)
@given(days_of_week, st.sampled_from((OvertimeRule(), CALIFORNIA, OvertimeRule(week=None))))
def test_each_minute_is_paid_once_at_the_rate_that_it_crosses_into(
    days: list[int],
    rule: OvertimeRule,
) -> None:
    shares = split(days, rule)
    assert [share.all for share in shares] == days
    assert total(shares) == _minute_by_minute(days, rule)


@tried(400)
@given(
    st.sampled_from(NIGHTS),
    st.integers(0, 1439),
    st.integers(1, 720),
    st.integers(0, 60),
)
def test_minutes_are_those_that_pass_each_on_its_day(
    on: date,
    start: int,
    length: int,
    pause: int,
) -> None:
    shift = Shift(
        id=1,
        person=1,
        on=on,
        start=start,
        end=start + length,
        role=1,
        place=1,
        pause=min(pause, length // 2),
    )
    parts = minutes_by_day(shift, CHICAGO.moment)
    begins, ends = CHICAGO.moment(on, start), CHICAGO.moment(on, start + length)
    midnight = CHICAGO.moment(on + timedelta(days=1), 0)
    passing = [begins + timedelta(minutes=number) for number in range(_minutes(begins, ends))]
    tonight = sum(moment < midnight for moment in passing)
    assert sum(parts.values()) == len(passing) - shift.pause
    # The break is in one of the two, so each is right but for it.
    assert tonight - shift.pause <= parts[on] <= tonight


def _minutes(begins: datetime, ends: datetime) -> int:
    return round((ends.astimezone(UTC) - begins.astimezone(UTC)).total_seconds() / 60)
