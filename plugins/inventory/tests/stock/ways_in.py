"""The ways by which stock comes in, for the tests of lots and their last days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from officeops.core.office_record import Facts
from officeops_inventory.model import Lot, Move

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


TODAY = date(2026, 3, 2)
LATER = TODAY + timedelta(days=200)

#: Every action that brings stock in: how it would bring vaccine in without a lot.
WAYS_IN: dict[str, dict[str, Any]] = {
    "inventory.item.receive": {"quantity": 3},
    "inventory.item.adjust": {"quantity": 3, "reason": "found"},
    "inventory.item.transfer": {"quantity": 1},
    "inventory.order.receive": {},
    "inventory.count": {"counted": 9},
}


def choose_default(shop: Shop) -> None:
    """Give the office its facts, so that it can choose another default location."""
    with shop.office.acting("test"):
        shop.office.add(Facts(name="Shop", default_location_id=shop.main.id))


def endless(shop: Shop, number: str, quantity: int = 0) -> Lot:
    """A lot of vaccine without its last day, as a file from before has it."""
    with shop.office.acting("test"):
        [lot_id] = shop.office.add_many(Lot, [{"item_id": shop.vaccine.id, "number": number}])
        row = {
            "item_id": shop.vaccine.id,
            "lot_id": lot_id,
            "kind": "opening",
            "quantity": quantity,
        }
        if quantity:
            shop.office.add_many(
                Move, [{**row, "location_id": shop.main.id, "day": TODAY.isoformat()}]
            )
    return shop.office.get(Lot, lot_id)


def about(shop: Shop, name: str) -> tuple[tuple[object, ...], dict[str, Any]]:
    """What an action is about, and what it must be told beside."""
    if name == "inventory.order.receive":
        return (shop.sent(shop.vaccine),), {}
    if name == "inventory.count":
        return (), {"location_id": shop.main.id, "item_id": shop.vaccine.id}
    more: dict[str, Any] = (
        {"to_location_id": shop.main.id} if name == "inventory.item.transfer" else {}
    )
    return (shop.vaccine,), more
