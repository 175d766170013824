"""Scanned units: the unit that a code on its label names, whichever of its codes was scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused, scan_readings
from officeops_maintenance.equipment.device_list import device_of
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


def take_model(office: Office, unit: Equipment) -> Iterator[str]:
    """Give a new unit the make and model of its code's device; say so, or that nobody knows them."""
    codes = [code for code in _codes(office, unit.udi or "") if code.item]
    if not codes or (unit.make and unit.model):
        return
    for code in codes:
        known = _model_of(office, code)
        if known is None:
            continue
        (make, model), source = known
        office.edit(unit, make=unit.make or make, model=unit.model or model)
        yield f"Make and model are from {source}."
        return
    how = "officeops dataset load device-identifiers FILE"
    yield f"Its code names no make and model: no other unit has it, nor a list of devices ({how})."


def _model_of(office: Office, code: ScannedCode) -> tuple[tuple[str | None, str], str] | None:
    """Return the make and model of a code's device, and where they are from."""
    # Without the lot: units of one model come in many lots.
    for other in _with_item(office, code.replace(lot=None)):
        if other.model:
            return (other.make, other.model), other.human_key
    device = device_of(office, code)
    return (device, "the list of devices") if device else None
