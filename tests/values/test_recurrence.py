"""Dates of a recurrence, against a slow model that asks of every day whether it is one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.errors import Refused
from officeops.values.calendar import Calendar, Hours, calendar_of
from officeops.values.meter import Reading, expected_on, reached_on, used
from officeops.values.recurrence import MODES, NTHS, POLICIES, UNITS, Recurrence, plus

DAY = timedelta(days=1)
WEEK = [Hours(weekday, 8 * 60, 17 * 60) for weekday in range(5)]
DAYS = st.dates(date(2023, 12, 1), date(2025, 3, 31))
CALENDARS = st.builds(lambda closed: calendar_of(WEEK, closed), st.lists(DAYS, max_size=9))
REPEATING = st.builds(
    Recurrence,
    anchor=DAYS,
    every=st.integers(1, 5),
    unit=st.sampled_from(UNITS),
    mode=st.sampled_from(("fixed", "weekdays", "nth_weekday")),
    weekdays=st.frozensets(st.integers(0, 6), max_size=3),
    nth=st.sampled_from(NTHS),
    closed=st.sampled_from(POLICIES),
    until=st.none() | DAYS,
)


def is_nominal(rule: Recurrence, day: date) -> bool:
    """Say by the rule's own words whether a day is one of its dates."""
    if day < rule.anchor or (rule.until and day > rule.until):
        return False
    months = (day.year - rule.anchor.year) * 12 + day.month - rule.anchor.month
    if rule.mode == "weekdays":
        weeks = (monday(day) - monday(rule.anchor)).days // 7
        weekdays = rule.weekdays or {rule.anchor.weekday()}
        return weeks % rule.every == 0 and day.weekday() in weekdays
    if rule.mode == "nth_weekday":
        weekday = min(rule.weekdays or {rule.anchor.weekday()})
        length = monthrange(day.year, day.month)[1]
        which = day.day + 7 > length if rule.nth == -1 else (day.day + 6) // 7 == rule.nth
        return months % rule.every == 0 and day.weekday() == weekday and which
    if rule.unit in {"day", "week"}:
        return (day - rule.anchor).days % (rule.every * (7 if rule.unit == "week" else 1)) == 0
    whole = months % (rule.every * (12 if rule.unit == "year" else 1)) == 0
    return whole and day.day == min(rule.anchor.day, monthrange(day.year, day.month)[1])


def monday(day: date) -> date:
    return day - day.weekday() * DAY


def due(rule: Recurrence, day: date, calendar: Calendar) -> date | None:
    if rule.closed == "keep":
        return day
    while not calendar.is_open(day):
        if rule.closed == "skip":
            return None
        day += DAY if rule.closed == "next" else -DAY
    return day


@tried(200)
@given(rule=REPEATING, first=DAYS, days=st.integers(0, 200), calendar=CALENDARS)
def test_dates_are_the_days_that_the_rule_names(
    rule: Recurrence, first: date, days: int, calendar: Calendar
) -> None:
    expected = []
    for number in range(days + 1):
        day = first + number * DAY
        if is_nominal(rule, day) and (moved := due(rule, day, calendar)):
            expected.append((day, moved))
    assert list(rule.dates(first, first + days * DAY, calendar)) == expected


@tried(100)
@given(rule=REPEATING, first=DAYS, cut=st.integers(0, 300), calendar=CALENDARS)
def test_two_stretches_have_the_dates_of_the_whole(
    rule: Recurrence, first: date, cut: int, calendar: Calendar
) -> None:
    last, middle = first + 300 * DAY, first + cut * DAY
    parts = [*rule.dates(first, middle, calendar), *rule.dates(middle + DAY, last, calendar)]
    assert parts == list(rule.dates(first, last, calendar))


@tried(100)
@given(anchor=DAYS, every=st.integers(1, 14), unit=st.sampled_from(UNITS))
def test_sixty_steps_do_not_drift(anchor: date, every: int, unit: str) -> None:
    rule = Recurrence(anchor, every, unit)  # type: ignore[arg-type] # a unit of the list
    far = plus(anchor, 60 * every, rule.unit)
    assert far is not None
    nominal = [dated.nominal_on for dated in rule.dates(anchor, far, calendar_of(WEEK))]
    assert nominal == [plus(anchor, step * every, rule.unit) for step in range(61)]
    assert nominal == sorted(set(nominal))


def test_the_end_of_a_month_comes_back() -> None:
    monthly = Recurrence(date(2026, 1, 31))
    days = [
        dated.nominal_on for dated in monthly.dates(date.min, date(2026, 4, 30), calendar_of(WEEK))
    ]
    assert [day.day for day in days] == [31, 28, 31, 30]
    yearly = Recurrence(date(2024, 2, 29), unit="year")
    leap = [
        dated.nominal_on
        for dated in yearly.dates(date(2027, 1, 1), date(2028, 12, 31), calendar_of(WEEK))
    ]
    assert leap == [date(2027, 2, 28), date(2028, 2, 29)]


def test_a_rule_ends_at_the_last_year() -> None:
    for mode in MODES:
        rule = Recurrence(date(9990, 5, 31), 7, "year", mode=mode)
        assert all(
            dated.nominal_on.year <= 9999
            for dated in rule.dates(date.min, date.max, calendar_of(WEEK))
        )
    assert (
        Recurrence(date(9999, 12, 1), mode="floating").after(date(9999, 12, 1), calendar_of(WEEK))
        is None
    )


@tried(100)
@given(
    rule=REPEATING.map(lambda rule: rule.replace(mode="floating", until=None)),
    closed_on=DAYS,
    calendar=CALENDARS,
)
def test_a_floating_date_follows_from_when_the_last_was_closed(
    rule: Recurrence, closed_on: date, calendar: Calendar
) -> None:
    assert list(rule.dates(date.min, date.max, calendar)) == []
    begin, following = rule.after(None, calendar), rule.after(closed_on, calendar)
    assert begin is not None
    assert begin.nominal_on == rule.anchor
    assert following is not None
    assert following.nominal_on == plus(closed_on, rule.every, rule.unit)
    moved = due(
        rule.replace(closed="next") if rule.closed == "skip" else rule,
        following.nominal_on,
        calendar,
    )
    assert following.due_on == moved


def test_a_place_that_never_opens_is_refused_only_where_a_date_moves() -> None:
    never = Calendar(((),) * 7)
    kept = Recurrence(date(2026, 1, 1))
    assert len(list(kept.dates(date(2026, 1, 1), date(2026, 12, 31), never))) == 12
    assert not list(kept.replace(closed="skip").dates(date(2026, 1, 1), date(2026, 12, 31), never))
    with pytest.raises(Refused):
        list(kept.replace(closed="next").dates(date(2026, 1, 1), date(2026, 12, 31), never))


# -- use ------------------------------------------------------------------------------------------

READINGS = st.lists(
    st.builds(Reading, DAYS, st.integers(0, 500), st.booleans()),
    min_size=1,
    max_size=12,
    unique_by=lambda reading: reading.on,
)


@tried(100)
@given(readings=READINGS, since=st.none() | DAYS, number=st.integers(1, 900))
def test_a_number_is_reached_on_the_first_day_that_has_it(
    readings: list[Reading], since: date | None, number: int
) -> None:
    by_day = used(readings)
    assert all(use >= 0 for _, use in by_day)
    reached = reached_on(readings, since, number)
    wanted = None
    for day, _ in by_day:
        total = sum(use for on, use in by_day if on <= day and (since is None or on > since))
        if total >= number:
            wanted = day
            break
    assert reached == wanted


def test_a_counter_that_starts_anew_goes_on() -> None:
    begin = date(2026, 1, 1)
    readings = [
        Reading(begin, 900),
        Reading(begin + 10 * DAY, 990),
        Reading(begin + 20 * DAY, 30),  # it began again at 0
        Reading(begin + 30 * DAY, 500, reset=True),  # a new counter, bought at 500
        Reading(begin + 40 * DAY, 520),
    ]
    assert [use for _, use in used(readings)] == [90, 30, 20]
    assert reached_on(readings, None, 140) == begin + 40 * DAY
    assert reached_on(readings, begin + 10 * DAY, 60) is None
    # 50 since the day, 3.5 a day over the 40 days: 50 more take 15 days.
    assert expected_on(readings, begin + 10 * DAY, 100, begin + 40 * DAY) == begin + 55 * DAY
    assert expected_on(readings, None, 100, begin + 400 * DAY) is None
