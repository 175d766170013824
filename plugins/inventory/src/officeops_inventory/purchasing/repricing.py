"""Repricing: lines of an order that goes to another vendor take that vendor's prices, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values import price_text
from officeops.values.wording import packs
from officeops_inventory.model import Item, Line
from officeops_inventory.purchasing.vendor_skus import sku_of_pack
from officeops_inventory.purchasing.vendor_terms import price_of_pack, vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_inventory.model import Order


def reprice(office: Office, order: Order) -> Iterator[str]:
    """Give an order's lines its vendor's prices for their packs, and yield a sentence per change.

    Another vendor's price never remains: without terms for that pack, the line has no price.
    """
    vendor = vendor_of(office, order.vendor_id)
    name = vendor.name if vendor else f"vendor #{order.vendor_id}"
    for line in office.all(Line, "order_id = ?", order.id):
        pack = (line.item_id, order.vendor_id, line.pack_size)
        price = price_of_pack(office, *pack)
        before = line.price
        # Another vendor's SKU never remains either.
        sku = sku_of_pack(office, *pack)
        office.edit(line, managed=True, price=price, ordered_sku=sku)
        if price == before:
            continue
        what = f"{office.label(Item, line.item_id)}, {packs(1, line.pack, line.pack_size)}"
        yield f"{what}: {_change(before, price, name, office.ways.places)}."


def _change(before: int | None, price: int | None, vendor: str, places: int) -> str:
    if price is None:
        cleared = f"{price_text(before or 0, places)} was another vendor's and is cleared"
        return f"{vendor} has no valid price for it; {cleared}"
    instead = f" in place of {price_text(before, places)}" if before is not None else ""
    return f"{price_text(price, places)} from {vendor}{instead}"
