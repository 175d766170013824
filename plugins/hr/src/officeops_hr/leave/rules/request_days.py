"""Request days: the minutes of a request for each date, from a person's own hours and closed days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.leave.rules.promise import Asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

#: The parts of a day that somebody may ask for.
PARTS: Final = ("days", "morning", "afternoon", "hours")
_DAY: Final = timedelta(days=1)


def request_days(
    first: date,
    last: date,
    usual: Callable[[date], int],
    *,
    part: str = "days",
    minutes: int | None = None,
) -> list[Asked]:
    """Return the minutes of leave on each date on which the person would have worked.

    `usual` returns the minutes that the person works on a date; it is 0 on closed days. A morning
    and an afternoon always add up to the day. Hours are at most those of the day.
    """
    asked = []
    day = first
    while day <= last:
        some = _part_of(usual(day), part, minutes)
        if some:
            asked.append(Asked(day, some))
        day += _DAY
    return asked


def _part_of(
    whole: int,
    part: str,
    minutes: int | None,
) -> int:
    if part == "hours":
        return min(whole, minutes or 0)
    # The odd minute goes to the morning, so that both make the whole day.
    if part == "morning":
        return (whole + 1) // 2
    if part == "afternoon":
        return whole // 2
    return whole
