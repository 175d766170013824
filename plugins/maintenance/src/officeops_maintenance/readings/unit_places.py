"""Unit places: where a monitored unit keeps its lots, and what follows from another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason
from officeops.values import wording
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.gaps import unexplained
from officeops_maintenance.readings.held_lots import can_hold, hold_all, kept_at
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_OPEN: Final = f"unit_id = ? AND state IN ({', '.join(map(repr, OPEN_STATES))})"


def open_one(office: Office, unit: MonitoredUnit) -> str | None:
    """Return the excursion of a unit that is open, as a reason; None without any."""
    excursion = office.first(Excursion, _OPEN, unit.id)
    if excursion is None:
        return None
    return Reason(f"{excursion.human_key} is open; close it first", code="in-use")


def why_kept(office: Office, unit: MonitoredUnit) -> str | None:
    """Return why a unit stays in the lists: its excursion is open, or its log has gaps to explain."""
    if why := open_one(office, unit):
        return why
    slots = unexplained(office, unit)
    if not slots:
        return None
    count = wording.count(len(slots), "missing reading")
    cure = f"officeops monitored-unit explain '{unit.name}' --reason …"
    return Reason(f"nobody said why of {count}; {cure}", code="in-use")


def former_places(office: Office, unit: MonitoredUnit) -> dict[str, object]:
    """Return the places where a unit was, with the one that it leaves by this change."""
    return places_until(office, unit, office.get(MonitoredUnit, unit.id))


def places_until(
    office: Office,
    unit: MonitoredUnit,
    was: MonitoredUnit,
) -> dict[str, object]:
    """Return the places where a unit was until now, by what it was before a change."""
    return _left(office, unit, kept_at(office, was))


def _left(
    office: Office,
    unit: MonitoredUnit,
    former_id: int | None,
) -> dict[str, object]:
    if former_id is None or former_id == kept_at(office, unit):
        return {}
    was = f"{former_id}={office.now().isoformat()}"
    return {"was_at": f"{unit.was_at or ''} {was}".strip()}


def moved(office: Office, unit: MonitoredUnit) -> Iterator[str]:
    """Hold what a unit with an open excursion keeps at its new place."""
    place = kept_at(office, unit)
    for excursion in list(office.all(Excursion, _OPEN, unit.id)):
        if excursion.location_id == place:
            continue
        held = office.edit(
            excursion,
            managed=True,
            location_id=place,
            are_lots_held=excursion.are_lots_held or can_hold(office, place),
        )
        yield hold_all(office, held)


def equipment_moved(
    office: Office,
    equipment: Equipment,
    before: Mapping[str, Any],
) -> Iterator[str]:
    """Do so for each unit whose place is that of its equipment."""
    for unit in list(office.all(MonitoredUnit, "equipment_id = ?", equipment.id)):
        if unit.location_id is not None:
            continue
        places = _left(office, unit, before["location_id"])
        known = office.edit(unit, managed=True, **places) if places else unit
        yield from moved(office, known)
