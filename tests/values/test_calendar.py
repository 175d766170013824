"""Open minutes and open days, against a slow model that looks at each minute of the clock."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.errors import Refused
from officeops.values.calendar import MIDNIGHT, Calendar, ClosedPart, Hours, calendar_of

CHICAGO = ZoneInfo("America/Chicago")
ZONES = ("America/Chicago", "Europe/Zurich", "Australia/Lord_Howe", "Asia/Kathmandu")
WEEK = [Hours(weekday, 8 * 60, 17 * 60) for weekday in range(5)]
MINUTE = timedelta(minutes=1)


def local(day: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=zone)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    opens = draw(st.integers(0, MIDNIGHT - 1))
    return Hours(draw(st.integers(0, 6)), opens, draw(st.integers(opens + 1, MIDNIGHT)))


#: Days around the changes of the clocks in March and November.
DAYS = st.dates(date(2026, 3, 1), date(2026, 4, 12)) | st.dates(
    date(2026, 10, 20), date(2026, 11, 10)
)
#: A few minutes that are closed, also where the place is closed anyway, and two of one day.
PARTS = st.builds(
    lambda day, start, length: ClosedPart(day, start, min(start + length, MIDNIGHT)),
    DAYS,
    st.integers(0, MIDNIGHT - 1),
    st.integers(1, MIDNIGHT),
)
CALENDARS = st.builds(
    calendar_of,
    st.lists(hours(), min_size=1, max_size=9),
    st.lists(DAYS, max_size=5),
    st.sampled_from(ZONES).map(ZoneInfo),
    st.lists(PARTS, max_size=5),
)
MOMENTS = st.builds(
    lambda day, second: (
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)
    ),
    DAYS,
    st.integers(0, 86_399),
)


@tried(100)
@given(calendar=CALENDARS, start=MOMENTS, minutes=st.integers(0, 5_000))
def test_as_many_open_minutes_pass_as_were_asked_for(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    assert calendar.minutes(start, calendar.after(start, minutes)) == minutes


#: A zone whose clocks change four times a year, twice of them within five weeks.
LONG = st.builds(
    calendar_of,
    st.lists(hours(), min_size=1, max_size=9),
    st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=9),
    st.sampled_from((*ZONES, "Africa/Casablanca")).map(ZoneInfo),
    st.lists(PARTS, max_size=5),
)


@tried(60)
@given(calendar=LONG, start=MOMENTS, days=st.integers(0, 400))
def test_weeks_add_up_to_what_their_days_have(
    calendar: Calendar, start: datetime, days: int
) -> None:
    ends = [start + number * timedelta(days=1) for number in range(days + 1)]
    by_day = sum(calendar.minutes(one, other) for one, other in itertools.pairwise(ends))
    assert calendar.minutes(start, ends[-1]) == by_day


@tried(100)
@given(calendar=CALENDARS, moments=st.tuples(MOMENTS, MOMENTS, MOMENTS))
def test_open_minutes_add_up_in_any_order(
    calendar: Calendar, moments: tuple[datetime, datetime, datetime]
) -> None:
    first, second, third = moments
    parts = calendar.minutes(first, second) + calendar.minutes(second, third)
    assert parts == calendar.minutes(first, third)


@tried(100)
@given(
    calendar=CALENDARS,
    start=MOMENTS,
    target=st.integers(1, 2_000),
    used=st.integers(0, 2_000),
    pause=st.integers(0, 20_000),
)
def test_a_pause_takes_no_minute_of_what_is_left(
    calendar: Calendar, start: datetime, target: int, used: int, pause: int
) -> None:
    waiting = calendar.after(start, min(used, target))
    again = waiting + pause * MINUTE
    due = calendar.after(again, target - min(used, target))
    assert calendar.minutes(start, waiting) + calendar.minutes(again, due) == target


@tried(100)
@given(calendar=CALENDARS, start=MOMENTS, length=st.integers(0, 1_500))
def test_a_minute_counts_where_its_clock_is_within_opening_hours(
    calendar: Calendar, start: datetime, length: int
) -> None:
    begin = start.replace(second=0)
    each_minute = (begin + number * MINUTE for number in range(length))
    slow = sum(_open(calendar, moment) for moment in each_minute)
    assert calendar.minutes(begin, begin + length * MINUTE) == slow


@tried(100)
@given(calendar=CALENDARS, day=DAYS, minute=st.integers(0, MIDNIGHT - 1))
def test_a_part_of_a_day_is_closed_and_the_rest_of_it_as_usual(
    calendar: Calendar, day: date, minute: int
) -> None:
    """By the clock on the wall: within usual hours, and within no closed part."""
    usual = any(one.opens <= minute < one.closes for one in calendar.hours[day.weekday()])
    is_closed = any(one.start <= minute < one.end for one in calendar.closed_parts(day))
    wanted = usual and not is_closed and day not in calendar.closed
    found = any(one.opens <= minute < one.closes for one in calendar.hours_on(day))
    assert found == wanted
    assert calendar.is_open(day) or not found


def _open(calendar: Calendar, moment: datetime) -> bool:
    clock = moment.astimezone(calendar.zone)
    stretches = calendar._stretches(clock.date())
    return any(stretch.begin <= moment < stretch.end for stretch in stretches)


def test_what_waits_over_a_weekend_is_due_on_monday_afternoon() -> None:
    calendar = calendar_of(WEEK, zone=CHICAGO)
    used = calendar.minutes(local("2026-11-20 09:00"), local("2026-11-20 10:00"))
    due = calendar.after(local("2026-11-23 09:00"), 480 - used)
    assert (used, due) == (60, local("2026-11-23 16:00"))


def test_no_minutes_end_at_once_while_open_and_else_at_the_next_opening() -> None:
    calendar = calendar_of(WEEK, [date(2026, 11, 23)], CHICAGO)
    assert calendar.after(local("2026-11-20 09:00"), 0) == local("2026-11-20 09:00")
    assert calendar.after(local("2026-11-20 17:00"), 0) == local("2026-11-24 08:00")


@pytest.mark.parametrize(
    ("day", "minutes"), [("2026-03-08", 23 * 60), ("2026-11-01", 25 * 60), ("2026-11-02", 24 * 60)]
)
def test_a_day_on_which_the_clocks_change_has_an_hour_more_or_less(day: str, minutes: int) -> None:
    calendar = calendar_of([Hours(weekday, 0, MIDNIGHT) for weekday in range(7)], zone=CHICAGO)
    begin = local(f"{day} 00:00")
    following = local(f"{date.fromisoformat(day) + timedelta(days=1)} 00:00")
    assert calendar.minutes(begin, following) == minutes


def test_hours_that_overlap_count_once_and_a_break_counts_not_at_all() -> None:
    calendar = calendar_of(
        [Hours(0, 480, 720), Hours(0, 700, 720), Hours(0, 720, 730), Hours(0, 780, 1020)],
        zone=CHICAGO,
    )
    assert calendar.hours[0] == (Hours(0, 480, 730), Hours(0, 780, 1020))
    assert calendar.minutes(local("2026-11-23 00:00"), local("2026-11-24 00:00")) == 490


def test_the_next_open_day_is_looked_for_in_both_directions() -> None:
    calendar = calendar_of(WEEK, [date(2026, 11, 26), date(2026, 11, 27)])
    assert calendar.next_open_day(date(2026, 11, 26)) == date(2026, 11, 30)
    assert calendar.next_open_day(date(2026, 11, 29), step=-1) == date(2026, 11, 25)
    assert calendar.next_open_day(date(2026, 11, 25)) == date(2026, 11, 25)


def test_a_place_that_never_opens_is_refused() -> None:
    never = calendar_of([])
    with pytest.raises(Refused):
        never.next_open_day(date(2026, 1, 1))
    with pytest.raises(Refused):
        never.after(datetime(2026, 1, 1, tzinfo=UTC), 0)
    assert never.minutes(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)) == 0


def test_minutes_below_zero_are_refused() -> None:
    with pytest.raises(Refused):
        calendar_of(WEEK).after(datetime(2026, 1, 1, tzinfo=UTC), -1)


def test_a_moment_whose_clock_is_unknown_is_refused() -> None:
    calendar, moment = calendar_of(WEEK, zone=CHICAGO), local("2026-03-02T09:00")
    naive = moment.replace(tzinfo=None)
    for asked in (
        lambda: calendar.minutes(naive, moment),
        lambda: calendar.minutes(moment, naive),
        lambda: calendar.after(naive, 5),
    ):
        with pytest.raises(ValueError, match="has no zone"):
            asked()
