"""The stock that a record took and did not return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops.services import StockPortion, Taken
from officeops_inventory.model import Item, Lot, Move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops import Office, Record

#: An entry and what reverses it are a chain: one with an even number of places takes nothing out.
_TAKEN: Final = """
WITH RECURSIVE chain (head, last, places) AS (
    SELECT id, id, 1 FROM inventory_move
    WHERE about_key = ? AND about_id = ? AND kind = 'use' AND reverses_id IS NULL
    UNION ALL
    SELECT c.head, r.id, c.places + 1 FROM chain c JOIN inventory_move r ON r.reverses_id = c.last)
SELECT head FROM chain GROUP BY head HAVING max(places) % 2 = 1
"""


def taken_for(office: Office, about: Record) -> Sequence[Taken]:
    """Return the stock that a record took and did not return, by item and location."""
    heads = [head for (head,) in office.rows(_TAKEN, about.meta.key, about.id)]
    groups: dict[tuple[int, int], list[Move]] = {}
    for move in office.some(Move, heads):
        groups.setdefault((move.item_id, move.location_id), []).append(move)
    return [_taken(office, moves) for moves in groups.values()]


def portion_of(
    office: Office,
    lot_id: int | None,
    quantity: int,
) -> StockPortion:
    """Return some of the stock of a lot, as other plugins know it."""
    lot = office.get(Lot, lot_id) if lot_id else None
    number, ends = (lot.number, lot.expires_on) if lot else ("", None)
    return StockPortion(number, ends.isoformat() if ends else "", quantity)


def _taken(office: Office, moves: Sequence[Move]) -> Taken:
    """Return entries of one item at one location as one answer."""
    item = office.get(Item, moves[0].item_id)
    portions = [portion_of(office, move.lot_id, -move.quantity) for move in moves]
    return Taken(
        item.sku,
        item.name,
        office.label(Location, moves[0].location_id),
        -sum(move.quantity for move in moves),
        item.base_unit,
        tuple(portions),
        tuple(move.id for move in moves),
    )
