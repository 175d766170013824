"""MonthLog: the days of a unit's log, each reading, gap and closed day a line; loggers beside them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Value
from officeops_maintenance.readings.gaps import LogDays
from officeops_maintenance.readings.held_lots import words_for
from officeops_maintenance.readings.limits_in_force import first_broken, in_force
from officeops_maintenance.readings.slot import Slot, slot_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.readings.limits import Limits
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

READINGS: Final = """
SELECT day, slot, taken_at, current, lowest, highest, verdict, read_by, note, excursion_id,
    id
FROM maintenance_temperature_reading
WHERE unit_id = ? AND day BETWEEN ? AND ? AND archived_at IS NULL
ORDER BY day, slot, id
"""
#: By the moments of the month's first and last day, as those are indexed.
LOGGED: Final = """
SELECT day, min(temperature), max(temperature), count(*) FROM maintenance_logger_reading
WHERE unit_id = ? AND taken_at >= ? AND taken_at < ? AND archived_at IS NULL
GROUP BY day
"""
#: Those that were open for a part of some days, also by readings of a logger.
EXCURSIONS: Final = """
SELECT id, verdict, started_at, ifnull(last_out_at, started_at) FROM maintenance_excursion
WHERE unit_id = ? AND started_at < ? AND ifnull(last_out_at, started_at) >= ?
AND state <> 'withdrawn' AND archived_at IS NULL ORDER BY started_at, id
"""


class LogLine(Value):
    """A line of a log: a reading, a gap, or a day that asks for none.

    `state` is `read`, `gap`, `to read`, `closed`, `out of service`, or `logged` for a day of which a logger
    alone says something so far; `is_out` is for a reading out of range. Temperatures are in hundredths of °C.
    `limits` are those that a reading is judged by, which were in force then; None without a reading.
    `logged` are the lowest and the highest that a logger measured on the day; None without one.
    """

    day: date
    half: str
    state: str
    taken_at: datetime | None = None
    current: int | None = None
    lowest: int | None = None
    highest: int | None = None
    read_by: str = ""
    remark: str = ""
    logged: tuple[int, int] | None = None
    is_out: bool = False
    limits: Limits | None = None


class MonthLog:
    """The log of a unit over some days, usually a month."""

    def __init__(
        self,
        office: Office,
        unit: MonitoredUnit,
        first: date,
        last: date,
        *,
        to_write: bool = False,
    ) -> None:
        """Read the readings and the logger's data of the days, both included.

        `to_write` has a line for each reading that is still to come, for a log on paper.
        """
        self.unit, self.first, self.last = unit, first, last
        days = first.isoformat(), last.isoformat()
        self._rows = office.rows(READINGS, unit.id, *days)
        self._days = LogDays(office, unit, first, last, [(row[0], row[1]) for row in self._rows])
        begin, after = office.ways.moment(first, 0), office.ways.moment(last + timedelta(days=1), 0)
        logged = office.rows(LOGGED, unit.id, begin.isoformat(), after.isoformat())
        self._logged = {day: (low, high) for day, low, high, _ in logged}
        span = after.isoformat(), begin.isoformat()

        def day_of(moment: str) -> date:
            return office.ways.day_of(datetime.fromisoformat(moment))

        self._excursions = [
            (f"{words_for(verdict).upper()}, EX-{number}", day_of(first), day_of(last))
            for number, verdict, first, last in office.rows(EXCURSIONS, unit.id, *span)
        ]
        self._now = slot_now(office)
        self.to_write = to_write
        self._office = office
        #: The limits of a unit that never had others: a log may be long.
        self._always = unit.limits(office) if unit.had_limits is None else None

    def has_unexplained(self) -> bool:
        """Tell whether a reading is missing for which nobody gave a reason."""
        return any(not gap.reason for gap in self._days.gaps())

    def lines(self) -> Iterator[LogLine]:
        """Yield the lines in the order of time; days that are still to come have none."""
        # By day, so that a long log goes through its readings once.
        rows: dict[str, list[Any]] = {}
        for row in self._rows:
            rows.setdefault(row[0], []).append(row)
        gaps = {gap.slot: gap.reason for gap in self._days.gaps()}
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            text = day.isoformat()
            yield from self._of_day(day, rows.get(text, []), gaps, self._logged.get(text))

    def _of_day(
        self,
        day: date,
        rows: list[Any],
        gaps: dict[Slot, str],
        logged: tuple[int, int] | None,
    ) -> Iterator[LogLine]:
        lines = [self._read(day, row, logged) for row in rows]
        for half in self.unit.slots:
            slot = Slot(day, half)
            if slot in gaps:
                remark = f"not read: {gaps[slot]}" if gaps[slot] else "NOT READ"
                lines.append(LogLine(day, half, "gap", remark=remark, logged=logged))
        # A stable sort: readings of one half stay in their order of time.
        lines.sort(key=lambda line: line.half)
        # A closed day has a line only within the log: neither before it began nor in the future.
        is_within = self._days.first <= day <= self._now.day
        if not lines and is_within and (why := self._days.why_none(day)):
            lines.append(LogLine(day, "", why, remark=why, logged=logged))
        if self.to_write and day >= self._now.day:
            lines += self._to_come(day, lines)
        further = self._further(day, lines)
        if not lines and (logged or further):
            lines.append(LogLine(day, "", "logged", logged=logged))
        if further:
            words = filter(None, (lines[-1].remark, *further))
            lines[-1] = lines[-1].replace(remark="; ".join(words))
        yield from lines

    def _to_come(self, day: date, lines: list[LogLine]) -> Iterator[LogLine]:
        """Yield a line for each reading that a day still asks for, or why it asks for none."""
        if why := self._days.why_none(day):
            if not lines:
                yield LogLine(day, "", why, remark=why)
            return
        slots = self.unit.slots
        # A reading of the afternoon fills a day that asks for one.
        there = set(slots) if lines and len(slots) == 1 else {line.half for line in lines}
        yield from (LogLine(day, half, "to read") for half in slots if half not in there)

    def _further(self, day: date, lines: list[LogLine]) -> list[str]:
        """Return the excursions of a day that no reading of it names: a logger's, or of before."""
        named = " ".join(line.remark for line in lines)
        return [
            words
            for words, first, last in self._excursions
            if first <= day <= last and f"{words.rpartition(', ')[2]} " not in f"{named} "
        ]

    def _read(
        self,
        day: date,
        row: Any,  # noqa: ANN401 - a row
        logged: tuple[int, int] | None,
    ) -> LogLine:
        _, half, taken, current, lowest, highest, verdict, read_by, note, excursion_id, number = row
        remarks = []
        if verdict != "ok":
            remarks.append(f"{words_for(verdict).upper()}, EX-{excursion_id}")
        if note:
            remarks.append(note)
        taken_at = datetime.fromisoformat(taken)
        limits = self._always
        if limits is None:
            of_then = in_force(self._office, self.unit, taken_at, number)
            limits = first_broken(of_then, current, lowest, highest)
        return LogLine(
            day,
            half,
            "read",
            taken_at,
            current,
            lowest,
            highest,
            read_by,
            "; ".join(remarks),
            logged,
            is_out=verdict != "ok",
            limits=limits,
        )
