"""Column names by which files call a field that several records have."""

from __future__ import annotations

#: Names of the column with the item that a row is about.
ITEM_NAMES = (
    "product",
    "sku",
    "product id",
    "product code",
    "item id",
    "item code",
    "item number",
    "product number",
    "item no",
    "part number",
)
#: Names of the column with a least quantity.
MINIMUM_NAMES = (
    "min",
    "min quantity",
    "min qty",
    "minimum quantity",
    "min amount",
    "minimum amount",
    "min level",
    "minimum level",
)
