"""No key of a supply screen orders, sends, books or destroys by itself: each asks first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.effort import sampled
from tests.tui.keys_sweep import DEEPER, subjects
from tests.tui.one_key import every_key_alone

from officeops.tui.testing import Terminal
from officeops_inventory.model import Level, Order
from officeops_inventory.purchasing.orders import approve, send
from officeops_inventory.reorder.screen import ReorderScreen
from officeops_inventory.stock.actions import receive

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office

#: Ways to more lines of a screen than its first, by its subject: a reorder line, an order in each state.
FURTHER = {
    "screen reorder": (("j",), ("j", "j"), ("j", "j", "j")),
    "list inventory.order": (("j",), ("j", "j")),
    "record inventory.order": (("j",), ("j", "j", "j")),
}
#: Records of which no list is gone through: none of their keys is beside those of every list.
PLAIN = frozenset(
    {
        "inventory.pack",
        "inventory.terms",
        "inventory.level",
        "inventory.stock",
        "inventory.count-entry",
    }
)


@pytest.fixture
def busy(shop: Shop) -> Office:
    """Orders in three states, lots on the shelf, and something to order and to count."""
    office = shop.office
    office.do(
        receive, shop.vaccine, quantity=5, lot="A", expires_on=office.today + timedelta(days=90)
    )
    orders = [shop.draft((shop.gloves, 1)) for _ in range(3)]
    for order in orders[1:]:
        office.do(approve, order)
    office.do(send, orders[2])
    with office.acting("test"):
        office.edit(shop.gloves, reorder_point=900, order_up_to=2000)
        office.edit(shop.vaccine, reorder_point=9, order_up_to=20)
        office.add(
            Level(item_id=shop.vaccine.id, location_id=shop.exam.id, reorder_point=3, order_up_to=8)
        )
    return office


def ways(office: Office) -> dict[str, tuple[str, ...]]:
    """Return the screens of inventory, and the lists and records of what its actions are about, as the registry has them."""
    found = {}
    for subject in subjects(office):
        kind, _, key = subject.name.partition(" ")
        own = key.startswith("inventory.") and key not in PLAIN
        if subject.name in DEEPER or kind == "screen" or (own and kind in {"list", "record"}):
            found[subject.name] = subject.way
            further = FURTHER.get(subject.name, ())
            found |= {f"{subject.name} {' '.join(keys)}": (*subject.way, *keys) for keys in further}
    return found


def test_every_screen_of_inventory_is_gone_through(busy: Office) -> None:
    declared = {
        screen.id.rpartition(".")[2]
        for name, screen in busy.plugins.registered("screens")
        if name == "inventory"
    }
    assert {f"screen {name}" for name in declared} <= ways(busy).keys()
    kinds = {
        record.meta.key for record in busy.seen().values() if record.meta.plugin == "inventory"
    }
    assert {f"list {key}" for key in kinds - PLAIN} <= ways(busy).keys()
    assert all(
        not list(busy.actions(record))
        for record in busy.seen().values()
        if record.meta.key in PLAIN
    )


def test_no_key_of_inventory_changes_anything_by_itself(busy: Office) -> None:
    with Terminal(busy) as terminal:
        for name, way in sampled(ways(busy).items(), 4):
            for key, done in every_key_alone(terminal, busy, way):
                assert not done, (name, key)
    assert {order.status for order in busy.all(Order)} == {"draft", "approved", "sent"}


def test_an_order_that_is_approved_on_one_key_is_found(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(screen: ReorderScreen) -> None:
        screen.write(lambda office: office.do(approve, _draft(office)), lambda _: None)

    monkeypatch.setattr(ReorderScreen, "accept", at_once)
    with Terminal(busy) as terminal:
        done = {
            key: done
            for key, done in every_key_alone(terminal, busy, ways(busy)["screen reorder j j"])
            if done
        }
    assert done.keys() == {"d"}
    assert done["d"][0] == "inventory.order.approve"


def _draft(office: Office) -> Order:
    found = office.first(Order, "status = 'draft'")
    assert found
    return found
