"""Vendor SKUs of order lines: the vendor's number for exactly the pack that is ordered.

While an order is a draft or approved, the SKU comes from the vendor's terms. A line keeps the one
from when it was drafted, in case the terms are archived. A sent line keeps the SKU that was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import id_list
from officeops_inventory.declared.ordered_sku import OF_TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


_SKU_OF_PACK = f"SELECT {OF_TERMS.format(item='?1', vendor='?2', size='?3')}"
#: The preferred terms come last: the reader keeps the last SKU of each pack.
_SKUS = """
SELECT o.id, x.item_id, ifnull(p.size, 1), x.vendor_sku FROM inventory_order o
JOIN inventory_terms x ON x.vendor_id = o.vendor_id
LEFT JOIN inventory_pack p ON p.id = x.pack_id
WHERE o.id IN (SELECT value FROM json_each(?)) AND x.item_id IN (SELECT value FROM json_each(?))
    AND x.vendor_sku IS NOT NULL AND x.archived_at IS NULL ORDER BY x.rank DESC, x.id DESC
"""


def sku_of_pack(
    office: Office,
    item_id: int,
    vendor_id: int,
    size: int,
) -> str | None:
    """Return a vendor's SKU for a pack of exactly `size` base units of an item, None if unknown."""
    sku: str | None = office.value(_SKU_OF_PACK, item_id, vendor_id, size)
    return sku


def skus_of_orders(
    office: Office, order_ids: Iterable[int], item_ids: Iterable[int]
) -> dict[tuple[int, int, int], str]:
    """Return the SKUs of the orders' vendors, by order, item and base units of the pack."""
    skus = {}
    rows = office.rows(_SKUS, id_list(order_ids), id_list(item_ids))
    for order_id, item_id, size, vendor_sku in rows:
        skus[order_id, item_id, size] = vendor_sku
    return skus
