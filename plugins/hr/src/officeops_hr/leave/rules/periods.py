"""Periods: the leave year, and the stretches of it after which leave accrues."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY: Final = timedelta(days=1)
#: Months of the periods that are counted in months.
MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
#: Days of the periods that follow the payroll.
DAYS: Final = {"week": 7, "two_weeks": 14}
#: How often leave may accrue, the most often first.
FREQUENCIES: Final = ("week", "two_weeks", "half_month", *MONTHS)
#: The first days of a month are one half of it, and the rest, of 13 to 16 days, is the other.
_HALF: Final = 15


class Span(NamedTuple):
    """Days from a first to a last one, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The number of days; below one for a span that ends before it begins."""
        return (self.last - self.first).days + 1

    def within(self, other: Span) -> Span:
        """Return the days that are in both."""
        return Span(max(self.first, other.first), min(self.last, other.last))


class Begins(NamedTuple):
    """The day on which a leave year begins."""

    month: int = 1
    day: int = 1

    def in_year(self, year: int) -> date:
        """Return it in a year; the 29th of February is the 28th in most."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last one where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    return Begins(month + 1, day.day).in_year(day.year + years)


def leave_year(day: date, begins: Begins) -> Span:
    """Return the leave year that a day is in."""
    first = begins.in_year(day.year)
    if day < first:
        first = begins.in_year(day.year - 1)
    return Span(first, begins.in_year(first.year + 1) - _DAY)


def periods(
    year: Span,
    frequency: str,
    anchor: date,
) -> list[Span]:
    """Return the periods of a leave year, in order.

    Periods of the payroll count from `anchor`, the first day of one of them, and belong to the year
    in which they end. Those of months begin with the year.
    """
    if frequency in DAYS:
        return list(_of_days(year, DAYS[frequency], anchor))
    if frequency == "half_month":
        return [half for month in _of_months(year, 1) for half in _halves(month)]
    return list(_of_months(year, MONTHS[frequency]))


def _of_days(
    year: Span,
    length: int,
    anchor: date,
) -> Iterator[Span]:
    # Also for a year before the anchor, since the remainder is never below zero.
    into = (year.first - anchor).days % length
    first = year.first - into * _DAY
    while True:
        last = first + (length - 1) * _DAY
        if last > year.last:
            return
        yield Span(first, last)
        first = last + _DAY


def _of_months(year: Span, length: int) -> Iterator[Span]:
    first = year.first
    for months in range(length, 13, length):
        following = months_after(year.first, months)
        # The year's own end counts: a year that began on a leap day ends before the next one.
        last = year.last if months == 12 else following - _DAY
        yield Span(first, last)
        first = last + _DAY


def _halves(month: Span) -> Iterator[Span]:
    middle = month.first + (_HALF - 1) * _DAY
    yield Span(month.first, middle)
    yield Span(middle + _DAY, month.last)
