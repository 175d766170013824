"""Booking: a reading is kept, and what it says of its unit: that it is out of range, or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values import wording
from officeops_maintenance.readings.gaps import unexplained
from officeops_maintenance.readings.limits_in_force import in_force, verdict_of
from officeops_maintenance.readings.log_tasks import close_read
from officeops_maintenance.readings.out_of_range import judge
from officeops_maintenance.readings.slot import Slot
from officeops_maintenance.readings.stretch import Moment

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit
    from officeops_maintenance.readings.temperature_reading import TemperatureReading


def book_reading(
    office: Office,
    unit: MonitoredUnit,
    reading: TemperatureReading,
) -> str:
    """Keep a reading inside the open action. Return the sentences of an excursion, else a blank."""
    slot = Slot(reading.day, reading.slot)
    is_earlier = slot.sort_key < unit.begins.sort_key
    if is_earlier:
        unit = _begun(office, unit, slot)
    limits = in_force(office, unit, reading.taken_at)
    temperatures = (reading.current, reading.lowest, reading.highest)
    reading.verdict = verdict_of(limits, *temperatures)
    is_back = verdict_of(limits, reading.current) == "ok"
    moment = moment_of(reading, reading.verdict, is_back=is_back)
    excursion, sentence = judge(office, unit, [moment])
    # One within range belongs to the excursion that it ends.
    reading.excursion_id = excursion.id if excursion else None
    office.add(reading)
    close_read(office, unit, reading.day, reading.taken_at)
    begins = _begins(office, unit) if is_earlier else ""
    return " ".join(filter(None, (begins, sentence)))


def _begun(
    office: Office,
    unit: MonitoredUnit,
    slot: Slot,
) -> MonitoredUnit:
    """Have the log of a unit begin with its first reading."""
    first_half = slot.half if slot.half == "pm" else None
    return office.edit(unit, managed=True, first_on=slot.day, first_half=first_half)


def _begins(office: Office, unit: MonitoredUnit) -> str:
    """Say when a log begins, and how many gaps it has by that."""
    # The gaps since are gaps: somebody has to say why, once for all of them.
    missing = wording.count(len(unexplained(office, unit)), "reading")
    return f"The log of {unit.name} begins on {unit.first_on} now; {missing} missing since."


def moment_of(
    reading: TemperatureReading,
    verdict: str,
    *,
    is_back: bool,
) -> Moment:
    """Return what a reading says of its unit."""
    temperatures = (reading.current, reading.lowest, reading.highest)
    known = [degrees for degrees in temperatures if degrees is not None]
    return Moment(reading.taken_at, verdict, is_back, min(known), max(known))
