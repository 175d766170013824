"""The rows of a month's log for programs, with their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_maintenance.columns import column

if TYPE_CHECKING:
    from officeops_maintenance.readings.month_log import LogLine

COLUMNS: Final = (
    column("day", "date"),
    column("slot"),
    column("state"),
    column("taken_at", "instant"),
    column("current", "temperature"),
    column("lowest", "temperature"),
    column("highest", "temperature"),
    column("read_by"),
    column("logger_lowest", "temperature"),
    column("logger_highest", "temperature"),
    column("remark"),
    column("limit_low", "temperature"),
    column("limit_high", "temperature"),
)


def row_of(line: LogLine) -> list[object]:
    """Return a line's values in the order of the columns."""
    low, high = line.logged or (None, None)
    taken_at = line.taken_at.isoformat() if line.taken_at else None
    return [
        line.day.isoformat(),
        line.half or None,
        line.state,
        taken_at,
        line.current,
        line.lowest,
        line.highest,
        line.read_by or None,
        low,
        high,
        line.remark or None,
        line.limits.low if line.limits else None,
        line.limits.high if line.limits else None,
    ]
