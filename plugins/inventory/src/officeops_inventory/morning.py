"""The inventory's lines of the morning's page: stock not to use, stock that is short, deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import HuddleLine
from officeops.values.wording import count, units
from officeops_inventory.declared.usable import USABLE
from officeops_inventory.model import Item, Lot, Order
from officeops_inventory.purchasing.vendor_terms import vendors_of
from officeops_inventory.stock.unsafe_stock import unsafe_on_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Items that are used, of which none may be used today or fewer than their minimum.
_SHORT = f"""
SELECT i.id, i.name, i.base_unit, ifnull(i.minimum, 0),
    ifnull(sum(iif({USABLE}, s.quantity, 0)), 0) AS usable
FROM inventory_item i
LEFT JOIN inventory_stock s ON s.item_id = i.id
LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE (i.minimum > 0 OR i.reorder_point > 0) AND i.archived_at IS NULL AND NOT i.discontinued
GROUP BY i.id HAVING usable <= 0 OR usable < i.minimum
ORDER BY usable > 0, i.name COLLATE NOCASE, i.id
"""
_DELIVERIES = """
SELECT t.id, t.vendor_id, t.expected_on, count(l.id) FROM inventory_order t
LEFT JOIN inventory_line l ON l.order_id = t.id AND l.packs > 0 AND l.archived_at IS NULL
WHERE t.status IN ('sent', 'partly_received') AND t.expected_on <= ? AND t.archived_at IS NULL
GROUP BY t.id ORDER BY t.expected_on DESC, t.id
"""


def lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the lines of the inventory; the first of each part says that the part is kept."""
    yield HuddleLine("unsafe", record=Lot.meta.key)
    for lot in unsafe_on_shelf(office):
        word = lot.unsafe_word(office.today)
        reason = f" ({lot.hold_reason})" if lot.hold_reason else ""
        what = f"Lot {office.describe(lot)}, {word}{reason}: {lot.where_it_is(office)}"
        yield HuddleLine("unsafe", what, Lot.meta.key, lot.id)
    yield from _short(office)
    yield from _deliveries(office)


def _short(office: Office) -> Iterator[HuddleLine]:
    yield HuddleLine("short", record=Item.meta.key)
    for item_id, name, unit, minimum, usable in office.rows(_SHORT, str(office.today)):
        left = f"{units(usable, unit)} usable" if usable else "none usable"
        needed = f", minimum {minimum:,}" if minimum else ""
        yield HuddleLine("short", f"{name}: {left}{needed}", Item.meta.key, item_id)


def _deliveries(office: Office) -> Iterator[HuddleLine]:
    yield HuddleLine("deliveries", record=Order.meta.key)
    vendors = vendors_of(office)
    today = str(office.today)
    for order_id, vendor_id, expected, ordered in office.rows(_DELIVERIES, today):
        vendor = vendors.get(vendor_id)
        name = vendor.name if vendor else f"vendor #{vendor_id}"
        day = "today" if expected == today else f"late, expected {expected}"
        what = f"{office.label(Order, order_id)} from {name}: {day}, {count(ordered, 'line')}"
        yield HuddleLine("deliveries", what, Order.meta.key, order_id)
