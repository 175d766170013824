"""Barcodes: items found by the code on one of their packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def items_by_barcode(office: Office, text: str) -> Iterator[Item]:
    """Yield the items that are not archived and come in a pack with this barcode."""
    # A scan must not lead to an archived item, although the look-up by name may find one.
    for item in office.some(Item, Item.also_found(office, text)):
        if item.archived_at is None:
            yield item
