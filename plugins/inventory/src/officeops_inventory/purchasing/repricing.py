"""Repricing: an order goes to another vendor, so its lines cost what that vendor asks, or what nobody knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values.convert import price_text
from officeops.values.wording import packs
from officeops_inventory.model import Item, Line
from officeops_inventory.purchasing.vendor_skus import sku_of_pack
from officeops_inventory.purchasing.vendor_terms import price_of_pack, vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_inventory.model import Order


def reprice(office: Office, order: Order) -> Iterator[str]:
    """Give an order's lines its vendor's prices for their packs, and yield a sentence for each line whose price changed.

    Another vendor's price never stays: where the new one has none for that pack, the line has none.
    """
    vendor = vendor_of(office, order.vendor_id)
    name = vendor.name if vendor else f"vendor #{order.vendor_id}"
    for line in office.all(Line, "order_id = ?", order.id):
        price = price_of_pack(office, line.item_id, order.vendor_id, line.pack_size)
        before = line.price
        # Another vendor's SKU never stays either.
        sku = sku_of_pack(office, line.item_id, order.vendor_id, line.pack_size)
        office.edit(line, managed=True, price=price, ordered_sku=sku)
        if price == before:
            continue
        what = f"{office.label(Item, line.item_id)}, {packs(1, line.pack, line.pack_size)}"
        yield f"{what}: {_change(before, price, name, office.ways.places)}."


def _change(before: int | None, price: int | None, vendor: str, places: int) -> str:
    if price is None:
        return f"{vendor} has no valid price for it; {price_text(before or 0, places)} was another vendor's and is cleared"
    was = f" in place of {price_text(before, places)}" if before is not None else ""
    return f"{price_text(price, places)} from {vendor}{was}"
