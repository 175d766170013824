"""The name of a unit as people say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops_maintenance.equipment.equipment import Equipment


def named_unit(unit: Equipment) -> str:
    """Return a unit as people name it: EQ-7 Autoclave 1."""
    return f"{unit.human_key} {unit.name}"
