"""What people read of a unit out of range: how far it was, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.services import VendorDirectory
from officeops.values import temperature_text
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.readings.held_lots import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_maintenance.readings.excursion import Excursion
    from officeops_maintenance.readings.limits import Limits
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit


def how_far(
    office: Office,
    limits: Limits,
    temperatures: Iterable[int | None],
    verdict: str,
) -> str:
    """Return how temperatures are out of limits: `too warm, 48 °F (limits 36 to 46 °F)`."""
    # A unit that was too cold alone is described by its lowest, whatever its highest was.
    known = [degrees for degrees in temperatures if degrees is not None]
    scale = office.ways.temperature
    peaks = {"too_cold": [min(known)], "too_warm": [max(known)]}.get(
        verdict, [min(known), max(known)]
    )
    shown = " and ".join(temperature_text(degrees, scale) for degrees in peaks)
    return f"{words_for(verdict)}, {shown} °{scale} (limits {limits.words(office.ways)})"


def how_far_it_went(office: Office, excursion: Excursion) -> str:
    """Return the words for an excursion with its worst temperatures: `too warm, 60 °F`."""
    worst = {"too_cold": [excursion.lowest], "too_warm": [excursion.highest]}
    peaks = worst.get(excursion.verdict, [excursion.lowest, excursion.highest])
    scale = office.ways.temperature
    shown = " and ".join(temperature_text(one, scale) for one in peaks if one is not None)
    words = words_for(excursion.verdict)
    return f"{words}, {shown} °{scale}" if shown else words


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
    # A room, or a refrigerator that nobody entered as equipment, has nobody to repair it.
    equipment = office.get(Equipment, unit.equipment_id) if unit.equipment_id else None
    directory = office.service(VendorDirectory)
    if equipment is None or equipment.vendor_id is None or directory is None:
        return words
    vendor = directory.vendor(office, equipment.vendor_id)
    if vendor is None:
        return words
    return f"{words} For the repair: {vendor.name}, {vendor.phone or 'no phone is entered'}."
