"""The position as SQL: stock on hand and to come of an item, as an order sees it.

The SQL here answers for any number of items at once. Its Python twins are `Position.total` and
`open_orders.outstanding`, and a test holds that they agree. Quantities are in base units.
"""

from __future__ import annotations

from typing import Final

from officeops_inventory.declared.amounts import OUTSTANDING
from officeops_inventory.declared.usable import usable_sql
from officeops_inventory.stock.intake import HOME

#: Where goods of line `l` of item `i` go by default: to the line's location, else the item's home.
LINE_PLACE: Final = f"ifnull(l.location_id, {HOME})"
#: The position, from its four figures.
TOTAL: Final = "({usable} - {doomed} + {on_order} + {in_draft})"

_OPEN_LINES: Final = f"""
SELECT l.item_id, {{place}} AS location_id,
    sum(iif(o.status = 'draft', 0, {OUTSTANDING})) AS on_order,
    sum(iif(o.status = 'draft', {OUTSTANDING}, 0)) AS in_draft
FROM inventory_order o JOIN inventory_line l ON l.order_id = o.id {{item}}
WHERE o.status IN ('draft', 'approved', 'sent', 'partly_received')
    AND o.archived_at IS NULL AND l.archived_at IS NULL AND {{which}}
GROUP BY 1, 2
"""
#: Base units on order and in draft of each item, wherever they go.
COMING: Final = _OPEN_LINES.format(place="NULL", item="", which="1")
#: The same of the items in the JSON array ?, by the location it goes to.
COMING_BY_PLACE: Final = _OPEN_LINES.format(
    place=LINE_PLACE,
    item="JOIN inventory_item i ON i.id = l.item_id",
    which="l.item_id IN (SELECT value FROM json_each(?))",
)

_USABLE: Final = usable_sql(":today")
_EXPIRES_SOON: Final = f"({_USABLE} AND l.expires_on < :horizon AND s.quantity > 0)"
_POSITION_AT_WORST: Final = TOTAL.format(
    usable="ifnull(s.usable, 0)",
    doomed="ifnull(s.expiring, 0)",
    on_order="ifnull(c.on_order, 0)",
    in_draft="ifnull(c.in_draft, 0)",
)
#: The items that may have to be ordered: (item, usable, expiring before :horizon, on order, in
#: draft). They are those whose position could be at or below the level if all that expires before
#: :horizon were lost, and those whose level follows from use since :since (or :every such item).
#: All others are left out here, so that only these few are looked at one by one in Python.
CANDIDATES: Final = f"""
WITH stock AS (
    SELECT s.item_id, sum(iif({_USABLE}, s.quantity, 0)) AS usable,
        sum(iif({_EXPIRES_SOON}, s.quantity, 0)) AS expiring
    FROM inventory_stock s LEFT JOIN inventory_lot l ON l.id = s.lot_id GROUP BY s.item_id
), coming AS ({COMING})
SELECT i.id, ifnull(s.usable, 0), ifnull(s.expiring, 0),
    ifnull(c.on_order, 0), ifnull(c.in_draft, 0)
FROM inventory_item i
LEFT JOIN stock s ON s.item_id = i.id
LEFT JOIN coming c ON c.item_id = i.id
WHERE i.archived_at IS NULL AND NOT i.discontinued AND (
    {_POSITION_AT_WORST} <= ifnull(i.reorder_point, i.order_up_to - 1)
    OR (i.reorder_point IS NULL AND (:every OR EXISTS (
        SELECT 1 FROM inventory_move m
        WHERE m.item_id = i.id AND m.kind = 'use' AND m.day >= :since))))
"""
