"""Reports: the value of the stock, the use of each item, and the lots that expire soon."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import report
from officeops.values import amount, money_text, price_text
from officeops_inventory.config import InventorySettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Report

#: Days ahead in which a lot counts as expiring.
EXPIRING_DAYS: Final = 90

#: The price last paid comes before the agreed one: the stock was bought at it.
_VALUE = """
WITH paid AS (
    SELECT l.item_id, l.price, l.pack_size AS size,
        row_number() OVER (PARTITION BY l.item_id ORDER BY o.ordered_on DESC, l.id DESC) AS place
    FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id
    WHERE l.price IS NOT NULL AND l.packs > 0
        AND o.status NOT IN ('draft', 'approved', 'cancelled')),
agreed AS (
    SELECT t.item_id, t.price, ifnull(p.size, 1) AS size,
        row_number() OVER (PARTITION BY t.item_id ORDER BY t.rank, t.id) AS place
    FROM inventory_terms t LEFT JOIN inventory_pack p ON p.id = t.pack_id
    WHERE t.price IS NOT NULL AND t.archived_at IS NULL),
held AS (
    SELECT item_id, sum(quantity) AS quantity FROM inventory_stock
    GROUP BY item_id HAVING sum(quantity) <> 0)
SELECT i.sku, i.name, i.category, h.quantity, i.base_unit,
    ifnull(p.price, a.price), iif(p.price IS NULL, a.size, p.size)
FROM held h JOIN inventory_item i ON i.id = h.item_id
LEFT JOIN paid p ON p.item_id = i.id AND p.place = 1
LEFT JOIN agreed a ON a.item_id = i.id AND a.place = 1
ORDER BY i.name COLLATE NOCASE, i.id
"""
#: A reversal of a use takes it back; a reversal of any other move is no use.
_USE = """
SELECT i.sku, i.name, i.base_unit, -sum(m.quantity), max(m.day) FILTER (WHERE m.kind = 'use')
FROM inventory_move m
JOIN inventory_item i ON i.id = m.item_id
LEFT JOIN inventory_move r ON r.id = m.reverses_id
WHERE m.day BETWEEN ? AND ? AND (m.kind = 'use' OR (m.kind = 'reversal' AND r.kind = 'use'))
GROUP BY i.id HAVING sum(m.quantity) <> 0 ORDER BY i.name COLLATE NOCASE, i.id
"""
#: Held lots too: a person who throws expired stock away takes those from the shelf as well.
_EXPIRING = """
SELECT l.expires_on, l.number, i.sku, i.name, sum(s.quantity), i.base_unit, l.status
FROM inventory_lot l
JOIN inventory_stock s ON s.lot_id = l.id
JOIN inventory_item i ON i.id = l.item_id
WHERE l.expires_on <= ? AND s.quantity > 0 GROUP BY l.id ORDER BY l.expires_on, i.name, l.id
"""


@report("stock-value", title="Value of the stock")
def stock_value(office: Office) -> Iterator[dict[str, Any]]:
    """Stock on hand at its latest price: the last order's, else the preferred vendor's."""
    places = office.ways.places
    for sku, name, category, quantity, unit, price, size in office.rows(_VALUE):
        value = None if price is None else worth(quantity, price, size)
        yield {
            "item": sku,
            "name": name,
            "category": category,
            "on_hand": quantity,
            "unit": unit,
            "pack_price": None if price is None else price_text(price, places),
            "pack_size": size,
            "value": None if value is None else money_text(value, places),
        }


def worth(quantity: int, price: int, size: int) -> int:
    """Return the value of base units at a price for a pack of `size`, in minor units, half up."""
    return amount(price, quantity, size)


@report("usage", title="Use of each item")
def usage(office: Office) -> Iterator[dict[str, Any]]:
    """Use per item in the look-back period of the reorder rule, less reversed use."""
    days = office.settings("inventory", InventorySettings).lookback_days
    start = office.today - timedelta(days=days - 1)
    rows = office.rows(_USE, start.isoformat(), office.today.isoformat())
    for sku, name, unit, used, last in rows:
        # In whole numbers, so that a half is rounded up whatever doubles make of it.
        tenths = (600 * used + days) // (2 * days)
        yield {
            "item": sku,
            "name": name,
            "used": used,
            "unit": unit,
            "per_30_days": f"{tenths // 10}.{tenths % 10}",
            "last_used": last,
            "from": start.isoformat(),
        }


@report("expiring", title="Lots that expire soon")
def expiring(office: Office) -> Iterator[dict[str, Any]]:
    """Lots on hand that expired or expire within 90 days; days_left is negative after expiry."""
    horizon = office.today + timedelta(days=EXPIRING_DAYS)
    rows = office.rows(_EXPIRING, horizon.isoformat())
    for ends, number, sku, name, quantity, unit, status in rows:
        yield {
            "expires_on": ends,
            "days_left": (date.fromisoformat(ends) - office.today).days,
            "lot": number,
            "item": sku,
            "name": name,
            "on_hand": quantity,
            "unit": unit,
            "status": status,
        }


REPORTS: list[Report] = [stock_value, usage, expiring]
