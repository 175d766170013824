"""Actions on order lines: add one to a draft, change it, and price it after the order was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Outcome, Problem, Reason, Refused, action, param
from officeops.values.wording import packs as in_packs
from officeops.values.wording import units
from officeops_inventory.declared.order_lifecycle import MOST_PACKS
from officeops_inventory.model import Item, Line, Order, Pack
from officeops_inventory.purchasing.totals import order_total
from officeops_inventory.purchasing.vendor_skus import sku_of_pack
from officeops_inventory.purchasing.vendor_terms import deal_for, terms_of, vendor_of

if TYPE_CHECKING:
    from officeops import Office
    from officeops_inventory.purchasing.vendor_terms import Deal

_SAME_LINE = "order_id = ? AND item_id = ? AND pack_size = ? AND location_id IS ?"


def _no_draft(office: Office, order: Order) -> Reason | None:  # noqa: ARG001 - a guard's signature
    # A sent order is a document that its vendor has: only receipts and closing change its lines.
    if order.status == "draft":
        return None
    status = order.status.replace("_", " ")
    facts = {"state": order.status, "needed": ["draft"]}
    why = f"it is {status}; only a draft's lines can be changed"
    return Reason(why, code="wrong-state", facts=facts)


def _order_no_draft(office: Office, line: Line) -> str | None:
    order = office.get(Order, line.order_id)
    why = _no_draft(office, order)
    return why.within(f"{order}: {why}") if why else None


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
    location_id: int | None = param(
        target="core.location", default=None, help="Where the goods go"
    ),
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
            # `reorder draft` must not top up a line that a person typed.
            by_hand=True,
            # A copy, in case the terms are archived before the order is sent.
            ordered_sku=sku_of_pack(office, item.id, order.vendor_id, deal.size),
        )
    )
    known = terms_of(office, item.id, order.vendor_id, pack_id) is not None
    ordered = in_packs(line.packs, line.pack, line.pack_size)
    added = f"{order}: {ordered} of {item.name} added (line #{line.id})."
    return Outcome(line, added + _doubt(office, order, line, known=known))


def _doubt(office: Office, order: Order, line: Line, *, known: bool) -> str:
    """Return a sentence if the vendor's terms for an added line, or its price, are not known."""
    if known:
        return "" if line.price is not None else " It has no price that is valid today."
    vendor = vendor_of(office, order.vendor_id)
    without = f" {vendor.name if vendor else 'The vendor'} has no terms for it"
    if line.price is not None:
        return f"{without}, so its pack is not known to be sold."
    return f"{without}, so it has no price."


def _orderable(
    office: Office,
    order: Order,
    item: Item,
    pack_id: int | None,
) -> None:
    """Raise Refused for a discontinued item, and for a pack of another one."""
    if item.discontinued:
        raise Refused(
            [Problem(f"{item.name} is discontinued", "item", code="wrong-state")], str(order)
        )
    if pack_id is not None and office.get(Pack, pack_id).item_id != item.id:
        raise Refused(
            [Problem("is a pack of another item", "pack", code="pack-of-another-item")], str(order)
        )


def _not_twice(
    office: Office,
    order: Order,
    item: Item,
    deal: Deal,
    location_id: int | None,
) -> None:
    """Raise Refused where the order has a line for the same pack and location."""
    same = office.first(Line, _SAME_LINE, order.id, item.id, deal.size, location_id)
    if same:
        ordered = in_packs(same.packs, same.pack, same.pack_size)
        why = f"{item.name} is on it already: {ordered}. Change line #{same.id}"
        raise Refused([Problem(why, "item", code="taken", facts={"by": f"#{same.id}"})], str(order))


def _packs(packs: int, *, least: int) -> int:
    if not least <= packs <= MOST_PACKS:
        raise Refused(
            [
                Problem(
                    f"must be from {least} to {MOST_PACKS:,}",
                    "packs",
                    code="out-of-range",
                    facts={"minimum": least, "maximum": MOST_PACKS},
                )
            ]
        )
    return packs


@action("inventory.line.change", means="edit", unless=_order_no_draft)
def change(
    office: Office,
    line: Line,
    packs: int | None = param(
        kind="quantity", default=None, minimum=0, help="0 leaves the item off this order"
    ),
    price: int | None = param(kind="price", default=None, minimum=0, help="Per pack"),
) -> str:
    """Change a line of a draft; from then on `reorder draft` leaves it alone."""
    # A line of 0 packs is not removed: it keeps `reorder draft` from ordering the item again.
    changes: dict[str, object] = {"by_hand": True}
    if packs is not None:
        changes["packs"] = _packs(packs, least=0)
    if price is not None:
        changes["price"] = price
    office.edit(line, managed=True, **changes)
    item = office.get(Item, line.item_id)
    if not line.packs:
        return f"{item.name} is not ordered this time."
    unpriced = "" if line.price is not None else " It has no price."
    ordered = in_packs(line.packs, line.pack, line.pack_size)
    return f"{item.name}: {ordered}, {units(line.ordered, item.base_unit)}.{unpriced}"


def _priced(office: Office, line: Line) -> str | None:
    """Return the reason why a line takes no price, or None."""
    order = office.get(Order, line.order_id)
    if order.status == "draft":
        why = f"{order} is a draft; change the line instead"
        return Reason(why, code="wrong-state", facts={"state": order.status})
    if order.status in {"cancelled", "closed"}:
        why = f"{order} is {order.status}; nothing is paid on it any more"
        return Reason(why, code="wrong-state", facts={"state": order.status})
    # The price of a sent line is the agreed one; another is a matter for the vendor.
    return None if line.price is None else Reason("it has a price", code="nothing-to-do")


@action("inventory.line.price", unless=_priced)
def price_line(
    office: Office, line: Line, price: int = param(kind="price", minimum=0, help="Per pack")
) -> str:
    """Say what a line costs that was ordered without a price."""
    office.edit(line, managed=True, price=price)
    item = office.get(Item, line.item_id)
    order = office.get(Order, line.order_id)
    total = order_total(office, order.id).words(office.ways.places)
    return f"{item.name} on {order} has its price; the order comes to {total}."
