"""Unsafe stock: held or expired lots on a shelf, and balances below zero.

The core lists expired lots itself, from the lot's declaration. This module adds the held ones, and
expired ones that were archived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, Location
from officeops.values.wording import units
from officeops_inventory.model import Item, Lot, LotHold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: The actions that settle a lot in each state. Only a quarantined lot may turn out to be good.
SETTLED_BY: Final = {
    "quarantined": "release or discard",
    "recalled": "discard",
    "damaged": "discard",
    "expired": "discard",
}
#: Held or expired lots on a shelf, archived or not.
_UNSAFE = """
SELECT l.id FROM inventory_lot l
WHERE (l.status <> 'available' OR l.expires_on < ?)
    AND EXISTS (SELECT 1 FROM inventory_stock s WHERE s.lot_id = l.id AND s.quantity > 0)
ORDER BY l.id
"""
#: Held lots on a shelf, archived or not, and archived expired ones, which the core does not list.
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
_TOTAL = "SELECT sum(quantity) FROM inventory_stock WHERE item_id = ?"


def unsafe_on_shelf(office: Office) -> Iterator[Lot]:
    """Yield each lot that must not be used while any of it is on a shelf."""
    for (lot_id,) in office.rows(_UNSAFE, office.today.isoformat()):
        yield office.get(Lot, lot_id)


def unsafe_lots(office: Office) -> Iterator[Due]:
    """Yield each held lot while any of it is on a shelf, with the reason and where it is."""
    for (lot_id,) in office.rows(_HELD, office.today.isoformat()):
        yield _unsafe(office, office.get(Lot, lot_id))


def _unsafe(office: Office, lot: Lot) -> Due:
    word = lot.unsafe_word(office.today)
    what = f"Lot {office.describe(lot)} is {word}"
    if lot.hold_reason:
        what += f" ({lot.hold_reason})"
    if lot.expires_on and lot.expires_on < office.today:
        what += f" and expired {lot.expires_on}"
    action, record, record_id = SETTLED_BY[word], Lot.meta.key, lot.id
    hold = office.first(LotHold, "lot_id = ? AND released_at IS NULL", lot.id)
    # The record that holds it alone releases it, so that is where its line leads.
    if hold is not None and hold.for_key in office.records:
        action, record, record_id = "decide", hold.for_key, hold.for_id
    return Due(
        key=f"{Lot.meta.key}:{lot.id}:{word}",
        on=office.today,
        what=f"{what}: {lot.where_it_is(office)}",
        severity="unsafe",
        action=action,
        record=record,
        record_id=record_id,
    )


def below_zero(office: Office) -> Iterator[Due]:
    """Yield each item with a balance below zero.

    Stock elsewhere does not make up for it: the record is wrong at that location.
    """
    places: dict[int, list[str]] = {}
    for item_id, location_id, lot_id, quantity in office.rows(_BELOW_ZERO):
        of_lot = f" (lot {office.label(Lot, lot_id)})" if lot_id else ""
        place = f"{quantity} at {office.label(Location, location_id)}{of_lot}"
        places.setdefault(item_id, []).append(place)
    for item_id, where in places.items():
        item = office.get(Item, item_id)
        total = units(office.value(_TOTAL, item_id), item.base_unit)
        what = f"{item.name} is below zero: {', '.join(where)}; {total} in all. Count it"
        yield Due(
            key=f"{Item.meta.key}:{item_id}:negative",
            on=office.today,
            what=what,
            severity="money",
            action="count",
            record=Item.meta.key,
            record_id=item_id,
        )
