"""The rows of a month's log for programs, with their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops_maintenance.readings.month_log import LogLine

#: The fields in their order, each with its kind.
_KINDS: Final = {
    "day": "date",
    "slot": "text",
    "state": "text",
    "taken_at": "instant",
    "current": "temperature",
    "lowest": "temperature",
    "highest": "temperature",
    "read_by": "text",
    "logger_lowest": "temperature",
    "logger_highest": "temperature",
    "remark": "text",
}


def fields() -> Iterator[Field]:
    """Yield the fields of a log's rows."""
    for name, kind in _KINDS.items():
        declared: Any = field(kind=kind, default=None)
        yield declared.named(name, "")


def row_of(line: LogLine) -> list[object]:
    """Return a line's values in the order of `fields`."""
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
    ]
