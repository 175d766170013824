"""Whereabouts: the locations that have an item, and the one to take it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Problem, Refused, default_location
from officeops_inventory.declared.usable import USABLE
from officeops_inventory.model import Item
from officeops_inventory.stock.intake import home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_HOLDING: Final = """
SELECT s.location_id, sum(s.quantity) FROM inventory_stock s
JOIN core_location p ON p.id = s.location_id
LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.item_id = ? AND s.quantity > 0 AND (? IS NULL OR s.lot_id = ?) AND {}
GROUP BY s.location_id ORDER BY p.count_order, p.id
"""
_HOLDING_USABLE: Final = _HOLDING.format(USABLE)
_HOLDING_ANY: Final = _HOLDING.format("1")


def whereabouts(
    office: Office,
    item_id: int,
    location_id: int | None,
    lot_id: int | None = None,
) -> int:
    """Return the location to take an item from: the one named, the only one, or the default one.

    Raises Refused, naming the locations, where several have it and the default one has none.
    """
    if location_id is not None:
        return location_id
    rows = holding(office, item_id, lot_id)
    # Nobody has it: the refusal that follows names the location where people expect it.
    if not rows:
        return home(office, item_id)
    if len(rows) == 1:
        return rows[0][0]
    default = default_location(office)
    if default in dict(rows):
        return default
    problem = Problem(
        f"{in_words(office, rows)}; name one with --location", "location", code="ambiguous"
    )
    raise Refused([problem], office.label(Item, item_id))


def holding(office: Office, item_id: int, lot_id: int | None) -> list[tuple[int, int]]:
    """Return the locations that have an item, each with the quantity there, in counting order.

    They are those with usable stock; where there is none, and for a lot, those with any.
    """
    # A person who names a lot means that one, usable or not.
    rows = []
    if not lot_id:
        rows = office.rows(_HOLDING_USABLE, item_id, lot_id, lot_id, office.today.isoformat())
    if not rows:
        rows = office.rows(_HOLDING_ANY, item_id, lot_id, lot_id)
    return [(int(location_id), int(quantity)) for location_id, quantity in rows]


def in_words(office: Office, quantities: Iterable[tuple[int, int]]) -> str:
    """Return quantities and their locations in words: 5 at Exam 1, 5 at Exam 2."""
    words = []
    for location_id, quantity in quantities:
        words.append(f"{quantity} at {office.label(Location, location_id)}")
    return ", ".join(words)
