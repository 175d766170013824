"""Dates that follow from an event: so many hours, days, open days, weeks or months after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.leave.rules.periods import months_after

if TYPE_CHECKING:
    from typing import Protocol

    class OpenDays(Protocol):
        """What the dates ask of a calendar."""

        def next_open_day(self, day: date, step: int = 1) -> date:
            """Return the first open day from a day on."""
            ...


UNITS: Final = ("hour", "day", "open_day", "week", "month", "day_after_year")
_DAY: Final = timedelta(days=1)


def moment_after(start: datetime, hours: int) -> datetime:
    """Return the moment so many hours later; a change of the clocks in between counts as it is."""
    # Wall clocks jump twice a year, hours of a law do not.
    return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(start.tzinfo)


def day_after(
    start: date,
    number: int,
    unit: str,
    calendar: OpenDays,
) -> date:
    """Return the day so many days, open days, weeks or months after an event.

    The day of the event is not counted. A month later is the same day of that month, or its last.
    `day_after_year` counts days from the end of the event's calendar year.
    """
    if unit == "month":
        return months_after(start, number)
    if unit == "open_day":
        day = start
        for _ in range(number):
            day = calendar.next_open_day(day + _DAY)
        return day
    if unit == "day_after_year":
        start = date(start.year, 12, 31)
    return start + timedelta(weeks=number) if unit == "week" else start + timedelta(days=number)
