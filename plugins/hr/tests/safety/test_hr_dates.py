"""Dates that follow from an event, against a count by hand over month and year ends and closed days."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.values.calendar import Calendar, Hours
from officeops_hr.safety.dates import day_after, moment_after

DAYS = st.dates(date(2023, 1, 1), date(2032, 12, 31))
CHRISTMAS = frozenset(date(year, 12, 25) for year in range(2020, 2040))


def office_hours() -> Calendar:
    """Monday to Friday, and closed at Christmas."""
    hours = tuple((Hours(weekday, 480, 1020),) for weekday in range(5))
    return Calendar(hours=(*hours, (), ()), closed=CHRISTMAS)


CALENDAR = office_hours()


@tried(300)
@given(DAYS, st.integers(0, 40))
def test_open_days_are_counted_one_by_one(start: date, number: int) -> None:
    end = day_after(start, number, "open_day", CALENDAR)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(CALENDAR.is_open(day) for day in between) == number
    assert number == 0 or CALENDAR.is_open(end)


@tried(300)
@given(DAYS, st.integers(0, 24))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(start: date, number: int) -> None:
    end = day_after(start, number, "month", CALENDAR)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@tried(400)
@given(DAYS, st.integers(0, 400))
def test_days_of_a_year_count_from_its_last_day(start: date, number: int) -> None:
    end = day_after(start, number, "day_after_year", CALENDAR)
    assert end == day_after(date(start.year + 1, 1, 1), number, "day", CALENDAR) - timedelta(days=1)


@tried(400)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(0, 72))  # noqa: DTZ001 - a wall clock
def test_hours_are_hours_whatever_the_clocks_do(wall: datetime, hours: int) -> None:
    start = wall.replace(tzinfo=ZoneInfo("America/Chicago"))
    passed = moment_after(start, hours).astimezone(UTC) - start.astimezone(UTC)
    assert passed == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "number", "unit", "end"),
    [
        # 45 CFR 164.408(c): sixty days after the year in which it was discovered, in a leap year too.
        ("2026-01-02", 60, "day_after_year", "2027-03-01"),
        ("2026-12-31", 60, "day_after_year", "2027-03-01"),
        ("2027-05-05", 60, "day_after_year", "2028-02-29"),
        ("2026-11-02", 60, "day", "2027-01-01"),
        ("2026-08-31", 6, "month", "2027-02-28"),
        ("2027-08-31", 6, "month", "2028-02-29"),
        ("2026-11-20", 6, "week", "2027-01-01"),
        ("2026-12-24", 1, "open_day", "2026-12-28"),
        ("2026-12-18", 10, "open_day", "2027-01-04"),
    ],
)
def test_dates_of_the_law(start: str, number: int, unit: str, end: str) -> None:
    day = day_after(date.fromisoformat(start), number, unit, CALENDAR)
    assert day == date.fromisoformat(end)
