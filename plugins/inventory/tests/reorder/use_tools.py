"""Use of gloves for the tests of reordering: how it is written, and what the sheet makes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from officeops_inventory.model import Item
from officeops_inventory.reorder.sheet import explain
from officeops_inventory.stock.ledger import move

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops_inventory.reorder.types import Evaluation

TODAY = date(2026, 3, 2)
#: Days of look-back of the reorder rule unless settings say otherwise.
LOOKBACK = 180


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def stocked(shop: Shop, quantity: int = 1000, days: int = 300) -> None:
    """Put gloves on the shelf a while ago."""
    with shop.office.acting("test"):
        move(shop.office, shop.gloves.id, "opening", quantity, shop.main.id, day=ago(days))


def used(shop: Shop, *uses: tuple[int, int], since: date | None = None) -> list[int]:
    """Use gloves: (how many days ago, how many)."""
    with shop.office.acting("test"):
        done = [
            move(
                shop.office,
                shop.gloves.id,
                "use",
                -quantity,
                shop.main.id,
                day=ago(days),
                since=since,
            )
            for days, quantity in uses
        ]
    return [entry.id for entry in done]


def gloves(shop: Shop) -> Evaluation:
    [line] = explain(shop.office, shop.office.get(Item, shop.gloves.id))
    return line.suggestion


def mean(shop: Shop) -> float | None:
    return gloves(shop).demand_mean


STEADY = ((10, 9), (20, 9), (30, 9), (LOOKBACK, 9))
