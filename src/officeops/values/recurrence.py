"""Recurrence: on which days something is due again and again. Its dates are pure: no clock, no file.

A date has two days: the one that follows from the rule (`nominal_on`), which tells it from others,
and the one on which it is due (`due_on`), which a closed day may move.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.values.calendar import Calendar

    Unit = Literal["day", "week", "month", "year"]
    Mode = Literal["fixed", "weekdays", "nth_weekday", "floating", "meter", "first_of"]
    Policy = Literal["keep", "next", "previous", "skip"]

UNITS: Final = ("day", "week", "month", "year")
#: Those whose dates follow from the rule alone, and those of which one at a time is open: when the
#: next is due follows from when the last was closed, or from use.
REPEATING: Final = ("fixed", "weekdays", "nth_weekday")
ONE_AT_A_TIME: Final = ("floating", "meter", "first_of")
MODES: Final = (*REPEATING, *ONE_AT_A_TIME)
#: What becomes of a date on a closed day: it stays, is due on the next or the previous open day, or
#: is left out, as the reading of a refrigerator that nobody takes on a Sunday.
POLICIES: Final = ("keep", "next", "previous", "skip")
#: Which weekday of a month: the first to the fourth, or the last.
NTHS: Final = (1, 2, 3, 4, -1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)


class Dated(NamedTuple):
    """A date of a recurrence: the day that the rule gives, and the day on which it is due."""

    nominal_on: date
    due_on: date


class Recurrence(Value):
    """A rule for dates, counted from the day `anchor`, which is the first if the rule fits it.

    - `fixed`: `anchor` plus whole multiples of `every` units, each from the anchor, so nothing
      drifts; a month without the day takes its last one (31 Jan, 28 Feb, 31 Mar)
    - `weekdays`: these days of the week (Monday is 0), of every so many weeks, counted from the
      week of the anchor, Monday first; without `weekdays` the anchor's own
    - `nth_weekday`: the nth weekday of every so many months from the anchor's; -1 is the last
    - `floating`: `every` units after the last was closed; the anchor, where none was
    - `meter`: once the use since then reaches a number; `first_of`: whichever comes first

    `closed` says what becomes of a date on a closed day. No date is after `until`.
    """

    anchor: date
    every: int = 1
    unit: Unit = "month"
    mode: Mode = "fixed"
    weekdays: frozenset[int] = frozenset()
    nth: int = 1
    closed: Policy = "keep"
    until: date | None = None

    @property
    def is_one_at_a_time(self) -> bool:
        """Whether the next date follows from when the last was closed."""
        return self.mode in ONE_AT_A_TIME

    def dates(self, first: date, last: date, calendar: Calendar) -> Iterator[Dated]:
        """Yield the dates whose nominal day is from `first` to `last`, in order.

        Of modes with one at a time there are none: `after` gives the next. Refuses a calendar
        without an open day, if a closed day moves a date.
        """
        first = max(first, self.anchor)
        last = min(last, self.until) if self.until else last
        if self.closed == "keep":
            yield from (Dated(nominal, nominal) for nominal in self._nominal(first, last))
            return
        for nominal in self._nominal(first, last):
            due = self._moved(nominal, calendar)
            if due is not None:
                yield Dated(nominal, due)

    def after(self, closed_on: date | None, calendar: Calendar) -> Dated | None:
        """Return the date that follows the one that was closed on a day; None after the last one.

        Without a day nothing was closed yet, and it is the anchor.
        """
        nominal: date | None = self.anchor
        if closed_on is not None:
            nominal = plus(closed_on, self.every, self.unit)
        if nominal is None or (self.until and nominal > self.until):
            return None
        due = self._moved(nominal, calendar)
        # A date cannot be left out where the next follows from it.
        return Dated(nominal, due or calendar.next_open_day(nominal))

    def _moved(self, nominal: date, calendar: Calendar) -> date | None:
        """Return the day on which a date is due; None where it is left out."""
        if self.closed == "keep" or calendar.is_open(nominal):
            return nominal
        if self.closed == "skip":
            return None
        return calendar.next_open_day(nominal, 1 if self.closed == "next" else -1)

    def _nominal(self, first: date, last: date) -> Iterator[date]:
        if self.mode == "weekdays":
            return self._of_weekdays(first, last)
        if self.mode == "nth_weekday":
            return self._of_nth_weekday(first, last)
        return self._multiples(first, last) if self.mode == "fixed" else iter(())

    def _multiples(self, first: date, last: date) -> Iterator[date]:
        """Yield the anchor's multiples, from one that is surely not after the first wanted."""
        # Whole steps of the longest unit never pass it; the few that are left are looked at.
        step = max((first - self.anchor).days // (_LONGEST[self.unit] * self.every), 0)
        while True:
            day = plus(self.anchor, step * self.every, self.unit)
            if day is None or day > last:
                return
            if day >= first:
                yield day
            step += 1

    def _of_weekdays(self, first: date, last: date) -> Iterator[date]:
        monday = self.anchor - self.anchor.weekday() * _DAY
        weekdays = sorted(self.weekdays or {self.anchor.weekday()})
        weeks = (first - monday).days // 7
        # Back to a week that counts, since the anchor's does.
        weeks -= weeks % self.every
        while (week := plus(monday, weeks, "week")) is not None and week <= last:
            yield from _within((week + number * _DAY for number in weekdays), first, last)
            weeks += self.every

    def _of_nth_weekday(self, first: date, last: date) -> Iterator[date]:
        weekday = min(self.weekdays or {self.anchor.weekday()})
        begin = self.anchor.replace(day=1)
        months = (first.year - begin.year) * 12 + first.month - begin.month
        months -= months % self.every
        while (month := plus(begin, months, "month")) is not None and month <= last:
            yield from _within([nth_weekday(month, weekday, self.nth)], first, last)
            months += self.every


_LAST: Final = date.max.toordinal()
#: Days that a unit has at most, so that no step goes too far.
_LONGEST: Final = {"day": 1, "week": 7, "month": 31, "year": 366}


def plus(day: date, count: int, unit: Unit) -> date | None:
    """Return the day so many units later, in a shorter month its last; None beyond the last year."""
    if unit in {"day", "week"}:
        ordinal = day.toordinal() + count * _LONGEST[unit]
        return date.fromordinal(ordinal) if ordinal <= _LAST else None
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    if year > MAXYEAR:
        return None
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year, month, monthrange(year, month)[1])


def nth_weekday(month: date, weekday: int, nth: int) -> date:
    """Return the nth of a weekday in the month of a day; -1 is the last."""
    if nth == -1:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        return last - (last.weekday() - weekday) % 7 * _DAY
    first = month.replace(day=1)
    return first + (weekday - first.weekday()) % 7 * _DAY + (nth - 1) * _WEEK


def _within(days: Iterable[date], first: date, last: date) -> Iterator[date]:
    return (day for day in days if first <= day <= last)
