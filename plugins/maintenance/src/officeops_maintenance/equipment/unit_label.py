"""The label of a unit: what people read beside its QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment


def lines(office: Office, unit: Equipment) -> Iterator[str]:
    """Yield the unit's number and name, its own tag and serial number, and the practice."""
    yield unit.human_key
    yield unit.name
    if unit.tag:
        yield f"Tag {unit.tag}"
    if unit.serial:
        yield f"Serial {unit.serial}"
    yield office.facts.name
