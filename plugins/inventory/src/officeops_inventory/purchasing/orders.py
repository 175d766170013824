"""What people do with purchase orders: fill them, approve and send them, close and cancel them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops import Consent, Outcome, Problem, Refused, action, param
from officeops.core.open_days import first_open_day
from officeops.values.wording import count, units
from officeops.values.wording import packs as in_packs
from officeops_inventory.declared.order_lifecycle import MOST_PACKS, ORDER
from officeops_inventory.model import Item, Line, Order, Pack
from officeops_inventory.purchasing import receipts
from officeops_inventory.purchasing.kept_vendors import vendor_archived
from officeops_inventory.purchasing.totals import order_total
from officeops_inventory.purchasing.vendor_skus import sku_of_pack, sku_shown
from officeops_inventory.purchasing.vendor_terms import deal_for, lead_days, terms_of, vendor_of
from officeops_inventory.stock.open_orders import lines_of

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_inventory.purchasing.vendor_terms import Deal


def _no_draft(office: Office, order: Order) -> str | None:  # noqa: ARG001 - a guard's signature
    return (
        None
        if order.status == "draft"
        else f"it is {order.status}; only a draft's lines can be changed"
    )


def _order_no_draft(office: Office, line: Line) -> str | None:
    order = office.get(Order, line.order_id)
    why = _no_draft(office, order)
    return f"{order}: {why}" if why else None


@action("inventory.order.add-line", unless=_no_draft)
def add_line(
    office: Office,
    order: Order,
    item_id: int = param(target="inventory.item"),
    packs: int = param(kind="quantity", minimum=1),
    pack_id: int | None = param(
        target="inventory.pack",
        within="item_id",
        default=None,
        help="The pack's name. [default: the vendor's]",
    ),
    price: int | None = param(
        kind="price", default=None, minimum=0, help="Per pack. [default: the vendor's]"
    ),
    location_id: int | None = param(target="core.location", default=None, help="Where it is to go"),
) -> Outcome:
    """Add an item to a draft order. Pack and price default to the vendor's terms."""
    item = office.get(Item, item_id)
    _orderable(office, order, item, pack_id)
    deal = deal_for(office, item, order.vendor_id, pack_id)
    _not_twice(office, order, item, deal, location_id)
    line = office.add(
        Line(
            order_id=order.id,
            item_id=item.id,
            packs=_packs(packs, least=1),
            pack_size=deal.size,
            pack=deal.pack,
            price=deal.price if price is None else price,
            location_id=location_id,
            by_hand=True,
            ordered_sku=sku_of_pack(office, item.id, order.vendor_id, deal.size),
        )
    )
    known = terms_of(office, item.id, order.vendor_id, pack_id) is not None
    return Outcome(line, _added(office, order, line, item, known=known))


def _added(office: Office, order: Order, line: Line, item: Item, *, known: bool) -> str:
    """Return what was added, and what is not known of it: its vendor's terms, or its price."""
    what = f"{order}: {in_packs(line.packs, line.pack, line.pack_size)} of {item.name} added (line #{line.id})."
    if not known:
        vendor = vendor_of(office, order.vendor_id)
        what += f" {vendor.name if vendor else 'The vendor'} has no terms for it"
        what += (
            ", so its pack is not known to be sold."
            if line.price is not None
            else ", so it has no price."
        )
    elif line.price is None:
        what += " It has no price that is valid today."
    return what


def _orderable(office: Office, order: Order, item: Item, pack_id: int | None) -> None:
    if item.discontinued:
        raise Refused([Problem(f"{item.name} is discontinued", "item")], str(order))
    if pack_id is not None and office.get(Pack, pack_id).item_id != item.id:
        raise Refused([Problem("is a pack of another item", "pack")], str(order))


def _not_twice(
    office: Office, order: Order, item: Item, deal: Deal, location_id: int | None
) -> None:
    same = office.first(
        Line,
        "order_id = ? AND item_id = ? AND pack_size = ? AND location_id IS ?",
        order.id,
        item.id,
        deal.size,
        location_id,
    )
    if same:
        there = in_packs(same.packs, same.pack, same.pack_size)
        problem = Problem(f"{item.name} is on it already: {there}. Change line #{same.id}", "item")
        raise Refused([problem], str(order))


def _packs(packs: int, *, least: int) -> int:
    if not least <= packs <= MOST_PACKS:
        raise Refused([Problem(f"must be from {least} to {MOST_PACKS:,}", "packs")])
    return packs


@action("inventory.line.change", key="c", unless=_order_no_draft)
def change(
    office: Office,
    line: Line,
    packs: int | None = param(kind="quantity", default=None, minimum=0, help="0 is: not this time"),
    price: int | None = param(kind="price", default=None, minimum=0, help="Per pack"),
) -> str:
    """Change a line of a draft; from then on `reorder draft` leaves it alone."""
    changes: dict[str, object] = {"by_hand": True}
    if packs is not None:
        changes["packs"] = _packs(packs, least=0)
    if price is not None:
        changes["price"] = price
    office.edit(line, managed=True, **changes)
    item = office.get(Item, line.item_id)
    if not line.packs:
        return f"{item.name}: not this time."
    unpriced = "" if line.price is not None else " It has no price."
    ordered = in_packs(line.packs, line.pack, line.pack_size)
    return f"{item.name}: {ordered}, {units(line.ordered, item.base_unit)}.{unpriced}"


def _no_price_to_say(office: Office, line: Line) -> str | None:
    order = office.get(Order, line.order_id)
    if order.status in {"draft", "cancelled", "closed"}:
        what = (
            "change the line instead"
            if order.status == "draft"
            else "nothing is paid on it any more"
        )
        return f"{order} is {order.status}; {what}"
    return None if line.price is None else "it has a price"


@action("inventory.line.price", unless=_no_price_to_say)
def price_line(
    office: Office, line: Line, price: int = param(kind="price", minimum=0, help="Per pack")
) -> str:
    """Say what a line costs that was ordered without a price."""
    office.edit(line, managed=True, price=price)
    item, order = office.get(Item, line.item_id), office.get(Order, line.order_id)
    total = order_total(office, order.id).words(office.ways.places)
    return f"{item.name} on {order} has its price; the order comes to {total}."


def _without_prices(office: Office, order: Order) -> str | None:
    """Return how many of an order's lines have no price, as a reason not to commit money to it."""
    missing = order_total(office, order.id).unpriced
    return (
        f"{count(missing, 'line')} {'has' if missing == 1 else 'have'} no price"
        if missing
        else None
    )


def _unless(verb: str) -> Any:  # noqa: ANN401 - a guard
    return lambda office, order: ORDER.reason(office, order, verb)


@action(
    "inventory.order.approve",
    key="a",
    bulk=True,
    unless=lambda office, order: (
        ORDER.reason(office, order, "approve") or vendor_archived(office, order)
    ),
    consent=Consent("without_prices", _without_prices),
)
def approve(
    office: Office,
    order: Order,
    *,
    without_prices: bool = param(default=False, help="Although lines have no price"),  # noqa: ARG001 - a consent
) -> str:
    """Approve a draft order."""
    ORDER.move(office, order, "approve")
    return f"{order} is approved: {_contents(office, order)}."


def _contents(office: Office, order: Order) -> str:
    """Return how much is on an order, and what it comes to as far as that is known."""
    sql = "SELECT count(*) FROM inventory_line WHERE order_id = ? AND packs > 0 AND archived_at IS NULL"
    lines = count(int(office.value(sql, order.id)), "line")
    return f"{lines}, {order_total(office, order.id).words(office.ways.places)}"


def _cannot_send(office: Office, order: Order) -> str | None:
    if why := ORDER.reason(office, order, "send") or vendor_archived(office, order):
        return why
    vendor = vendor_of(office, order.vendor_id)
    if vendor is None or vendor.status == "active":
        return None
    because = f": {vendor.hold_reason}" if vendor.hold_reason else ""
    return f"{vendor.name} is {vendor.status.replace('_', ' ')}{because}"


@action("inventory.order.send", key="s", bulk=True, unless=_cannot_send)
def send(
    office: Office,
    order: Order,
    on: date | None = param(default=None, help="Day it was sent. [default: the order's, or today]"),  # noqa: B008 - a declaration
    expected: date | None = param(  # noqa: B008
        default=None, help="Day it should arrive. [default: by the lead time]"
    ),
) -> str:
    """Mark an order as sent to its vendor. It is expected when its slowest line is, on a day the office is open."""
    ordered = on or order.ordered_on or office.today
    if on and on > office.today:
        raise Refused([Problem(f"{on} is still to come", "on")], str(order))
    if expected and expected < ordered:
        raise Refused(
            [Problem(f"{expected} is before {ordered}, the day it is ordered", "expected")],
            str(order),
        )
    by_lead_time = first_open_day(office, ordered + timedelta(days=lead_days(office, order)))
    due = expected or order.expected_on or by_lead_time
    office.edit(order, ordered_on=ordered, expected_on=due)
    for line, _ in lines_of(office, order.id):
        # From here on the order says what its vendor was told, whatever becomes of the terms.
        office.edit(line, managed=True, ordered_sku=sku_shown(office, line))
    ORDER.move(office, order, "send")
    doubt = _without_prices(office, order)
    return f"{order} is sent; it is expected on {due}." + (f" {doubt}." if doubt else "")


@action("inventory.order.close-short", danger=True, unless=_unless("close-short"))
def close_short(office: Office, order: Order) -> str:
    """Close an order, cancelling what has not come."""
    told = []
    for line, left in lines_of(office, order.id):
        if left:
            office.edit(line, managed=True, cancelled=line.cancelled + left)
            item = office.get(Item, line.item_id)
            told.append(f"{units(left, item.base_unit)} of {item.name}")
    ORDER.move(office, order, "close-short")
    total = order_total(office, order.id).words(office.ways.places)
    return f"{order} is closed, {total}; cancelled: {', '.join(told) or 'nothing'}."


@action("inventory.order.cancel", danger=True, unless=_unless("cancel"))
def cancel(office: Office, order: Order) -> str:
    """Cancel an order of which nothing has come."""
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
