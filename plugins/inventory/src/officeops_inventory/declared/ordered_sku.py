"""The vendor's SKU of an order line, as SQL."""

from __future__ import annotations

from typing import Final

#: SQL for a vendor's SKU of a pack of exactly {size} base units of an item: the SKU of another pack
#: would order another pack. `+` keeps SQLite from the index of the vendor, who has terms for
#: thousands of items: a line each of a large order would read all of them.
OF_TERMS: Final = """(SELECT x.vendor_sku FROM inventory_terms x
LEFT JOIN inventory_pack p ON p.id = x.pack_id
WHERE x.item_id = {item} AND +x.vendor_id = {vendor} AND ifnull(p.size, 1) = {size}
    AND x.vendor_sku IS NOT NULL AND x.archived_at IS NULL
ORDER BY x.rank, x.id LIMIT 1)"""

_OF_LINE: Final = OF_TERMS.format(item="t.item_id", vendor="o.vendor_id", size="t.pack_size")
#: SQL for the vendor's SKU of order line `t`, as it is shown and printed.
SHOWN: Final = f"""(SELECT iif(o.status IN ('draft', 'approved'),
    ifnull({_OF_LINE}, t.ordered_sku), t.ordered_sku)
FROM inventory_order o WHERE o.id = t.order_id)"""
