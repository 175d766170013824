"""Today says which orders wait, what must be ordered and what runs low, each with what settles it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops.tui.testing import Terminal
from officeops_inventory.due_items import due_items
from officeops_inventory.model import Lot
from officeops_inventory.purchasing.orders import ACTIONS, approve, send
from officeops_inventory.purchasing.receipts import receive as receive_order
from officeops_inventory.reorder.drafting import snooze_item
from officeops_inventory.reorder.jobs import reorder_draft
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.lots import recall

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.inventory.tests.conftest import Shop

    from officeops.model.due import Due
    from officeops.testing import Cli
    from officeops_inventory.model import Item, Order

TODAY = date(2026, 3, 2)


def due(shop: Shop) -> dict[str, Due]:
    return {item.key: item for item in due_items(shop.office, shop.office.today)}


def words(shop: Shop) -> list[str]:
    return [item.what for item in due_items(shop.office, shop.office.today)]


def levels(shop: Shop, item: Item, **changes: Any) -> None:  # noqa: ANN401 - any field's value
    with shop.office.acting("test"):
        shop.office.edit(item, **changes)


def do(shop: Shop, verb: str, order: Order) -> None:
    shop.office.do(next(each for each in ACTIONS if each.verb == verb), order)


def test_an_order_is_due_until_it_is_here(shop: Shop, freeze_today: Callable[[date], None]) -> None:
    assert words(shop) == []
    order = shop.draft((shop.gloves, 3))
    found = due(shop)["inventory.order:1:draft"]
    assert found.what == "PO-1 to Acme waits for approval: 1 line, 37.50"
    assert (found.severity, found.action, found.record, found.record_id) == (
        "routine",
        "approve",
        "inventory.order",
        1,
    )
    do(shop, "approve", order)
    assert [item.action for item in due(shop).values()] == ["send"]
    do(shop, "send", order)
    freeze_today(TODAY + timedelta(days=7))
    assert words(shop) == []
    freeze_today(TODAY + timedelta(days=8))
    late = due(shop)["inventory.order:1:2026-03-09"]
    assert late.what == "PO-1 to Acme was expected 2026-03-09 and has not fully arrived"
    assert (late.on, late.severity, late.action) == (date(2026, 3, 9), "money", "receive")
    do(shop, "receive", order)
    assert words(shop) == []


def test_an_empty_draft_waits_for_nobody(shop: Shop) -> None:
    shop.draft()
    assert words(shop) == []


def test_what_must_be_ordered_is_due_by_vendor_until_it_is_drafted(shop: Shop) -> None:
    levels(shop, shop.gloves, reorder_point=50, order_up_to=250)
    levels(shop, shop.vaccine, reorder_point=5, order_up_to=10)
    found = due(shop)
    acme = found[f"inventory.reorder:{shop.acme.id}"]
    assert (acme.what, acme.severity, acme.action) == (
        "Reorder from Acme: 1 item, 37.50",
        "money",
        "reorder draft",
    )
    assert found["inventory.reorder:none"].what == "Reorder: no vendor is known for 1 item"
    drafted, left_out = reorder_draft.run(shop.office)
    assert "1 line drafted on PO-1" in drafted
    assert left_out.startswith("Left out: Vaccine:")
    assert next(iter(reorder_draft.run(shop.office))) == "Nothing to draft."
    assert set(due(shop)) == {"inventory.order:1:draft", "inventory.reorder:none"}


def test_a_blocked_item_is_due_by_itself_with_its_reason(shop: Shop) -> None:
    levels(shop, shop.gloves, reorder_point=50, order_up_to=60, maximum_is_hard=True)
    (found,) = due(shop).values()
    assert (found.key, found.severity) == (f"inventory.reorder.blocked:{shop.gloves.id}", "money")
    assert found.what.startswith(
        "Reorder blocked: Gloves M. 1 box of 100 would bring 0 to 100, over the hard maximum"
    )


def test_an_item_put_off_is_not_due(shop: Shop) -> None:
    levels(shop, shop.gloves, reorder_point=50, order_up_to=250)
    snooze_item(shop.office, shop.gloves.id, TODAY + timedelta(days=3))
    assert words(shop) == []


def test_only_usable_stock_counts_against_the_minimum(shop: Shop) -> None:
    levels(shop, shop.vaccine, minimum=10)
    shop.office.do(receive, shop.vaccine, quantity=12, lot="A", no_lot="no day on it")
    assert words(shop) == []
    shop.office.do(recall, next(shop.office.all(Lot)))
    assert on_hand(shop.office, shop.vaccine.id) == 12
    found = due(shop)[f"inventory.item:{shop.vaccine.id}:minimum"]
    assert (found.what, found.severity) == (
        "Vaccine: 0 doses usable, below the minimum of 10",
        "routine",
    )


def test_the_core_tells_of_lots_that_end_and_the_keys_are_all_different(shop: Shop) -> None:
    shop.office.do(receive, shop.vaccine, quantity=5, lot="A", expires_on=TODAY - timedelta(days=1))
    levels(shop, shop.vaccine, minimum=1, reorder_point=5)
    noted = shop.office.due_items()
    assert len({each.due.key for each in noted}) == len(noted) == 3
    assert noted[0].due.what == "Lot A of Vaccine expired 2026-03-01: 5 at Main"
    assert noted[0].due.severity == "unsafe"
    assert not shop.office.plugins.troubles


@pytest.mark.officeops("inventory", "vendors")
def test_an_order_without_prices_stays_until_it_is_priced(shop: Shop, cli: Cli) -> None:
    order = shop.draft((shop.gloves, 1), (shop.vaccine, 2))
    told = f"inventory.order:{order.id}:unpriced"
    shop.office.do(approve, order, without_prices=True)
    shop.office.do(send, order)
    before = {item.due.key: item.due for item in shop.office.due_items()}
    assert "was sent without all its prices: 12.50 and 1 line without a price" in before[told].what
    assert (before[told].severity, before[told].action) == ("money", "order-line price")
    shop.office.do(receive_order, order, item_id=shop.gloves.id)
    assert told in {item.due.key for item in shop.office.due_items()}
    priced = cli("line", "price", "2", "--price", "3.00")
    assert (priced.code, "18.50" in priced.out + priced.err) == (0, True)
    assert told not in {item.due.key for item in shop.office.due_items()}
    again = cli("line", "price", "2", "--price", "4.00")
    assert (again.code, "it has a price" in again.err) == (1, True)


@pytest.mark.officeops("inventory", "vendors")
def test_today_leads_from_an_order_without_prices_to_that_order(shop: Shop) -> None:
    order = shop.draft((shop.vaccine, 2))
    shop.office.do(approve, order, without_prices=True)
    shop.office.do(send, order)
    with Terminal(shop.office) as terminal:
        assert "PO-1 to Acme" in terminal.text
        terminal.press("enter")
        assert terminal.crumbs == "Office › Purchase order PO-1"
