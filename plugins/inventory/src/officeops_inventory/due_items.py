"""Attention: orders that wait for somebody, what must be ordered, and stock below its minimum.

Lots that expire are told by the core, from the lot's own declaration.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Due
from officeops.values.wording import count, units
from officeops_inventory.declared.amounts import TOTAL, UNPRICED
from officeops_inventory.model import Item, Order
from officeops_inventory.purchasing.totals import Total, total_of
from officeops_inventory.purchasing.vendor_terms import vendors_of
from officeops_inventory.stock.ledger import USABLE
from officeops_inventory.stock.unsafe_stock import below_zero, unsafe_lots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_inventory.reorder.sheet import Group, SheetLine

_WAITING = f"""
SELECT t.id, t.status, t.vendor_id, count(l.id), {TOTAL}, {UNPRICED} FROM inventory_order t
JOIN inventory_line l ON l.order_id = t.id AND l.packs > 0 AND l.archived_at IS NULL
WHERE t.status IN ('draft', 'approved') AND t.archived_at IS NULL GROUP BY t.id ORDER BY t.id
"""
#: Orders that were sent, or came in, with lines that nobody knows the price of: told of until priced, closed or cancelled.
_UNPRICED = f"""
SELECT t.id, t.vendor_id, {TOTAL}, {UNPRICED} AS unpriced FROM inventory_order t
WHERE t.status IN ('sent', 'partly_received', 'received') AND t.archived_at IS NULL AND unpriced > 0 ORDER BY t.id
"""
_LATE = """
SELECT id, vendor_id, expected_on FROM inventory_order
WHERE status IN ('sent', 'partly_received') AND expected_on < ? AND archived_at IS NULL ORDER BY expected_on, id
"""
_BELOW_MINIMUM = f"""
SELECT i.id, i.name, i.base_unit, i.minimum, ifnull(sum(iif({USABLE}, s.quantity, 0)), 0) AS usable
FROM inventory_item i LEFT JOIN inventory_stock s ON s.item_id = i.id LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE i.minimum > 0 AND i.archived_at IS NULL AND NOT i.discontinued
GROUP BY i.id HAVING usable < i.minimum ORDER BY i.name COLLATE NOCASE, i.id
"""


def due_items(office: Office, until: date) -> Iterator[Due]:  # noqa: ARG001 - all of it is due now or not at all
    """Yield what needs attention now; an order is late from the day after it was expected."""
    names = {vendor_id: vendor.name for vendor_id, vendor in vendors_of(office).items()}
    yield from _waiting(office, names)
    yield from _unpriced(office, names)
    yield from _late(office, names)
    yield from _reorders(office)
    yield from _below_minimum(office)
    yield from unsafe_lots(office)
    yield from below_zero(office)


def _waiting(office: Office, names: dict[int, str]) -> Iterator[Due]:
    for order_id, status, vendor_id, lines, money, unpriced in office.rows(_WAITING):
        wait, action = (
            ("waits for approval", "approve")
            if status == "draft"
            else ("is approved, not sent yet", "send")
        )
        to = names.get(vendor_id, f"vendor #{vendor_id}")
        total = Total(money, unpriced).words(office.ways.places)
        yield Due(
            key=f"{Order.meta.key}:{order_id}:{status}",
            on=office.today,
            what=f"{office.label(Order, order_id)} to {to} {wait}: {count(lines, 'line')}, {total}",
            action=action,
            record=Order.meta.key,
            record_id=order_id,
        )


def _unpriced(office: Office, names: dict[int, str]) -> Iterator[Due]:
    for order_id, vendor_id, money, unpriced in office.rows(_UNPRICED):
        to = names.get(vendor_id, f"vendor #{vendor_id}")
        total = Total(money, unpriced).words(office.ways.places)
        yield Due(
            key=f"{Order.meta.key}:{order_id}:unpriced",
            on=office.today,
            what=f"{office.label(Order, order_id)} to {to} was sent without all its prices: {total}",
            severity="money",
            action="line price",
            record=Order.meta.key,
            record_id=order_id,
        )


def _late(office: Office, names: dict[int, str]) -> Iterator[Due]:
    for order_id, vendor_id, expected in office.rows(_LATE, office.today.isoformat()):
        to = names.get(vendor_id, f"vendor #{vendor_id}")
        yield Due(
            key=f"{Order.meta.key}:{order_id}:{expected}",
            on=date.fromisoformat(expected),
            what=f"{office.label(Order, order_id)} to {to} was expected {expected} and is not all here",
            severity="money",
            action="receive",
            record=Order.meta.key,
            record_id=order_id,
        )


def _reorders(office: Office) -> Iterator[Due]:
    from officeops_inventory.reorder.sheet import sheet

    for group in sheet(office).groups:
        blocked = [line for line in group.lines if line.suggestion.blocked]
        if len(blocked) < len(group.lines):
            yield _reorder(office, group, len(group.lines) - len(blocked))
        yield from (_blocked(office, line) for line in blocked)


def _reorder(office: Office, group: Group, items: int) -> Due:
    if group.vendor is None:
        what, action = f"Reorder: no vendor is known for {count(items, 'item')}", "terms add"
    else:
        amounts = [line.amount for line in group.lines if not line.suggestion.blocked]
        total = total_of(amounts).words(office.ways.places)
        what, action = (
            f"Reorder from {group.vendor.name}: {count(items, 'item')}, {total}",
            "reorder draft",
        )
    vendor = group.vendor.id if group.vendor else "none"
    return Due(
        key=f"inventory.reorder:{vendor}",
        on=office.today,
        what=what,
        severity="money",
        action=action,
    )


def _blocked(office: Office, line: SheetLine) -> Due:
    place = f":{line.location_id}" if line.location_id else ""
    return Due(
        key=f"inventory.reorder.blocked:{line.item.id}{place}",
        on=office.today,
        what=f"Reorder blocked: {line.item.name}. {line.suggestion.blocked}",
        severity="money",
        action="edit",
        record=Item.meta.key,
        record_id=line.item.id,
    )


def _below_minimum(office: Office) -> Iterator[Due]:
    for item_id, name, unit, minimum, usable in office.rows(
        _BELOW_MINIMUM, office.today.isoformat()
    ):
        yield Due(
            key=f"{Item.meta.key}:{item_id}:minimum",
            on=office.today,
            what=f"{name}: {units(usable, unit)} usable, below the minimum of {minimum}",
            record=Item.meta.key,
            record_id=item_id,
        )
