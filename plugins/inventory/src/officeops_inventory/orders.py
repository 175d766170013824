"""What people do with purchase orders: fill them, approve and send them, close and cancel them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from officeops import Problem, Refused, action, param
from officeops_inventory import receiving
from officeops_inventory.model import Item, Line, Order, Pack
from officeops_inventory.order_life import ORDER
from officeops_inventory.receiving import lines_of
from officeops_inventory.vendor_terms import deal_for, lead_days, vendor_of

if TYPE_CHECKING:
    from officeops import Action, Office
    from officeops_inventory.vendor_terms import Deal

#: The most packs a line may ask for; more is a slip of the finger.
MOST_PACKS = 1_000_000


def _no_draft(office: Office, order: Order) -> str | None:  # noqa: ARG001 - a guard's signature
    return None if order.status == "draft" else f"it is {order.status}; only a draft's lines can be changed"


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
    pack_id: int | None = param(target="inventory.pack", default=None, help="The vendor's unless said"),
    price: int | None = param(kind="price", default=None, minimum=0, help="Per pack; the vendor's unless said"),
    location_id: int | None = param(target="core.location", default=None, help="Where it is to go"),
) -> Line:
    """Add an item to a draft order, in the pack and at the price of the vendor's terms unless said."""
    item = office.get(Item, item_id)
    _orderable(office, order, item, pack_id)
    deal = deal_for(office, item, order.vendor_id, pack_id)
    _not_twice(office, order, item, deal, location_id)
    return office.add(
        Line(
            order_id=order.id,
            item_id=item.id,
            packs=_packs(packs, least=1),
            pack_size=deal.size,
            pack=deal.pack,
            price=deal.price if price is None else price,
            location_id=location_id,
            by_hand=True,
        )
    )


def _orderable(office: Office, order: Order, item: Item, pack_id: int | None) -> None:
    if item.discontinued:
        raise Refused([Problem(f"{item.name} is discontinued", "item")], str(order))
    if pack_id is not None and office.get(Pack, pack_id).item_id != item.id:
        raise Refused([Problem("is a pack of another item", "pack")], str(order))


def _not_twice(office: Office, order: Order, item: Item, deal: Deal, location_id: int | None) -> None:
    same = office.first(
        Line,
        "order_id = ? AND item_id = ? AND pack_size = ? AND location_id IS ?",
        order.id,
        item.id,
        deal.size,
        location_id,
    )
    if same:
        problem = Problem(f"{item.name} is on it already: {same.packs} {same.pack}. Change line #{same.id}", "item")
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
    return f"{item.name}: {line.packs} {line.pack} of {line.pack_size}, {line.ordered} {item.base_unit}."


def _cannot_send(office: Office, order: Order) -> str | None:
    if why := ORDER.reason(office, order, "send"):
        return why
    vendor = vendor_of(office, order.vendor_id)
    if vendor is None or vendor.status == "active":
        return None
    because = f": {vendor.hold_reason}" if vendor.hold_reason else ""
    return f"{vendor.name} is {vendor.status.replace('_', ' ')}{because}"


@action("inventory.order.send", key="s", unless=_cannot_send)
def send(office: Office, order: Order) -> str:
    """Mark an order as sent to its vendor; what is not said becomes today, and the day it should be in."""
    ordered = order.ordered_on or office.today
    expected = order.expected_on or ordered + timedelta(days=lead_days(office, order))
    office.edit(order, ordered_on=ordered, expected_on=expected)
    ORDER.move(office, order, "send")
    return f"{order} is sent; it is expected on {expected}."


def _unless(verb: str) -> Any:  # noqa: ANN401 - a guard
    return lambda office, order: ORDER.reason(office, order, verb)


@action("inventory.order.close-short", danger=True, unless=_unless("close-short"))
def close_short(office: Office, order: Order) -> str:
    """Close an order, cancelling what has not come."""
    told = []
    for line, left in lines_of(office, order.id):
        if left:
            office.edit(line, managed=True, cancelled=line.cancelled + left)
            told.append(f"{left} of {office.label(Item, line.item_id)}")
    ORDER.move(office, order, "close-short")
    return f"{order} is closed; cancelled: {', '.join(told) or 'nothing'}."


@action("inventory.order.cancel", danger=True, unless=_unless("cancel"))
def cancel(office: Office, order: Order) -> str:
    """Cancel an order of which nothing has come."""
    ORDER.move(office, order, "cancel")
    return f"{order} is cancelled."


ACTIONS: list[Action[..., Any]] = [
    add_line,
    change,
    *ORDER.actions(Order, "approve"),
    send,
    *receiving.ACTIONS,
    *ORDER.actions(Order, "close", "reopen"),
    close_short,
    cancel,
]
