"""The steps of purchase orders: the reasons against one, what it writes, and what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops import Problem, Reason, Refused
from officeops.values.wording import count, units
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.model import Item, Order
from officeops_inventory.purchasing import receipts
from officeops_inventory.purchasing.kept_vendors import vendor_archived
from officeops_inventory.purchasing.order_lines import add_line, change, price_line
from officeops_inventory.purchasing.totals import order_total
from officeops_inventory.purchasing.vendor_skus import sku_of_pack
from officeops_inventory.purchasing.vendor_terms import lead_days, vendor_of
from officeops_inventory.stock.open_orders import lines_of

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

_LINES = """
SELECT count(*) FROM inventory_line WHERE order_id = ? AND packs > 0 AND archived_at IS NULL
"""
_RECEIVED = """
SELECT sum(m.quantity) FROM inventory_move m JOIN inventory_line l ON l.id = m.line_id
WHERE l.order_id = ?
"""


def without_prices(office: Office, order: Order) -> str | None:
    """Return the number of lines without a price, as a reason not to commit money, or None."""
    missing = order_total(office, order.id).unpriced
    if not missing:
        return None
    return f"{count(missing, 'line')} {'has' if missing == 1 else 'have'} no price"


def cannot_approve(office: Office, order: Order) -> str | None:
    """Return why an order is not approved: it has no lines, or its vendor is archived."""
    if not office.value(_LINES, order.id):
        return Reason("it has no lines", code="needed")
    return vendor_archived(office, order)


def approved(office: Office, order: Order) -> str:
    """Say that an order is approved: the number of lines, and the total as far as prices are known."""
    lines = count(int(office.value(_LINES, order.id)), "line")
    total = order_total(office, order.id).words(office.ways.places)
    return f"{order} is approved: {lines}, {total}."


def cannot_send(office: Office, order: Order) -> str | None:
    """Return why an order is not sent: its vendor is archived or on hold."""
    if why := vendor_archived(office, order):
        return why
    # While the plugin vendors is off, nothing is known against a vendor.
    vendor = vendor_of(office, order.vendor_id)
    if vendor is None or vendor.status == "active":
        return None
    because = f": {vendor.hold_reason}" if vendor.hold_reason else ""
    why = f"{vendor.name} is {vendor.status.replace('_', ' ')}{because}"
    code = "on-hold" if vendor.status == "on_hold" else "wrong-state"
    return Reason(why, code=code, facts={"state": vendor.status, "needed": ["active"]})


def days_of_sending(
    office: Office,
    order: Order,
    on: date | None,
    expected: date | None,
) -> dict[str, date]:
    """Return the days on which an order is sent and expected. Raises Refused for impossible ones."""
    ordered = on or order.ordered_on or office.today
    if on and on > office.today:
        facts = {"maximum": str(office.today)}
        problem = Problem(f"{on} is in the future", "on", code="out-of-range", facts=facts)
        raise Refused([problem], str(order))
    if expected and expected < ordered:
        why = f"{expected} is before {ordered}, the day it is ordered"
        raise Refused([Problem(why, "expected", code="wrong-order")], str(order))
    # A delivery on a closed day would be late before anyone could take it in.
    arrives = ordered + timedelta(days=lead_days(office, order))
    by_lead_time = office.calendar.next_open_day(arrives)
    return {
        "ordered_on": ordered,
        "expected_on": expected or order.expected_on or by_lead_time,
    }


def sent(office: Office, order: Order, **_days: date | None) -> str:
    """Keep the SKUs that the vendor of a sent order got, also if the terms change later."""
    for line, _ in lines_of(office, order.id):
        sku = sku_of_pack(office, line.item_id, order.vendor_id, line.pack_size)
        office.edit(line, managed=True, ordered_sku=sku or line.ordered_sku)
    sentence = f"{order} is sent; it is expected on {order.expected_on}."
    doubt = without_prices(office, order)
    return f"{sentence} {doubt}." if doubt else sentence


def closed_short(office: Office, order: Order) -> str:
    """Cancel the packs not received, or they would count as on order for ever, and say so."""
    cancelled = []
    for line, left in lines_of(office, order.id):
        if left:
            office.edit(line, managed=True, cancelled=line.cancelled + left)
            item = office.get(Item, line.item_id)
            cancelled.append(f"{units(left, item.base_unit)} of {item.name}")
    total = order_total(office, order.id).words(office.ways.places)
    return f"{order} is closed, {total}; cancelled: {', '.join(cancelled) or 'nothing'}."


def anything_received(office: Office, order: Order) -> str | None:
    """Return why an order is not cancelled: goods came in on it."""
    if not office.value(_RECEIVED, order.id):
        return None
    return Reason("goods were received on it; close it short instead", code="in-use")


approve, send, close, reopen, close_short, cancel = ORDER.actions(Order)
ACTIONS: list[Action[..., Any]] = [
    add_line,
    change,
    price_line,
    approve,
    send,
    *receipts.ACTIONS,
    close,
    reopen,
    close_short,
    cancel,
]
