"""Invariants: what must be true of the inventory at any time. `officeops selfcheck` asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, Problem
from officeops_inventory.model import Item, Line, Lot, Order
from officeops_inventory.purchasing.receipts import OVER_DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_BALANCES = """
SELECT item_id, location_id, lot_id, sum(stock), sum(moves) FROM (
    SELECT item_id, location_id, lot_id, quantity AS stock, 0 AS moves FROM inventory_stock
    UNION ALL SELECT item_id, location_id, lot_id, 0, quantity FROM inventory_move WHERE NOT history)
GROUP BY item_id, location_id, lot_id HAVING sum(stock) <> sum(moves)
"""
_NEGATIVE = "SELECT item_id, location_id, lot_id, quantity FROM inventory_stock WHERE quantity < 0"
_FOREIGN_LOTS = """
SELECT m.id, m.item_id, l.item_id FROM inventory_move m JOIN inventory_lot l ON l.id = m.lot_id
WHERE l.item_id <> m.item_id
"""
_REVERSALS = """
SELECT r.id, m.id FROM inventory_move r JOIN inventory_move m ON m.id = r.reverses_id
WHERE r.quantity <> -m.quantity OR r.item_id <> m.item_id OR r.location_id <> m.location_id
    OR r.lot_id IS NOT m.lot_id OR r.line_id IS NOT m.line_id
    OR EXISTS (SELECT 1 FROM inventory_move o WHERE o.reverses_id = m.id AND o.id < r.id)
"""
_LINES = """
SELECT * FROM (
    SELECT l.id, l.order_id, l.item_id, o.status, l.packs * l.pack_size AS ordered, l.cancelled,
        (SELECT ifnull(sum(m.quantity), 0) FROM inventory_move m WHERE m.line_id = l.id) AS received,
        EXISTS (SELECT 1 FROM inventory_move m WHERE m.line_id = l.id AND m.note LIKE ? || '%') AS taken
    FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id WHERE l.archived_at IS NULL)
WHERE received < 0 OR cancelled > ordered OR (received + cancelled > ordered AND NOT taken)
    OR (status = 'received' AND received + cancelled < ordered)
    OR (status IN ('draft', 'approved', 'sent') AND received <> 0)
"""


def problems(office: Office) -> Iterator[Problem]:
    """Yield a sentence for everything that is not in order. Reads every move once."""
    yield from _balances(office)
    yield from _moves(office)
    yield from _lines(office)


def _balances(office: Office) -> Iterator[Problem]:
    for item, place, lot, stock, moves in office.rows(_BALANCES):
        yield Problem(
            f"{_where(office, item, place, lot)}: {stock} on hand, but its moves add up to {moves}",
            "stock",
        )
    for item, place, lot, quantity in office.rows(_NEGATIVE):
        yield Problem(f"{_where(office, item, place, lot)}: {quantity} on hand; count it", "stock")


def _moves(office: Office) -> Iterator[Problem]:
    for move, item, other in office.rows(_FOREIGN_LOTS):
        names = office.label(Item, item), office.label(Item, other)
        yield Problem(f"#{move} is of {names[0]}, but its lot is of {names[1]}", "move")
    for reversal, move in office.rows(_REVERSALS):
        yield Problem(
            f"#{reversal} reverses #{move} a second time or differently from what it was", "move"
        )


def _lines(office: Office) -> Iterator[Problem]:
    for line, order, item, status, ordered, cancelled, received, _ in office.rows(
        _LINES, OVER_DELIVERY
    ):
        what = f"{office.label(Order, order)}, {office.label(Item, item)}"
        figures = f"{ordered} ordered, {received} received, {cancelled} cancelled"
        yield Problem(
            f"{what}: {figures} on an order that is {status.replace('_', ' ')}",
            f"{Line.meta.noun} #{line}",
        )


def _where(office: Office, item: int, place: int, lot: int | None) -> str:
    of_lot = f", lot {office.label(Lot, lot)}" if lot else ""
    return f"{office.label(Item, item)} at {office.label(Location, place)}{of_lot}"
