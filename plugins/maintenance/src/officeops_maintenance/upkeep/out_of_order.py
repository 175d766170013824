"""Units that are out of order: on the morning's page, and in Today where no ticket is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Due, HuddleLine, Location
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.tickets.life import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_DOWN = f"status IN ({', '.join(map(repr, DOWN))})"
#: While a ticket is open, its own line asks for the repair; without one nobody would.
_FORGOTTEN = f"""
{_DOWN} AND NOT EXISTS (
    SELECT 1 FROM maintenance_ticket k
    WHERE k.equipment_id = maintenance_equipment.id AND k.archived_at IS NULL AND k.{OPEN})
AND NOT EXISTS (
    SELECT 1 FROM maintenance_sterilizer_failure f
    WHERE f.equipment_id = maintenance_equipment.id AND f.state = 'locked')
AND NOT EXISTS (
    SELECT 1 FROM maintenance_recall_candidate r
    WHERE r.equipment_id = maintenance_equipment.id AND r.decision = 'affected'
        AND r.archived_at IS NULL)
"""


def out_of_order(office: Office) -> Iterator[Due]:
    """Yield the due item of each unit whose ticket is closed, or that never had one."""
    for unit in office.all(Equipment, _FORGOTTEN):
        since = office.ways.day_of(unit.out_since) if unit.out_since else office.today
        state = unit.status.replace("_", " ")
        yield Due(
            key=f"maintenance.out-of-order:{unit.id}:{since}",
            on=since,
            what=f"{named_unit(unit)} is {state} since {since}: {unit.reason}",
            # A critical unit that is missing is a danger itself: an AED, the crash cart.
            severity="unsafe" if unit.criticality == "critical" else "routine",
            action="return",
            record=Equipment.meta.key,
            record_id=unit.id,
        )


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the units that nobody may use today; the first line says that the part is kept."""
    key = Equipment.meta.key
    yield HuddleLine("equipment", record=key)
    for unit in office.all(Equipment, _DOWN, order="out_since"):
        place = office.label(Location, unit.location_id)
        name = named_unit(unit) + (f" ({place})" if place else "")
        state = unit.status.replace("_", " ")
        yield HuddleLine("equipment", f"{name}, {state}: {unit.reason}", key, unit.id)
