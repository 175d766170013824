"""Item columns: the columns of an item file beside an item's own fields.

They are of vendors' terms, of packs, of stock and of orders.
"""

from __future__ import annotations

from typing import Final

from officeops import Field, ref
from officeops_inventory.imports.finder import BARCODE, PACK_NAME, PACK_SIZE, VENDOR
from officeops_inventory.stock.intake import NO_LOT_HELP

_LOCATION: Field = ref(
    "core.location", default=None, also=("room", "bin", "bin location", "storage")
)

#: Columns that are a vendor's terms, under the names they have there.
TERMS: Final = ("vendor_sku", "moq", "price", "lead_days")
#: Columns that are of a pack.
PACK_COLUMNS: Final = frozenset({"pack", "pack_size", "barcode"})
#: All of them.
COLUMNS: Final = (
    VENDOR,
    Field(
        "text",
        default=None,
        label="Vendor SKU",
        also=(
            "supplier sku",
            "vendor item number",
            "vendor item no",
            "vendor item",
            "vendor product code",
            "vendor part number",
            "vendor code",
            "supplier code",
            "catalog number",
            "catalog no",
            "catalog",
            "cat no",
        ),
    ).named("vendor_sku", "str"),
    Field(
        "price",
        default=None,
        label="Price",
        minimum=0,
        also=("unit price", "pack price", "cost", "unit cost", "standard cost"),
    ).named("price", "int"),
    PACK_NAME,
    PACK_SIZE,
    BARCODE,
    Field(
        "quantity",
        default=None,
        label="MOQ",
        minimum=1,
        also=("minimum order quantity", "min order qty", "minimum reorder quantity"),
    ).named("moq", "int"),
    Field(
        "number",
        default=None,
        label="Lead days",
        minimum=0,
        maximum=3650,
        also=("lead time", "lead time days", "expected lead time days"),
    ).named("lead_days", "int"),
    Field(
        "quantity",
        default=None,
        label="On hand",
        minimum=0,
        also=(
            "stock",
            "in stock",
            "qty on hand",
            "quantity on hand",
            "qoh",
            "units in stock",
            "stock on hand",
            "current quantity",
            "current stock",
            "on hand qty",
            "stock level",
            "quantity",
            "qty",
            "count",
            "counted",
            "balance",
            "quantity available",
            "available",
        ),
    ).named("on_hand", "int"),
    Field(
        "quantity",
        default=None,
        label="On order",
        minimum=0,
        also=("units on order", "qty on order", "quantity on order"),
    ).named("on_order", "int"),
    Field("text", default=None, label="Lot", also=("lot number", "lot no", "batch")).named(
        "lot", "str"
    ),
    Field(
        "text", default=None, label="No lot", also=("no lot reason", "why no lot"), help=NO_LOT_HELP
    ).named("no_lot", "str"),
    Field(
        "date",
        default=None,
        month_end=True,
        label="Expires on",
        also=(
            "expiry",
            "expiry date",
            "expiration date",
            "expires",
            "exp date",
            "exp",
            "use by",
            "best before",
        ),
    ).named("expires_on", "date"),
    _LOCATION.named("location_id", "int"),
)
