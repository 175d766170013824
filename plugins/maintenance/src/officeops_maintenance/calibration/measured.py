"""What a unit measured since its last good calibration, which is in doubt once it was found off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, Subject, Task
from officeops.values import wording
from officeops_maintenance.calibration.back_dated import ignored, last_good, why_ignored
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_LOGS: Final = """
equipment_id = ?1 OR logger_serial = (SELECT serial FROM maintenance_equipment WHERE id = ?1)
"""
_READ: Final = """
SELECT count(*) FROM maintenance_temperature_reading
WHERE unit_id = ? AND day BETWEEN ? AND ? AND archived_at IS NULL
"""
_AS_STANDARD: Final = """
state = 'passed' AND done_on BETWEEN ?2 AND ?3 AND standard_id IN (
    SELECT id FROM maintenance_reference_standard WHERE equipment_id = ?1)
"""
_DONE: Final = """
about_key = 'maintenance.equipment' AND about_id = ? AND state IN ('done', 'signed')
AND done_at >= ? AND done_at < ?
AND id IN (SELECT task_id FROM core_answer WHERE archived_at IS NULL)
"""
#: Of a unit that was never calibrated here, everything is in doubt.
_EVER: Final = "0001-01-01"


def in_doubt_since(office: Office, calibration: Calibration) -> date | None:
    """Return the day of the last good calibration before one; None where there is none."""
    good = last_good(office, calibration)
    return good.done_on if good else None


def measured(office: Office, calibration: Calibration) -> Iterator[PageLine]:
    """Yield what the unit of a calibration measured since the last good one, as the file has it."""
    since = in_doubt_since(office, calibration)
    days = (since.isoformat() if since else _EVER, calibration.done_on.isoformat())
    for good in ignored(office, calibration):
        subject = Subject(Calibration.meta.key, good.id)
        yield PageLine("", why_ignored(good), subject)
    yield from _temperatures(office, calibration.equipment_id, days)
    yield from _calibrations(office, calibration.equipment_id, days)
    yield from _tests(office, calibration, since)
    # The office keeps no patients, so a person has to look there.
    begin = f"from {since}" if since else "at any time"
    yield PageLine("", f"Of patients the EHR knows: {begin} to {calibration.done_on}")


def _temperatures(
    office: Office,
    unit_id: int,
    days: tuple[str, str],
) -> Iterator[PageLine]:
    # A number of readings tells of them, so it needs the right to see them.
    if not office.may_view(TemperatureReading):
        return
    for unit in office.all(MonitoredUnit, _LOGS, unit_id):
        number = office.value(_READ, unit.id, *days)
        text = f"{wording.count(number, 'temperature')} of {unit.name}"
        yield PageLine("", text, Subject(MonitoredUnit.meta.key, unit.id))


def _calibrations(
    office: Office,
    unit_id: int,
    days: tuple[str, str],
) -> Iterator[PageLine]:
    """Yield the calibrations in which the unit was the standard."""
    for other in office.all(Calibration, _AS_STANDARD, unit_id, *days):
        unit = office.label(office.record("maintenance.equipment"), other.equipment_id)
        text = f"{other.human_key} of {unit} on {other.done_on}: it was the standard"
        yield PageLine("", text, Subject(Calibration.meta.key, other.id))


def _tests(
    office: Office,
    calibration: Calibration,
    since: date | None,
) -> Iterator[PageLine]:
    """Yield the number of tasks about the unit that have answers."""
    if not office.may_view(Task):
        return
    begin = office.ways.moment(since, 0).isoformat() if since else _EVER
    end = office.ways.moment(calibration.done_on, 24 * 60).isoformat()
    tasks = list(office.all(Task, _DONE, calibration.equipment_id, begin, end))
    if tasks:
        yield PageLine("", f"{wording.count(len(tasks), 'checklist')} about it")
