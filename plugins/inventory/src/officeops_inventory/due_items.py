"""Due items of the inventory: orders that wait for a person, reorders, and stock below its minimum.

The core lists expiring lots itself, from the expiry that the lot declares.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Due
from officeops.values.wording import count, units
from officeops_inventory.declared.amounts import TOTAL, UNPRICED
from officeops_inventory.declared.usable import USABLE
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.purchasing.totals import Total, total_of
from officeops_inventory.purchasing.vendor_terms import vendors_of
from officeops_inventory.stock.unsafe_stock import below_zero, unsafe_lots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record, Severity
    from officeops_inventory.reorder.sheet import Group
    from officeops_inventory.reorder.suggestions import SheetLine

_WAITING = f"""
SELECT t.id, t.status, t.vendor_id, count(l.id), {TOTAL}, {UNPRICED} FROM inventory_order t
JOIN inventory_line l ON l.order_id = t.id AND l.packs > 0 AND l.archived_at IS NULL
WHERE t.status IN ('draft', 'approved') AND t.archived_at IS NULL GROUP BY t.id ORDER BY t.id
"""
#: Orders sent or received with lines that have no price: due until they are priced, closed or
#: cancelled, because an unknown cost is committed.
_UNPRICED = f"""
SELECT t.id, t.vendor_id, {TOTAL}, {UNPRICED} AS unpriced FROM inventory_order t
WHERE t.status IN ('sent', 'partly_received', 'received') AND t.archived_at IS NULL
    AND unpriced > 0
ORDER BY t.id
"""
_LATE = """
SELECT id, vendor_id, expected_on FROM inventory_order
WHERE status IN ('sent', 'partly_received') AND expected_on < ? AND archived_at IS NULL
ORDER BY expected_on, id
"""
_BELOW_MINIMUM = f"""
SELECT i.id, i.name, i.base_unit, i.minimum,
    ifnull(sum(iif({USABLE}, s.quantity, 0)), 0) AS usable
FROM inventory_item i
LEFT JOIN inventory_stock s ON s.item_id = i.id
LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE i.minimum > 0 AND i.archived_at IS NULL AND NOT i.discontinued
GROUP BY i.id HAVING usable < i.minimum ORDER BY i.name COLLATE NOCASE, i.id
"""


def due_items(office: Office, until: date) -> Iterator[Due]:  # noqa: ARG001 - a hook's signature
    """Yield the inventory's due items; an order is late from the day after it was expected.

    All of them are due today or not at all, so `until` changes nothing.
    """
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
        # An empty draft waits for nobody: the query wants a line.
        wait, action = "is approved, not sent yet", "send"
        if status == "draft":
            wait, action = "waits for approval", "approve"
        total = Total(money, unpriced).words(office.ways.places)
        about = _order_to(office, names, order_id, vendor_id)
        what = f"{about} {wait}: {count(lines, 'line')}, {total}"
        key = f"{Order.meta.key}:{order_id}:{status}"
        yield _due_of(Order, order_id, key, office.today, what, action)


def _unpriced(office: Office, names: dict[int, str]) -> Iterator[Due]:
    for order_id, vendor_id, money, unpriced in office.rows(_UNPRICED):
        total = Total(money, unpriced).words(office.ways.places)
        about = _order_to(office, names, order_id, vendor_id)
        what = f"{about} was sent without all its prices: {total}"
        key = f"{Order.meta.key}:{order_id}:unpriced"
        action = f"{Line.meta.noun} price"
        yield _due_of(Order, order_id, key, office.today, what, action, "money")


def _late(office: Office, names: dict[int, str]) -> Iterator[Due]:
    for order_id, vendor_id, expected in office.rows(_LATE, office.today.isoformat()):
        about = _order_to(office, names, order_id, vendor_id)
        what = f"{about} was expected {expected} and has not fully arrived"
        key = f"{Order.meta.key}:{order_id}:{expected}"
        yield _due_of(Order, order_id, key, date.fromisoformat(expected), what, "receive", "money")


def _order_to(
    office: Office,
    names: dict[int, str],
    order_id: int,
    vendor_id: int,
) -> str:
    """Return the order with its vendor, as its due items begin: PO-7 to Acme."""
    vendor = names.get(vendor_id, f"vendor #{vendor_id}")
    return f"{office.label(Order, order_id)} to {vendor}"


def _due_of(
    record: type[Record],
    record_id: int,
    key: str,
    on: date,
    what: str,
    action: str = "",
    severity: Severity = "routine",
) -> Due:
    """Return a due item about one record; `action` is the command that settles it."""
    return Due(
        key=key,
        on=on,
        what=what,
        severity=severity,
        action=action,
        record=record.meta.key,
        record_id=record_id,
    )


def _reorders(office: Office) -> Iterator[Due]:
    from officeops_inventory.reorder.sheet import sheet

    # A blocked line is due by itself: drafting does not settle it.
    for group in sheet(office).groups:
        blocked = [line for line in group.lines if line.suggestion.blocked]
        if len(blocked) < len(group.lines):
            yield _reorder(office, group, len(group.lines) - len(blocked))
        for line in blocked:
            yield _blocked(office, line)


def _reorder(office: Office, group: Group, items: int) -> Due:
    """Return one due item for all that one vendor can be asked for."""
    if group.vendor is None:
        vendor_id = "none"
        what = f"Reorder: no vendor is known for {count(items, 'item')}"
        action = "reorder"
    else:
        vendor_id = str(group.vendor.id)
        amounts = [line.amount for line in group.lines if not line.suggestion.blocked]
        total = total_of(amounts).words(office.ways.places)
        what = f"Reorder from {group.vendor.name}: {count(items, 'item')}, {total}"
        action = "reorder draft"
    return Due(
        key=f"inventory.reorder:{vendor_id}",
        on=office.today,
        what=what,
        severity="money",
        action=action,
    )


def _blocked(office: Office, line: SheetLine) -> Due:
    item = line.item
    place = f":{line.location_id}" if line.location_id else ""
    key = f"inventory.reorder.blocked:{item.id}{place}"
    what = f"Reorder blocked: {item.name}. {line.suggestion.blocked}"
    return _due_of(Item, item.id, key, office.today, what, "edit", "money")


def _below_minimum(office: Office) -> Iterator[Due]:
    today = office.today
    for item_id, name, unit, minimum, usable in office.rows(_BELOW_MINIMUM, today.isoformat()):
        what = f"{name}: {units(usable, unit)} usable, below the minimum of {minimum}"
        yield _due_of(Item, item_id, f"{Item.meta.key}:{item_id}:minimum", today, what)
