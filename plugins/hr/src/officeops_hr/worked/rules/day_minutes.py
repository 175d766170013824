"""Minutes by day: a stretch of work counts on each day in which it passes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from officeops_hr.roster.rules.shift import Shift

_MINUTE = 60


def minutes_passed(shifts: Iterable[Shift], moment: Callable[[date, int], datetime]) -> int:
    """Return the worked minutes of some stretches, in minutes that really pass."""
    return sum(sum(minutes_by_day(shift, moment).values()) for shift in shifts)


def minutes_by_day(shift: Shift, moment: Callable[[date, int], datetime]) -> dict[date, int]:
    """Return the worked minutes of each day, in minutes that really pass.

    `moment` is when the clock on the wall shows some minutes of a day. Source: 29 CFR 785.11, and
    778.105: a week ends at its hour, whatever shift goes on then. The unpaid break is taken from
    the longer part, as nobody writes down when it was.
    """

    def passed(begin: int, end: int) -> int:
        # By moments: the night in which the clocks change is an hour shorter or longer.
        seconds = moment(shift.on, end).timestamp() - moment(shift.on, begin).timestamp()
        return round(seconds / _MINUTE)

    tomorrow = shift.on + timedelta(days=1)
    parts = {shift.on: passed(shift.start, min(shift.end, DAY))}
    if shift.end > DAY:
        parts[tomorrow] = passed(DAY, shift.end)
    longer = max(parts, key=lambda day: parts[day])
    parts[longer] -= shift.pause
    return parts
