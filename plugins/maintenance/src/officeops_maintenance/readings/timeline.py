"""Timeline: what people and loggers read of a unit, in one order of time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops_maintenance.readings.monitored_unit import COLDEST, HOTTEST
from officeops_maintenance.readings.stretch import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.readings.limits import Limits
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: By day as well, since that is what has an index.
_READ: Final = """
SELECT taken_at, verdict, current, lowest, highest FROM maintenance_temperature_reading
WHERE unit_id = ? AND day BETWEEN ? AND ? AND archived_at IS NULL
"""
#: Data of an older release has no verdict.
_LOGGED: Final = """
SELECT taken_at, verdict, temperature FROM maintenance_logger_reading
WHERE unit_id = ? AND taken_at BETWEEN ? AND ? AND archived_at IS NULL ORDER BY taken_at
"""
_FIRST_BACK: Final = """
SELECT min(taken_at) FROM (
    SELECT taken_at FROM maintenance_temperature_reading
    WHERE unit_id = ?1 AND day BETWEEN ?4 AND ?5 AND archived_at IS NULL AND verdict = 'ok'
        AND taken_at > ?2 AND taken_at <= ?3
    UNION ALL SELECT * FROM (
        SELECT taken_at FROM maintenance_logger_reading
        WHERE unit_id = ?1 AND taken_at > ?2 AND taken_at <= ?3 AND archived_at IS NULL
            AND ifnull(verdict = 'ok', temperature BETWEEN ?6 AND ?7)
        ORDER BY taken_at LIMIT 1))
"""
_LAST_WELL: Final = """
SELECT max(taken_at) FROM (
    SELECT taken_at FROM maintenance_temperature_reading
    WHERE unit_id = ?1 AND archived_at IS NULL AND verdict = 'ok' AND taken_at < ?2
    UNION ALL SELECT * FROM (
        SELECT taken_at FROM maintenance_logger_reading
        WHERE unit_id = ?1 AND taken_at < ?2 AND archived_at IS NULL
            AND ifnull(verdict = 'ok', temperature BETWEEN ?3 AND ?4)
        ORDER BY taken_at DESC LIMIT 1))
"""
_DAY: Final = timedelta(days=1)


def between(
    office: Office,
    unit: MonitoredUnit,
    first: datetime,
    last: datetime,
) -> list[Moment]:
    """Return the readings of a unit from one moment to another, both included, by time."""
    limits = unit.limits(office)
    days = [(first - _DAY).date().isoformat(), (last + _DAY).date().isoformat()]
    moments = [_read(row, limits) for row in office.rows(_READ, unit.id, *days)]
    # A reading of another time zone's day may be of another day here, hence the day more.
    moments = [moment for moment in moments if first <= moment.at <= last]
    moments += _logged(office, unit, first, last)
    return sorted(moments, key=lambda moment: moment.at)


def _read(row: tuple[str, str, int, int | None, int | None], limits: Limits) -> Moment:
    taken_at, verdict, current, lowest, highest = row
    is_back = verdict == "ok" or limits.verdict(current) == "ok"
    known = [degrees for degrees in (current, lowest, highest) if degrees is not None]
    at = datetime.fromisoformat(taken_at)
    return Moment(at, verdict, is_back, min(known), max(known), is_new=False)


def _logged(
    office: Office,
    unit: MonitoredUnit,
    first: datetime,
    last: datetime,
) -> Iterator[Moment]:
    limits = unit.limits(office)
    rows = office.rows(_LOGGED, unit.id, first.isoformat(), last.isoformat())
    for taken_at, known, degrees in rows:
        verdict = known or limits.verdict(degrees)
        at = datetime.fromisoformat(taken_at)
        yield Moment(at, verdict, verdict == "ok", degrees, degrees, is_new=False)


def first_back(
    office: Office,
    unit: MonitoredUnit,
    after: datetime,
    until: datetime,
) -> datetime | None:
    """Return when a unit was first read within range after a moment; None where it was not."""
    low, high = _bounds(office, unit)
    days = [(after - _DAY).date().isoformat(), (until + _DAY).date().isoformat()]
    span = after.isoformat(), until.isoformat()
    # The database stops at the first one: a logger has a reading every few minutes.
    text = office.value(_FIRST_BACK, unit.id, *span, *days, low, high)
    return datetime.fromisoformat(text) if text else None


def last_well(
    office: Office,
    unit: MonitoredUnit,
    before: datetime,
) -> datetime | None:
    """Return when a unit was last read within range before a moment; None where it was not."""
    text = office.value(_LAST_WELL, unit.id, before.isoformat(), *_bounds(office, unit))
    return datetime.fromisoformat(text) if text else None


def _bounds(office: Office, unit: MonitoredUnit) -> tuple[int, int]:
    limits = unit.limits(office)
    low = COLDEST if limits.low is None else limits.low
    return low, HOTTEST if limits.high is None else limits.high
