"""Overlaps: two patterns of one person that have shifts at the same time, and the first such day."""

from __future__ import annotations

from datetime import timedelta
from math import lcm
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.cycle import ANCHOR, DAYS
from officeops_hr.roster.shift_pattern import WEEKDAYS, ShiftPattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=DAYS)
_OTHERS: Final = "person_id = ? AND id <> ?"


def overlapping(
    office: Office,
    pattern: ShiftPattern,
    person_id: int,
) -> Iterator[tuple[ShiftPattern, date]]:
    """Yield the patterns of a person that share time with another one, each with the first day."""
    others = office.all(
        ShiftPattern,
        _OTHERS,
        person_id,
        pattern.id or 0,
    )
    for other in others:
        day = shared_day(pattern, other)
        if day is not None:
            yield other, day


def shared_day(pattern: ShiftPattern, other: ShiftPattern) -> date | None:
    """Return the first day on which a pattern has a shift at a time of another's; None for never.

    The patterns are of one person.
    """
    begins = [row.first_day for row in (pattern, other) if row.first_day]
    # A night of the day before may reach into the first one.
    day = max(begins, default=ANCHOR) - _ONE_DAY
    weekday = WEEKDAYS.index(pattern.weekday)
    while day.weekday() != weekday:
        day += _ONE_DAY
    # Two cycles meet again after as many weeks as both divide; a night may need one week more.
    for _ in range(lcm(pattern.cycle, other.cycle) + 2):
        if pattern.is_on(day) and _meets(pattern, other, day):
            return day
        day += _WEEK
    return None


def _meets(
    pattern: ShiftPattern,
    other: ShiftPattern,
    day: date,
) -> bool:
    shift = pattern.shift_on(day)
    for beside in (day - _ONE_DAY, day, day + _ONE_DAY):
        if other.is_on(beside):
            theirs = other.shift_on(beside)
            if shift.clashes(theirs):
                return True
    return False
