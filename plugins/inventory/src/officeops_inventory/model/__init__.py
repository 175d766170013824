"""The records of the inventory, one module for each subject.

Quantities are whole numbers of an item's base unit. Money is in minor units, a price per pack in
hundredths of a minor unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model.counts import Count
from officeops_inventory.model.items import Item
from officeops_inventory.model.levels import Level
from officeops_inventory.model.lots import Lot
from officeops_inventory.model.moves import Move, Stock
from officeops_inventory.model.names import ITEM_NAMES, MINIMUM_NAMES
from officeops_inventory.model.order_lines import Line
from officeops_inventory.model.orders import Order
from officeops_inventory.model.packs import Pack
from officeops_inventory.model.terms import Terms

if TYPE_CHECKING:
    from officeops import Record

__all__ = [
    "ITEM_NAMES",
    "MINIMUM_NAMES",
    "RECORDS",
    "Count",
    "Item",
    "Level",
    "Line",
    "Lot",
    "Move",
    "Order",
    "Pack",
    "Stock",
    "Terms",
]

#: Tables, commands and the pages of the reference follow this order.
RECORDS: list[type[Record]] = [Item, Pack, Terms, Level, Lot, Order, Line, Stock, Move, Count]
