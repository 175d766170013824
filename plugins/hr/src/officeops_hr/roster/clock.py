"""Times of shifts as people write them: 7:30-5 in seven cells, and the way back from the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from officeops_hr.roster.shift import Shift

_HALF: Final = 720
_HOUR: Final = 60
#: An hour of the clock on the wall before which a start without more is after noon: 1-5, but 6-2.
_EARLIEST: Final = 6
#: 7, 730, 7:30, 15:30, 7a, 7:30 pm. A letter that goes on is a role: 5PA is no 5 p.m.
_TIME: Final = r"(\d{1,2}):?(\d\d)?\s?(am|pm|a|p)?(?![a-z])"
_TIMES: Final = re.compile(rf"{_TIME}\s*[-–]\s*{_TIME}", re.IGNORECASE)


def short(minutes: int) -> str:
    """Write a time by its hour as people say it: 8, 730, 5."""
    hour, minute = divmod(minutes % _HALF, _HOUR)
    hour = hour or 12
    return f"{hour}{minute:02}" if minute else str(hour)


def times(start: int, end: int) -> str:
    """Write a start and an end in the shortest way that `read_times` reads: 730-5, or 5a-8a."""
    text = f"{short(start)}-{short(end)}"
    if read_times(text) == (start, end):
        return text
    return f"{_with_half(start)}-{_with_half(end)}"


def _with_half(minutes: int) -> str:
    return f"{short(minutes)}{'p' if minutes % DAY >= _HALF else 'a'}"


def read_times(text: str) -> tuple[int, int]:
    """Read a start and an end, in minutes since midnight; an end may be on the next day.

    An hour from 1 to 5 without more begins after noon, one from 6 in the morning; the end is the
    first such time after the start. Raises ValueError.
    """
    times_of = _TIMES.fullmatch(text.strip())
    if times_of is None:
        raise ValueError(f"{text!r} is no shift: 7-3 or 7:30-15:30")
    hour, minute, half, *ends = times_of.groups()
    start = _exact(hour, minute, half)
    if start is None:
        start = _minutes(hour, minute)
        hours = start // _HOUR
        start += _HALF if 0 < hours < _EARLIEST else 0
    return start, _end(start, *ends)


def _end(
    start: int,
    hour: str,
    minute: str | None,
    half: str | None,
) -> int:
    end = _exact(hour, minute, half)
    if end is not None:
        return end if end > start else end + DAY
    end = _minutes(hour, minute) % _HALF
    # The first time after the start at which the clock on the wall shows it.
    return end + ((start - end) // _HALF + 1) * _HALF


def _exact(
    hour: str,
    minute: str | None,
    half: str | None,
) -> int | None:
    """Return a time that is one of 24 hours, or has its half of the day; None for any other."""
    minutes = _minutes(hour, minute)
    if half:
        if not 1 <= int(hour) <= 12:
            raise ValueError(f"{hour} {half} is no time")
        return minutes % _HALF + (_HALF if half.lower().startswith("p") else 0)
    is_exact = hour.startswith("0") or minutes >= _HALF + _HOUR
    return minutes % DAY if is_exact else None


def _minutes(hour: str, minute: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes >= _HOUR or (hours == 24 and minutes):
        raise ValueError(f"{hour}:{minute or '00'} is no time")
    return hours * _HOUR + minutes


def cell(shift: Shift) -> str:
    """Write a shift for a table: 730-5."""
    planned = shift.planned()
    return times(planned.start, planned.end)


def time(minutes: int) -> str:
    """Write a time in full: 07:30; past midnight it is the next day's."""
    hour, minute = divmod(minutes % DAY, _HOUR)
    return f"{hour:02}:{minute:02}"


def span(start: int, end: int) -> str:
    """Write a stretch of a day: 07:30-12:00."""
    return f"{time(start)}-{time(end)}"
