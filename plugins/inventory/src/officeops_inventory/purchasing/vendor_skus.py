"""Vendor SKUs of order lines: what the vendor calls exactly the pack that is ordered, kept once the order is sent.

While an order is no more than drafted or approved, the vendor's terms tell; a line keeps what they told when it was
drafted, for the day the terms are archived. What was sent stays as it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.declared.ordered_sku import OF_TERMS, SHOWN
from officeops_inventory.stock.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.model import Line


def sku_of_pack(office: Office, item_id: int, vendor_id: int, size: int) -> str | None:
    """Return the SKU by which a vendor sells a pack of exactly `size` base units of an item today; None where none is known."""
    sku: str | None = office.value(
        f"SELECT {OF_TERMS.format(item='?1', vendor='?2', size='?3')}", item_id, vendor_id, size
    )
    return sku


def skus_of_orders(
    office: Office, order_ids: Iterable[int], item_ids: Iterable[int]
) -> dict[tuple[int, int, int], str]:
    """Return the SKUs by which the vendors of orders sell items, by order, item and base units of the pack."""
    sql = """
    SELECT o.id, x.item_id, ifnull(p.size, 1), x.vendor_sku FROM inventory_order o
    JOIN inventory_terms x ON x.vendor_id = o.vendor_id LEFT JOIN inventory_pack p ON p.id = x.pack_id
    WHERE o.id IN (SELECT value FROM json_each(?)) AND x.item_id IN (SELECT value FROM json_each(?))
        AND x.vendor_sku IS NOT NULL AND x.archived_at IS NULL ORDER BY x.rank DESC, x.id DESC
    """
    # The one that is asked first comes last, and stays.
    return {
        (row[0], row[1], row[2]): row[3]
        for row in office.rows(sql, id_list(order_ids), id_list(item_ids))
    }


def sku_shown(office: Office, line: Line) -> str | None:
    """Return the vendor's SKU of an order line, as it is shown and printed."""
    sku: str | None = office.value(f"SELECT {SHOWN} FROM inventory_line t WHERE t.id = ?", line.id)
    return sku
