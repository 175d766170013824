"""Unsafe stock: what is on a shelf and must not be used, and what is below zero on record.

A lot that has ended is told of by the core, from the lot's own declaration; held ones here, and what was put out of sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, Location
from officeops.values.wording import units
from officeops_inventory.model import Item, Lot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: What settles a lot in each state: a quarantined one may turn out to be good, the others never are used.
SETTLED_BY: Final = {
    "quarantined": "release or discard",
    "recalled": "discard",
    "damaged": "discard",
    "expired": "discard",
}
#: Held lots on a shelf, archived or not; and archived ones that ended, which the core does not watch.
_HELD = """
SELECT l.id FROM inventory_lot l
WHERE (l.status <> 'available' OR (l.archived_at IS NOT NULL AND l.expires_on < ?))
    AND EXISTS (SELECT 1 FROM inventory_stock s WHERE s.lot_id = l.id AND s.quantity > 0)
ORDER BY l.id
"""
_BELOW_ZERO = """
SELECT s.item_id, s.location_id, s.lot_id, s.quantity FROM inventory_stock s
WHERE s.quantity < 0 ORDER BY s.item_id, s.location_id, s.lot_id
"""


def unsafe_lots(office: Office) -> Iterator[Due]:
    """Yield each held lot for as long as any of it is on a shelf, with why, how many and where."""
    for (lot_id,) in office.rows(_HELD, office.today.isoformat()):
        yield _unsafe(office, office.get(Lot, lot_id))


def _unsafe(office: Office, lot: Lot) -> Due:
    word = lot.unsafe_word(office.today)
    because = f" ({lot.hold_reason})" if lot.hold_reason else ""
    ended = (
        f" and ended {lot.expires_on}" if lot.expires_on and lot.expires_on < office.today else ""
    )
    return Due(
        key=f"{Lot.meta.key}:{lot.id}:{word}",
        on=office.today,
        what=f"Lot {office.describe(lot)} is {word}{because}{ended}: {lot.where_it_is(office)}",
        severity="unsafe",
        action=SETTLED_BY[word],
        record=Lot.meta.key,
        record_id=lot.id,
    )


def below_zero(office: Office) -> Iterator[Due]:
    """Yield each item with a balance below zero, however much of it is elsewhere: the record is wrong there."""
    places: dict[int, list[str]] = {}
    for item_id, location_id, lot_id, quantity in office.rows(_BELOW_ZERO):
        of_lot = f" (lot {office.label(Lot, lot_id)})" if lot_id else ""
        places.setdefault(item_id, []).append(
            f"{quantity} at {office.label(Location, location_id)}{of_lot}"
        )
    for item_id, where in places.items():
        item = office.get(Item, item_id)
        total = office.value("SELECT sum(quantity) FROM inventory_stock WHERE item_id = ?", item_id)
        yield Due(
            key=f"{Item.meta.key}:{item_id}:negative",
            on=office.today,
            what=f"{item.name} is below zero: {', '.join(where)}; {units(total, item.base_unit)} in all. Count it",
            severity="money",
            action="count",
            record=Item.meta.key,
            record_id=item_id,
        )
