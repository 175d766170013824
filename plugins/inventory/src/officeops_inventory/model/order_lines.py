"""Order lines: one item on a purchase order, in packs."""

from __future__ import annotations

from officeops import Record, computed, field, ref
from officeops_inventory.declared.amounts import LINE_AMOUNT, OUTSTANDING, UNKNOWN
from officeops_inventory.declared.ordered_sku import SHOWN
from officeops_inventory.model.names import ITEM_NAMES

#: SQL of the base units of line `t` that have not come; NULL on a draft, 0 on a settled order.
_OUTSTANDING = f"""(SELECT iif(o.status IN ('approved', 'sent', 'partly_received'),
    {OUTSTANDING}, iif(o.status = 'draft', NULL, 0))
FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id WHERE l.id = t.id)"""


class Line(
    Record,
    key="inventory.line",
    noun="order-line",
    former_nouns=("line",),
    label="Order line",
    display="item_id",
    sort="order_id,id",
    actions_only=True,
):
    """One item on an order, in packs.

    Pack and price are copies from when it was ordered: terms that change later change no order.
    """

    added_by = "officeops order add-line"

    order_id: int = ref(
        "inventory.order", list_rank=1, also=("purchase order", "purchase order id", "po")
    )
    item_id: int = ref("inventory.item", list_rank=2, also=ITEM_NAMES)
    packs: int = field(kind="quantity", minimum=0, list_rank=3, also=("quantity", "qty", "ordered"))
    pack_size: int = field(kind="quantity", default=1, minimum=1, list_rank=4)
    pack: str = field(default="each", list_rank=6)
    price: int | None = field(
        kind="price",
        default=None,
        minimum=0,
        list_rank=5,
        also=("unit cost", "unit price", "cost"),
        help="Per pack",
    )
    reference: str | None = field(
        default=None,
        list_rank=9,
        also=("id", "line", "line id", "line number", "line no"),
        help="Line number in the vendor's document, if the item appears twice",
    )
    cancelled: int = field(
        kind="quantity",
        default=0,
        minimum=0,
        managed=True,
        list_rank=8,
        help="Base units cancelled",
    )
    location_id: int | None = ref(
        "core.location", default=None, list_rank=9, help="Where the goods go"
    )
    by_hand: bool = field(
        default=False,
        managed=True,
        hidden=True,
        help="Changed by a person; `reorder draft` leaves it alone",
    )
    ordered_sku: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Ordered SKU",
        help="The vendor's SKU when it was drafted; once the order is sent, as it was sent",
    )

    computed = (
        computed(
            "received",
            "(SELECT ifnull(sum(m.quantity), 0) FROM inventory_move m WHERE m.line_id = t.id)",
            kind="quantity",
            list_rank=5,
            help="Base units received",
        ),
        computed(
            "outstanding",
            _OUTSTANDING,
            kind="quantity",
            list_rank=5,
            help="Base units not received yet",
        ),
        computed("vendor_sku", SHOWN, kind="text", label="Vendor SKU", list_rank=4),
        computed(
            "package",
            "iif(t.pack_size = 1, t.pack, t.pack || ' of ' || t.pack_size)",
            kind="text",
            list_rank=3,
            hidden=True,
            help="What one pack is: box of 100",
        ),
        computed(
            "amount",
            f"(SELECT {LINE_AMOUNT} FROM inventory_line l WHERE l.id = t.id)",
            kind="money",
            list_rank=3,
            total=True,
            unknown=UNKNOWN,
            help="Cost of the quantity ordered less cancelled, or received if that is more",
        ),
    )
    importer = "officeops_inventory.imports.orders.line_import:LineImport"

    @property
    def ordered(self) -> int:
        """Base units ordered."""
        return self.packs * self.pack_size
