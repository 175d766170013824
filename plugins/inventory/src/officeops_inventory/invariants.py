"""Invariants: facts that hold for the inventory at any time. `officeops selfcheck` checks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.purchasing.receipts import OVER_DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_FOREIGN_LOTS = """
SELECT m.id, m.item_id, l.item_id FROM inventory_move m JOIN inventory_lot l ON l.id = m.lot_id
WHERE l.item_id <> m.item_id
"""
#: More may have come than was ordered only if a person marked the receipt as an over-delivery.
_LINES = """
SELECT * FROM (
    SELECT l.id, l.order_id, l.item_id, o.status, l.packs * l.pack_size AS ordered, l.cancelled,
        (SELECT ifnull(sum(m.quantity), 0) FROM inventory_move m
            WHERE m.line_id = l.id) AS received,
        EXISTS (
            SELECT 1 FROM inventory_move m
            WHERE m.line_id = l.id AND m.note LIKE ? || '%') AS taken
    FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id
    WHERE l.archived_at IS NULL)
WHERE received < 0 OR cancelled > ordered OR (received + cancelled > ordered AND NOT taken)
    OR (status = 'received' AND received + cancelled < ordered)
    OR (status IN ('draft', 'approved', 'sent') AND received <> 0)
"""


def problems(office: Office) -> Iterator[Problem]:
    """Yield a problem for each fact that does not hold. Every move is read once."""
    yield from _moves(office)
    yield from _lines(office)


def _moves(office: Office) -> Iterator[Problem]:
    for move, item, other in office.rows(_FOREIGN_LOTS):
        name, other_name = office.label(Item, item), office.label(Item, other)
        yield Problem(
            f"#{move} is of {name}, but its lot is of {other_name}",
            "move",
            code="lot-of-another-item",
        )


def _lines(office: Office) -> Iterator[Problem]:
    rows = office.rows(_LINES, OVER_DELIVERY)
    for line, order, item, status, ordered, cancelled, received, _ in rows:
        what = f"{office.label(Order, order)}, {office.label(Item, item)}"
        figures = f"{ordered} ordered, {received} received, {cancelled} cancelled"
        state = f"on an order that is {status.replace('_', ' ')}"
        yield Problem(
            f"{what}: {figures} {state}", f"{Line.meta.noun} #{line}", code="out-of-balance"
        )
