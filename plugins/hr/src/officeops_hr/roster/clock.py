"""Times of shifts as a narrow table has them: 7:30-5 in seven cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from officeops_hr.roster.shift import Shift

_HALF: Final = 720
_HOUR: Final = 60


def short(minutes: int) -> str:
    """Write a time by its hour as people say it: 8, 730, 5."""
    hour, minute = divmod(minutes % _HALF, _HOUR)
    hour = hour or 12
    return f"{hour}{minute:02}" if minute else str(hour)


def cell(shift: Shift) -> str:
    """Write a shift for a table: 730-5."""
    return f"{short(shift.starts_at)}-{short(shift.ends_at)}"


def time(minutes: int) -> str:
    """Write a time in full: 07:30; past midnight it is the next day's."""
    hour, minute = divmod(minutes % DAY, _HOUR)
    return f"{hour:02}:{minute:02}"


def span(start: int, end: int) -> str:
    """Write a stretch of a day: 07:30-12:00."""
    return f"{time(start)}-{time(end)}"
