"""What the repairs of a unit cost so far; a cost that nobody entered is unknown, not zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values import money_text, wording
from officeops_maintenance.tickets.life import NO_WORK

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_COSTS = f"""
SELECT sum(cost), sum(labor), count(*), count(*) FILTER (WHERE cost IS NULL)
FROM maintenance_ticket
WHERE equipment_id = ? AND archived_at IS NULL AND state NOT IN {NO_WORK}
"""


class Costs(Value):
    """The sums over a unit's tickets: money in minor units, labor in minutes, None if unknown."""

    cost: int | None
    labor: int | None
    tickets: int
    unknown: int


def costs(office: Office, unit_id: int) -> Costs:
    """Add the tickets of a unit up."""
    return Costs(*office.rows(_COSTS, unit_id)[0])


def cost_in_words(
    office: Office,
    unit: Equipment,
    sums: Costs,
) -> str:
    """Say the cost so far against the price of the unit, and how many tickets have none entered."""
    places = office.ways.places
    if sums.cost is None:
        return "none entered yet" if sums.tickets else "no ticket yet"
    words = money_text(sums.cost, places)
    # No percentage of an unknown price, nor of zero.
    if unit.cost:
        words += f" of {money_text(unit.cost, places)} ({100 * sums.cost // unit.cost}%)"
    if sums.unknown:
        words += f", {wording.count(sums.unknown, 'ticket')} without a cost"
    return words
