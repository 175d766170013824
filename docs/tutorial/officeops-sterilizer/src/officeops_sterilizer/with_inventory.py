"""With the inventory: every load takes one indicator, so the loads say how many are used a day."""

from __future__ import annotations

from datetime import date

from officeops import Office, hookimpl
from officeops_inventory.model import Item
from officeops_inventory.reorder.rule import Demand
from officeops_sterilizer.loads import Load

#: The SKU of the indicator strips.
INDICATOR = "STRIP"


@hookimpl
def estimate_demand(office: Office, item: Item, start: date, end: date) -> Demand | None:
    """Return the indicators a day, of the loads in the window; None for any other item."""
    if item.sku != INDICATOR:
        return None
    loads = 0
    for load in office.all(Load):
        loads += start <= office.ways.day_of(load.started_at) <= end
    days = (end - start).days + 1
    return Demand(mean=loads / days, deviation=0.0, days=days)
