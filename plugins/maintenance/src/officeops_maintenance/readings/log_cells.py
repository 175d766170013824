"""The cells of a log's lines on paper; the same temperatures and days come again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from officeops.values import temperature_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from officeops.values import Conventions
    from officeops_maintenance.initials import Initials
    from officeops_maintenance.readings.month_log import LogLine

T = TypeVar("T")
LABELS: Final = ("Day", "", "Time", "Now", "Low", "High", "By", "Logger", "Remark")
#: Which of them are numbers, aligned to the right of their column.
RIGHT: Final = (False, False, True, True, True, True, False, True, False)
#: Room to write in.
_BLANK: Final = "_______"
#: Where a log whose limits changed has those of each reading: after what it shows.
_LIMITS: Final = 6


def with_limits(cells: Sequence[T], limits: T) -> list[T]:
    """Return the cells of a line, or what each column is, with those of its limits."""
    return [*cells[:_LIMITS], limits, *cells[_LIMITS:]]


class LogCells:
    """Writes the cells of lines, each text once."""

    def __init__(
        self,
        ways: Conventions,
        initials: Initials,
        *,
        has_range: bool = True,
    ) -> None:
        """`has_range` is for a unit whose display shows the lowest and highest."""
        self._has_range = has_range
        self._ways, self._initials = ways, initials
        self._days: dict[date, str] = {}
        self._shown: dict[int, str] = {}
        self._logged: dict[tuple[int, int], str] = {}

    def of(self, line: LogLine) -> list[str]:
        """Return the cells of a line, under the labels; one that is to come has lines to write on."""
        if line.state == "to read":
            lowest = _BLANK if self._has_range else ""
            cells = [_BLANK, _BLANK, lowest, lowest, _BLANK]
            return [self._day(line.day), line.half, *cells, "", line.remark]
        return [
            self._day(line.day),
            line.half,
            self._time(line.taken_at),
            self._degrees(line.current),
            self._degrees(line.lowest),
            self._degrees(line.highest),
            self._initials.of(line.read_by),
            self._range(line.logged),
            line.remark,
        ]

    def _day(self, day: date) -> str:
        if day not in self._days:
            self._days[day] = f"{day:%d %a}"
        return self._days[day]

    def _time(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        here = self._ways.clock(moment)
        # A third of the time that a format of the moment takes.
        return f"{here.hour:02}:{here.minute:02}"

    def _degrees(self, degrees: int | None) -> str:
        if degrees is None:
            return ""
        if degrees not in self._shown:
            self._shown[degrees] = temperature_text(degrees, self._ways.temperature)
        return self._shown[degrees]

    def _range(self, logged: tuple[int, int] | None) -> str:
        if logged is None:
            return ""
        if logged not in self._logged:
            low, high = map(self._degrees, logged)
            # With one decimal: no device is finer.
            self._logged[logged] = f"{float(low):.1f} to {float(high):.1f}"
        return self._logged[logged]
