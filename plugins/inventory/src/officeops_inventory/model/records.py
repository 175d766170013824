"""All records of the inventory, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model.counts import Count
from officeops_inventory.model.holds import LotHold
from officeops_inventory.model.items import Item
from officeops_inventory.model.levels import Level
from officeops_inventory.model.lots import Lot
from officeops_inventory.model.moves import Move, Stock
from officeops_inventory.model.order_lines import Line
from officeops_inventory.model.orders import Order
from officeops_inventory.model.packs import Pack
from officeops_inventory.model.terms import Terms

if TYPE_CHECKING:
    from officeops import Record

#: Tables, commands and the pages of the reference follow this order.
RECORDS: list[type[Record]] = [
    Item,
    Pack,
    Terms,
    Level,
    Lot,
    LotHold,
    Order,
    Line,
    Stock,
    Move,
    Count,
]
