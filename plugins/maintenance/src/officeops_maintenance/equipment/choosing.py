"""Choosing: what a person may not choose a unit for while nobody may use it.

A file may bring such a choice, of the past; a form and a command may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Problem, Refused
from officeops_maintenance.equipment.life import DOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_UNUSABLE: Final = (*DOWN, "retired")


def refuse_unusable(
    office: Office,
    unit_id: int | None,
    name: str,
) -> None:
    """Raise Refused where a field names a unit that is out of service, quarantined or retired."""
    unit: Any = office.get(office.record("maintenance.equipment"), unit_id) if unit_id else None
    if unit is None or unit.status not in _UNUSABLE:
        return
    state = unit.status.replace("_", " ")
    step = "reinstate" if unit.status == "retired" else "return"
    cure = f"officeops equipment {step} {unit.human_key} first"
    why = f"{unit.human_key} {unit.name} is {state}: {unit.reason}; {cure}"
    raise Refused([Problem(why, name, code="wrong-state", is_whole=True)])


def placed(
    office: Office,
    unit: Equipment,
    before: Mapping[str, Any],
) -> Iterator[str]:
    """Say at a new place of a unit that nobody may use it there."""
    if "location_id" in before and unit.status in DOWN:
        place = office.label(Location, unit.location_id) or "no place"
        state = unit.status.replace("_", " ")
        yield f"{unit.name} is {state}: nobody may use it at {place}."
