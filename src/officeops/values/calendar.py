"""The calendar of a place: its opening hours and closed days, and time counted in open minutes.

A calendar is a value and its questions are pure functions of it; `office.calendar` builds it from
the file. Hours are of the place's own clock. Minutes are real: on the day the clocks change, one
hour more or less passes between two opening hours. Moments count by their whole minute.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops.model.errors import Refused
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Minutes of a day: the latest closing time, midnight at its end.
MIDNIGHT: Final = 24 * 60
#: Days in which a place must open again: ten years, leap days included.
LONGEST: Final = 3653
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


class Hours(NamedTuple):
    """Opening hours of a day of the week, in minutes after midnight; Monday is 0."""

    weekday: int
    opens: int
    closes: int


class ClosedPart(NamedTuple):
    """Minutes of a day on which a place is closed, beside its usual hours."""

    day: date
    start: int = 0
    end: int = MIDNIGHT


class Stretch(NamedTuple):
    """A time without a break in which the place is open: from one moment until another, in UTC."""

    begin: datetime
    end: datetime


class Calendar(Value):
    """When a place is open: `hours` of each day of the week, but not on the days `closed`.

    `parts` of other days are closed too. `zone` is the place's clock, None is this machine's.
    """

    hours: tuple[tuple[Hours, ...], ...]
    closed: frozenset[date] = frozenset()
    zone: tzinfo | None = None
    parts: tuple[ClosedPart, ...] = ()

    def is_open(self, day: date) -> bool:
        """Whether the place opens at all on a day."""
        return bool(self.hours_on(day))

    def closed_parts(self, day: date) -> list[ClosedPart]:
        """Return the parts of a day on which the place is closed, the earliest first."""
        return [part for part in self.parts if part.day == day]

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        """Return the opening hours of a day, without its closed parts; none where it is closed."""
        if day in self.closed:
            return ()
        hours = self.hours[day.weekday()]
        # Asked for each day of years: few places ever close for a part of one.
        if not self.parts:
            return hours
        for part in self.closed_parts(day):
            hours = tuple(piece for one in hours for piece in _without(one, part))
        return hours

    def next_open_day(self, day: date, step: int = 1) -> date:
        """Return the first open day from a day on, the day itself if it is one; -1 looks back.

        Refuses a place that does not open for ten years.
        """
        current = day
        for _ in range(LONGEST):
            if self.is_open(current):
                return current
            current += step * _DAY
        raise self._never(day)

    def minutes(self, begin: datetime, end: datetime) -> int:
        """Return the open minutes between two moments; below zero where `end` is the earlier one.

        Raises ValueError for a datetime without a zone, here and in `after`.
        """
        begin, end = _whole(begin), _whole(end)
        if end < begin:
            return -self.minutes(end, begin)
        first, last = self._local(begin), self._local(end)
        total = timedelta()
        # Only the first day and the last can be counted in part.
        for day in {first, last}:
            for stretch in self._stretches(day):
                total += max(min(stretch.end, end) - max(stretch.begin, begin), timedelta())
        return total // _MINUTE + self._minutes_between(first + _DAY, last)

    def after(self, start: datetime, minutes: int) -> datetime:
        """Return the moment when so many open minutes have passed, in UTC.

        After none of them it is `start` itself while the place is open, else the next opening.
        Refuses a place that does not open for ten years, and minutes below zero.
        """
        if minutes < 0:
            raise Refused(
                "Open minutes count from zero.", code="out-of-range", facts={"minimum": 0}
            )
        current, left = _whole(start), minutes * _MINUTE
        first = day = self._local(current)
        while True:
            day = self.next_open_day(day)
            if day > first and (whole := self._minutes_of(day) * _MINUTE) < left:
                left -= whole
                day += _DAY
                continue
            for stretch in self._stretches(day):
                begin = max(stretch.begin, current)
                if begin + left <= stretch.end and (left or begin < stretch.end):
                    return begin + left
                left -= max(stretch.end - begin, timedelta())
            day += _DAY

    def _minutes_between(self, first: date, after: date) -> int:
        """Return the open minutes of whole days, from one until before another.

        They are counted by the week; days that are closed, or on which the clocks change, are then
        put right.
        """
        usual = [self._usual_minutes(weekday) for weekday in range(7)]
        weeks, rest = divmod(max((after - first).days, 0), 7)
        weekdays = range(first.weekday(), first.weekday() + rest)
        total = weeks * sum(usual) + sum(usual[weekday % 7] for weekday in weekdays)
        odd = set(_days_within(_in_order(self.closed), first, after))
        odd.update(part.day for part in self.parts if first <= part.day < after)
        for year in range(first.year, after.year + 1):
            odd.update(_days_within(_changes(self.zone, year), first, after))
        return total + sum(self._minutes_of(day) - usual[day.weekday()] for day in odd)

    def _usual_minutes(self, weekday: int) -> int:
        return sum(hours.closes - hours.opens for hours in self.hours[weekday])

    def _minutes_of(self, day: date) -> int:
        """Return the open minutes of a whole day; only a change of the clocks needs its moments."""
        if day not in _changes(self.zone, day.year):
            return sum(hours.closes - hours.opens for hours in self.hours_on(day))
        times = (max(stretch.end - stretch.begin, timedelta()) for stretch in self._stretches(day))
        return sum(times, timedelta()) // _MINUTE

    def _stretches(self, day: date) -> Iterator[Stretch]:
        """Yield the open times of a day, the earliest first."""
        for hours in self.hours_on(day):
            yield Stretch(self._moment(day, hours.opens), self._moment(day, hours.closes))

    def _local(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _moment(self, day: date, minute: int) -> datetime:
        """Return a time of the clock in UTC.

        One that the clock leaves out is as much later, and of one that it shows twice it is the
        first.
        """
        clock = datetime(day.year, day.month, day.day) + minute * _MINUTE  # noqa: DTZ001 - zoned below
        return clock.replace(tzinfo=self.zone).astimezone(UTC)

    def _never(self, day: date) -> Refused:
        return Refused(
            f"The office is not open on any day within ten years of {day}; "
            "add its opening hours first.",
            code="never-open",
        )


def calendar_of(
    hours: Iterable[Hours],
    closed: Iterable[date] = (),
    zone: tzinfo | None = None,
    parts: Iterable[ClosedPart] = (),
) -> Calendar:
    """Make a calendar. Hours of a day that meet or overlap become one."""
    by_weekday: list[tuple[Hours, ...]] = []
    listed = sorted(hours)
    for weekday in range(7):
        ofday = [hour for hour in listed if hour.weekday == weekday]
        by_weekday.append(tuple(_joined(ofday)))
    return Calendar(tuple(by_weekday), frozenset(closed), zone, tuple(sorted(parts)))


def _without(hours: Hours, part: ClosedPart) -> Iterator[Hours]:
    """Yield the hours before a closed part, and those after it."""
    if hours.opens < min(hours.closes, part.start):
        yield hours._replace(closes=min(hours.closes, part.start))
    if max(hours.opens, part.end) < hours.closes:
        yield hours._replace(opens=max(hours.opens, part.end))


def _joined(hours: list[Hours]) -> Iterator[Hours]:
    """Yield sorted hours of one day, joined where one begins before or when another ends."""
    current: Hours | None = None
    for following in hours:
        if current is None or following.opens > current.closes:
            if current is not None:
                yield current
            current = following
        else:
            current = current._replace(closes=max(current.closes, following.closes))
    if current is not None:
        yield current


@lru_cache(maxsize=64)
def _in_order(days: frozenset[date]) -> list[date]:
    return sorted(days)


def _days_within(days: list[date], first: date, after: date) -> list[date]:
    """Return the days in order from one until before another."""
    return days[bisect_left(days, first) : bisect_left(days, after)]


@lru_cache(maxsize=256)
def _changes(zone: tzinfo | None, year: int) -> list[date]:
    """List the days of a year on which the clocks change: two in most zones, none in many."""
    changes: list[date] = []
    week = date(year, 1, 1)
    # No clock changes twice in a week, so most days need not be asked about.
    while week.year == year:
        if _offset(week, zone) != _offset(week + 7 * _DAY, zone):
            days = [week + number * _DAY for number in range(7)]
            changes += (day for day in days if _offset(day, zone) != _offset(day + _DAY, zone))
        week += 7 * _DAY
    return changes


def _offset(day: date, zone: tzinfo | None) -> timedelta | None:
    """Return how far the clock is from UTC when a day begins."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return midnight.utcoffset() if zone else midnight.astimezone().utcoffset()


def _whole(moment: datetime) -> datetime:
    """Return a moment in UTC without its seconds. Raises ValueError where its clock is unknown."""
    if moment.tzinfo is None:
        raise ValueError(
            f"{moment.isoformat()} has no zone, so nobody knows the moment: take a field's value or "
            "office.now(), or give a zone, as in datetime(2026, 3, 2, 9, tzinfo=UTC)"
        )
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
