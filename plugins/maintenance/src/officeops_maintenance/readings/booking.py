"""Booking: a reading is kept; out of range it opens the unit's excursion, or widens the open one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops.services import VendorDirectory
from officeops.values import temperature_text
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.held_lots import can_hold, hold_all, kept_at, words_for
from officeops_maintenance.readings.log_tasks import close_read
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.readings.limits import Limits
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: An excursion that has ended longer ago is one of the past: its lots are used, or decided on.
LONG_AGO = timedelta(days=31)
_BACK = "unit_id = ? AND taken_at > ? AND verdict = 'ok'"
_OPEN = f"unit_id = ? AND state IN ({', '.join(map(repr, OPEN_STATES))})"


def book_reading(
    office: Office,
    unit: MonitoredUnit,
    reading: TemperatureReading,
) -> str:
    """Keep a reading inside the open action. Return the sentences of an excursion, else a blank."""
    limits = unit.limits(office)
    temperatures = (reading.current, reading.lowest, reading.highest)
    reading.verdict = limits.verdict(*temperatures)
    is_back = limits.verdict(reading.current) == "ok"
    ended = reading.taken_at if is_back else None
    sentence = ""
    excursion = open_excursion(office, unit)
    if reading.verdict != "ok":
        excursion, sentence = went_out(
            office, unit, limits, temperatures, (reading.taken_at, ended)
        )
    elif excursion is not None and _ends(excursion, reading):
        office.edit(excursion, managed=True, ended_at=ended or office.now())
    # One within range belongs to it as well: it says when the unit was back.
    reading.excursion_id = excursion.id if excursion else None
    office.add(reading)
    close_read(office, unit, reading.day, reading.taken_at)
    return sentence


def _ends(excursion: Excursion, reading: TemperatureReading) -> bool:
    """Whether a reading within range ends an excursion: one of a log on paper may be older."""
    return excursion.ended_at is None and reading.taken_at >= excursion.started_at


def open_excursion(office: Office, unit: MonitoredUnit) -> Excursion | None:
    """Return the excursion of a unit that is not closed yet."""
    return office.first(Excursion, _OPEN, unit.id)


def went_out(
    office: Office,
    unit: MonitoredUnit,
    limits: Limits,
    temperatures: Iterable[int | None],
    times: tuple[datetime, datetime | None],
) -> tuple[Excursion, str]:
    """Open the excursion of a unit, or widen the open one; return it, and what to say of it.

    `times` are when it was out of range first, and when it was back; None while it is not.
    """
    known = [degrees for degrees in temperatures if degrees is not None]
    lowest, highest = min(known), max(known)
    started, ended = times[0], times[1] or _back_at(office, unit, times[0])
    if ended is not None and office.ways.day_of(ended) < office.today - LONG_AGO:
        return _of_the_past(office, unit, limits, (lowest, highest), (started, ended))
    excursion = open_excursion(office, unit)
    if excursion is not None:
        return _widened(office, unit, excursion, (lowest, highest), times)
    excursion = _opened(office, unit, limits, (lowest, highest), times)
    held = hold_all(office, excursion)
    key = excursion.human_key
    how = how_far(office, limits, (lowest, highest))
    head = f"DO NOT USE what {unit.name} keeps: {how}. {key} is open."
    call = whom_to_call(office, unit)
    return excursion, f"{head} {held} {call} Then: officeops excursion call {key} --case-number …"


def _back_at(
    office: Office,
    unit: MonitoredUnit,
    since: datetime,
) -> datetime | None:
    """Return when somebody first read a unit within range after a moment; None where nobody did."""
    reading = office.first(TemperatureReading, _BACK, unit.id, since.isoformat(), order="taken_at")
    return reading.taken_at if reading else None


def _of_the_past(
    office: Office,
    unit: MonitoredUnit,
    limits: Limits,
    temperatures: tuple[int, int],
    times: tuple[datetime, datetime],
) -> tuple[Excursion, str]:
    """Keep an excursion that has ended long ago, with its dates; nothing of today is held for it."""
    excursion = _opened(office, unit, limits, temperatures, times, is_past=True)
    first, last = map(office.ways.day_of, times)
    how = how_far(office, limits, temperatures)
    key = excursion.human_key
    return excursion, (
        f"{unit.name} was out of range from {first} to {last}: {how}. {key} is kept as one of the "
        f"past. If what it kept then is there still: officeops excursion open {key}."
    )


def _opened(
    office: Office,
    unit: MonitoredUnit,
    limits: Limits,
    temperatures: tuple[int, int],
    times: tuple[datetime, datetime | None],
    *,
    is_past: bool = False,
) -> Excursion:
    started, ended = times
    lowest, highest = temperatures
    location_id = kept_at(office, unit)
    return office.add(
        Excursion(
            unit_id=unit.id,
            started_at=started,
            ended_at=ended,
            verdict=limits.verdict(lowest, highest),
            lowest=lowest,
            highest=highest,
            # The limits of that day: an edit of the unit's does not change what happened.
            low=limits.low,
            high=limits.high,
            location_id=location_id,
            state="past" if is_past else "open",
            are_lots_held=not is_past and can_hold(office, location_id),
        )
    )


def _widened(
    office: Office,
    unit: MonitoredUnit,
    excursion: Excursion,
    temperatures: tuple[int, int],
    times: tuple[datetime, datetime | None],
) -> tuple[Excursion, str]:
    started, ended = times
    lowest = min(temperatures[0], _or(excursion.lowest, temperatures[0]))
    highest = max(temperatures[1], _or(excursion.highest, temperatures[1]))
    last = None if ended is None else max(ended, excursion.ended_at or ended)
    wider = office.edit(
        excursion,
        managed=True,
        lowest=lowest,
        highest=highest,
        # By the limits that it was opened with.
        verdict=excursion.limits.verdict(lowest, highest),
        started_at=min(started, excursion.started_at),
        ended_at=last,
    )
    held = hold_all(office, office.get(Excursion, wider.id))
    how = how_far(office, wider.limits, temperatures)
    return (
        wider,
        f"DO NOT USE what {unit.name} keeps: {how}; {wider.human_key} is still open. {held}",
    )


def _or(known: int | None, otherwise: int) -> int:
    return otherwise if known is None else known


def how_far(
    office: Office,
    limits: Limits,
    temperatures: Iterable[int | None],
) -> str:
    """Return how temperatures are out of limits: `too warm, 48 °F (limits 36 to 46 °F)`."""
    known = [degrees for degrees in temperatures if degrees is not None]
    verdict, scale = limits.verdict(*known), office.ways.temperature
    peaks = {"too_cold": [min(known)], "too_warm": [max(known)]}.get(
        verdict, [min(known), max(known)]
    )
    shown = " and ".join(temperature_text(degrees, scale) for degrees in peaks)
    return f"{words_for(verdict)}, {shown} °{scale} (limits {limits.words(office.ways)})"


def whom_to_call(office: Office, unit: MonitoredUnit) -> str:
    """Say whom to call about what a unit keeps, and whom to repair it."""
    words = (
        f"Call {unit.call}."
        if unit.call
        else (
            "Call the maker of what it keeps and, for VFC doses, your state's program; discard nothing "
            "unasked."
        )
    )
    equipment = office.get(Equipment, unit.equipment_id) if unit.equipment_id else None
    directory = office.service(VendorDirectory)
    if equipment is None or equipment.vendor_id is None or directory is None:
        return words
    vendor = directory.vendor(office, equipment.vendor_id)
    if vendor is None:
        return words
    return f"{words} For the repair: {vendor.name}, {vendor.phone or 'no phone is entered'}."
