"""What the log of a month costs out of a million readings, beside the SELECTs that it needs.

Twenty units with a reading every ten minutes, as loggers give them, and two a day by hand.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from officeops.exchange.paper.plain import text_lines
from officeops.office.office import Office, open_office
from officeops_maintenance.readings.log_page import log_page
from officeops_maintenance.readings.logger_reading import LoggerReading
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.month_log import LOGGED, READINGS, MonthLog
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNITS, READ = 20, 1_000_000
#: Minutes between two readings of a logger.
STEP = 10
#: A month in the middle of them.
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
BEGAN = datetime(2025, 9, 1, tzinfo=UTC)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of a month's log, in this process."""
    with closing(_office(folder)) as office:
        unit = office.get(MonitoredUnit, UNITS // 2)
        days = FIRST.isoformat(), LAST.isoformat()
        begin = office.ways.moment(FIRST, 0).isoformat()
        after = office.ways.moment(LAST + timedelta(days=1), 0).isoformat()

        def selected() -> None:
            office.store.db.execute(READINGS, (unit.id, *days)).fetchall()
            office.store.db.execute(LOGGED, (unit.id, begin, after)).fetchall()

        yield figure(
            f"the rows of a month's log out of {READ:,} readings",
            "its SELECTs, by index",
            lambda: busy(lambda: list(MonthLog(office, unit, FIRST, LAST).lines())),
            lambda: busy(selected),
            limit=2,
            aim=1.5,
            rounds=41,
        )

        yield figure(
            "the page of it, before it is printed",
            "its SELECTs, by index",
            lambda: busy(lambda: log_page(office, MonthLog(office, unit, FIRST, LAST))),
            lambda: busy(selected),
            limit=2,
            aim=1.5,
            rounds=41,
        )

        def printed() -> None:
            page = log_page(office, MonthLog(office, unit, FIRST, LAST))
            "\n".join(text_lines(page))

        yield figure(
            "the page of it as plain text",
            "its SELECTs, by index",
            lambda: busy(printed),
            lambda: busy(selected),
            limit=2,
            aim=1.8,
            rounds=41,
        )


def _office(folder: Path) -> Office:
    """Make an office with a million readings of loggers, and half a year of those by hand."""
    office = open_office(
        folder / "log.db", create=True, actor="benchmark", only=["maintenance", "vendors"]
    )
    units = [
        {"name": f"Refrigerator {number}", "first_on": "2025-09-01"} for number in range(UNITS)
    ]
    with office.acting("benchmark"):
        office.add_many(MonitoredUnit, [{**unit, "shows_range": False} for unit in units])
    each = READ // UNITS
    for unit_id in range(1, UNITS + 1):
        with office.acting("benchmark"):
            office.add_many(LoggerReading, [_logged(unit_id, number) for number in range(each)])
            office.add_many(TemperatureReading, [_read(unit_id, half) for half in range(500)])
    return office


def _logged(unit_id: int, number: int) -> dict[str, Any]:
    moment = BEGAN + timedelta(minutes=STEP * number)
    return {
        "unit_id": unit_id,
        "taken_at": moment.isoformat(),
        "day": moment.date().isoformat(),
        "temperature": 400 + number % 97,
    }


def _read(unit_id: int, half: int) -> dict[str, Any]:
    moment = BEGAN + timedelta(hours=12 * half + 7)
    return {
        "unit_id": unit_id,
        "day": moment.date().isoformat(),
        "slot": ("am", "pm")[half % 2],
        "taken_at": moment.isoformat(),
        "current": 450,
        "read_by": "benchmark",
    }
