"""Actions on purchase orders: approve, send, close and cancel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops import Consent, Problem, Reason, Refused, action, param
from officeops.core.office_calendar import calendar
from officeops.values.wording import count, units
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.model import Item, Order
from officeops_inventory.purchasing import receipts
from officeops_inventory.purchasing.kept_vendors import vendor_archived
from officeops_inventory.purchasing.order_lines import add_line, change, price_line
from officeops_inventory.purchasing.totals import order_total
from officeops_inventory.purchasing.vendor_skus import sku_shown
from officeops_inventory.purchasing.vendor_terms import lead_days, vendor_of
from officeops_inventory.stock.open_orders import lines_of

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

_LINES = """
SELECT count(*) FROM inventory_line WHERE order_id = ? AND packs > 0 AND archived_at IS NULL
"""


def _without_prices(office: Office, order: Order) -> str | None:
    """Return the number of lines without a price, as a reason not to commit money, or None."""
    missing = order_total(office, order.id).unpriced
    if not missing:
        return None
    return f"{count(missing, 'line')} {'has' if missing == 1 else 'have'} no price"


def _unless(verb: str) -> Any:  # noqa: ANN401 - a guard
    return lambda office, order: ORDER.reason(office, order, verb)


def _cannot_approve(office: Office, order: Order) -> str | None:
    return ORDER.reason(office, order, "approve") or vendor_archived(office, order)


@action(
    "inventory.order.approve",
    key="a",
    bulk=True,
    unless=_cannot_approve,
    consent=Consent("without_prices", _without_prices),
)
def approve(
    office: Office,
    order: Order,
    *,
    without_prices: bool = param(  # noqa: ARG001 - a consent
        default=False, help="Approve although lines have no price"
    ),
) -> str:
    """Approve a draft order."""
    ORDER.move(office, order, "approve")
    return f"{order} is approved: {_contents(office, order)}."


def _contents(office: Office, order: Order) -> str:
    """Return the number of lines of an order, and its total as far as prices are known."""
    lines = count(int(office.value(_LINES, order.id)), "line")
    return f"{lines}, {order_total(office, order.id).words(office.ways.places)}"


def _cannot_send(office: Office, order: Order) -> str | None:
    why = ORDER.reason(office, order, "send") or vendor_archived(office, order)
    if why:
        return why
    # While the plugin vendors is off, nothing is known against a vendor.
    vendor = vendor_of(office, order.vendor_id)
    if vendor is None or vendor.status == "active":
        return None
    because = f": {vendor.hold_reason}" if vendor.hold_reason else ""
    why = f"{vendor.name} is {vendor.status.replace('_', ' ')}{because}"
    code = "on-hold" if vendor.status == "on_hold" else "wrong-state"
    return Reason(why, code=code, facts={"state": vendor.status, "needed": ["active"]})


@action("inventory.order.send", key="s", bulk=True, unless=_cannot_send)
def send(
    office: Office,
    order: Order,
    on: date | None = param(  # noqa: B008 - a declaration
        default=None, help="Day it was sent. [default: the order's, or today]"
    ),
    expected: date | None = param(  # noqa: B008
        default=None, help="Day it should arrive. [default: by the lead time]"
    ),
) -> str:
    """Mark an order as sent. It is expected when its slowest line is due, on an open day."""
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
    by_lead_time = calendar(office).next_open_day(arrives)
    due = expected or order.expected_on or by_lead_time
    office.edit(order, ordered_on=ordered, expected_on=due)
    for line, _ in lines_of(office, order.id):
        # The sent order keeps the SKUs that its vendor got, also if the terms change later.
        office.edit(line, managed=True, ordered_sku=sku_shown(office, line))
    ORDER.move(office, order, "send")
    doubt = _without_prices(office, order)
    sent = f"{order} is sent; it is expected on {due}."
    return f"{sent} {doubt}." if doubt else sent


@action("inventory.order.close-short", danger=True, unless=_unless("close-short"))
def close_short(office: Office, order: Order) -> str:
    """Close an order and cancel the packs not received."""
    # The rest is cancelled, or it would count as on order for ever.
    cancelled = []
    for line, left in lines_of(office, order.id):
        if left:
            office.edit(line, managed=True, cancelled=line.cancelled + left)
            item = office.get(Item, line.item_id)
            cancelled.append(f"{units(left, item.base_unit)} of {item.name}")
    ORDER.move(office, order, "close-short")
    total = order_total(office, order.id).words(office.ways.places)
    return f"{order} is closed, {total}; cancelled: {', '.join(cancelled) or 'nothing'}."


@action("inventory.order.cancel", danger=True, unless=_unless("cancel"))
def cancel(office: Office, order: Order) -> str:
    """Cancel an order of which nothing was received."""
    ORDER.move(office, order, "cancel")
    return f"{order} is cancelled."


ACTIONS: list[Action[..., Any]] = [
    add_line,
    change,
    price_line,
    approve,
    send,
    *receipts.ACTIONS,
    *ORDER.actions(Order, "close", "reopen"),
    close_short,
    cancel,
]
