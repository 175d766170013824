"""The records of the inventory, one module for each subject.

Quantities are whole numbers of an item's base unit. Money is in minor units, a price per pack in
hundredths of a minor unit.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops_inventory.model.counts import Count
    from officeops_inventory.model.holds import LotHold
    from officeops_inventory.model.items import Item
    from officeops_inventory.model.levels import Level
    from officeops_inventory.model.lots import Lot
    from officeops_inventory.model.moves import Move, Stock
    from officeops_inventory.model.names import ITEM_NAMES, MINIMUM_NAMES
    from officeops_inventory.model.order_lines import Line
    from officeops_inventory.model.orders import Order
    from officeops_inventory.model.packs import Pack
    from officeops_inventory.model.records import RECORDS
    from officeops_inventory.model.terms import Terms

__all__ = [
    "ITEM_NAMES",
    "MINIMUM_NAMES",
    "RECORDS",
    "Count",
    "Item",
    "Level",
    "Line",
    "Lot",
    "LotHold",
    "Move",
    "Order",
    "Pack",
    "Stock",
    "Terms",
]
#: The module of each name. A command imports only those that it needs.
_HOMES = {
    "ITEM_NAMES": "names",
    "MINIMUM_NAMES": "names",
    "RECORDS": "records",
    "Count": "counts",
    "Item": "items",
    "Level": "levels",
    "Line": "order_lines",
    "Lot": "lots",
    "LotHold": "holds",
    "Move": "moves",
    "Order": "orders",
    "Pack": "packs",
    "Stock": "moves",
    "Terms": "terms",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"{__name__} has no {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
