"""Scanned units: the unit that a code on its label names, whichever of its codes was scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused, scan_readings
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, ScannedCode

#: No code with a serial number is shorter.
_FEWEST = 8


def units_of_code(office: Office, text: str) -> Iterator[Equipment]:
    """Yield the units with this UDI: by its serial number, or by what the code of each says."""
    codes = _codes(office, text)
    for code in codes:
        if code.serial:
            yield from _with_serial(office, code)
        elif code.scheme != "own":
            yield from _with_item(office, code)


def _codes(office: Office, text: str) -> list[ScannedCode]:
    if len(text.strip()) < _FEWEST:
        return []
    try:
        return scan_readings(text, office.today)
    except Refused:
        # A word that somebody looks for.
        return []


def _with_serial(office: Office, code: ScannedCode) -> Iterator[Equipment]:
    """Yield the units with a code's serial number, but those whose own code is of another item."""
    for unit in office.all(Equipment, "serial = ? AND archived_at IS NULL", code.serial):
        own = _codes(office, unit.udi or "")
        if not own or any(reading.item == code.item for reading in own):
            yield unit


def _with_item(office: Office, code: ScannedCode) -> Iterator[Equipment]:
    """Yield the units whose own code says the same item, and the same lot where both say one."""
    known = office.all(Equipment, "udi IS NOT NULL AND archived_at IS NULL")
    for unit in known:
        for own in _codes(office, unit.udi or ""):
            if own.item == code.item and (not code.lot or own.lot in {None, code.lot}):
                yield unit
                break


def take_model(office: Office, unit: Equipment) -> None:
    """Give a new unit the make and model of another one whose code names the same device."""
    if not unit.udi or unit.make or unit.model:
        return
    for code in _codes(office, unit.udi):
        # Without the lot: units of one model come in many lots.
        others = [other for other in _with_item(office, code.replace(lot=None)) if other.model]
        if others:
            office.edit(unit, make=others[0].make, model=others[0].model)
            return
