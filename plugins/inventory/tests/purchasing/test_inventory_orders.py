"""An order follows its goods: what is outstanding is right at every step, and nothing comes in unasked or unseen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from plugins.inventory.tests.office_state import problems

from officeops import Refused
from officeops_inventory.model import Item, Line, Lot, Move, Order
from officeops_inventory.purchasing.order_lines import add_line, change
from officeops_inventory.purchasing.orders import cancel, close_short, send
from officeops_inventory.purchasing.receipts import receive
from officeops_inventory.stock.actions import use
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.open_orders import lines_of, outstanding
from officeops_inventory.stock.reversal import reverse
from officeops_vendors.vendor_actions import hold

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

TODAY = date(2026, 3, 2)


def do(shop: Shop, verb: str, order: Order) -> object:
    found = next(each for each in shop.office.actions(Order) if each.verb == verb)
    agreed: dict[str, Any] = {"without_prices": True} if verb == "approve" else {}
    return shop.office.do(found, order, **agreed)


def sent(shop: Shop, *items: tuple[Item, int]) -> Order:
    order = shop.draft(*items)
    do(shop, "approve", order)
    do(shop, "send", order)
    return order


def left(shop: Shop, order: Order) -> list[int]:
    return [left for _, left in lines_of(shop.office, order.id)]


def line_of(shop: Shop, order: Order) -> Line:
    return next(shop.office.all(Line, "order_id = ?", order.id))


def last_move(shop: Shop) -> Move:
    return list(shop.office.all(Move))[-1]


def test_a_line_takes_the_vendors_pack_and_price_unless_said(shop: Shop) -> None:
    order = shop.draft((shop.gloves, 2), (shop.vaccine, 3))
    gloves, vaccine = shop.office.all(Line)
    assert (gloves.pack, gloves.pack_size, gloves.price, gloves.ordered) == (
        "box",
        100,
        125_000,
        200,
    )
    assert (vaccine.pack, vaccine.pack_size, vaccine.price, vaccine.by_hand) == (
        "dose",
        1,
        None,
        True,
    )
    with pytest.raises(Refused, match=r"Gloves M .*already: 2 boxes of 100\..*#1"):
        shop.office.do(add_line, order, item_id=shop.gloves.id, packs=1)
    with shop.office.acting("test"):
        shop.office.edit(shop.vaccine, discontinued=True)
    with pytest.raises(Refused, match="Vaccine is discontinued"):
        shop.office.do(add_line, shop.draft(), item_id=shop.vaccine.id, packs=1)


def test_a_price_that_has_ended_is_not_ordered_at(shop: Shop) -> None:
    with shop.office.acting("test"):
        shop.office.store.db.execute("UPDATE inventory_terms SET price_until = '2026-03-01'")
    shop.draft((shop.gloves, 1))
    assert next(shop.office.all(Line)).price is None


def test_lines_change_only_in_a_draft_and_nothing_is_not_this_time(shop: Shop) -> None:
    order = shop.draft((shop.gloves, 2))
    line = line_of(shop, order)
    said = shop.office.do(change, line, packs=3, price=110_000)
    assert "3 boxes of 100, 300 gloves" in said
    assert "not ordered" in shop.office.do(change, line, packs=0)
    assert line_of(shop, order).by_hand
    with pytest.raises(Refused, match="it has no lines"):
        do(shop, "approve", order)
    shop.office.do(change, line, packs=1)
    do(shop, "approve", order)
    with pytest.raises(Refused, match="PO-1: it is approved"):
        shop.office.do(change, line, packs=5)
    do(shop, "reopen", order)
    shop.office.do(change, line, packs=5)


def test_sending_dates_an_order_by_its_slowest_line_on_a_day_the_office_is_open(shop: Shop) -> None:
    # Six days from a Monday is a Sunday, so it is expected on the Monday after.
    order = sent(shop, (shop.gloves, 1), (shop.vaccine, 1))
    assert (order.status, order.ordered_on, order.expected_on) == (
        "sent",
        TODAY,
        TODAY + timedelta(days=7),
    )
    assert sent(shop, (shop.vaccine, 1)).expected_on == TODAY + timedelta(days=4)


def test_nothing_is_sent_to_a_vendor_on_hold(shop: Shop) -> None:
    order = shop.draft((shop.gloves, 1))
    do(shop, "approve", order)
    shop.office.do(hold, shop.acme, reason="unpaid bill")
    with pytest.raises(Refused, match="Acme is on hold: unpaid bill"):
        shop.office.do(send, order)


def test_goods_come_in_parts_and_the_order_follows(shop: Shop) -> None:
    order = sent(shop, (shop.gloves, 2))
    with pytest.raises(Refused, match="only 200 are outstanding"):
        shop.office.do(receive, order, packs=3)
    said = shop.office.do(receive, order, item_id=shop.gloves.id, quantity=30)
    assert "30 gloves received at Main" in said
    assert "PO-1 is partly received" in said
    assert (left(shop, order), order.status) == ([170], "partly_received")
    shop.office.do(receive, order, packs=1)
    shop.office.do(receive, order)
    assert (left(shop, order), order.status, on_hand(shop.office, shop.gloves.id)) == (
        [0],
        "received",
        200,
    )
    with pytest.raises(Refused, match="everything on it was received"):
        shop.office.do(receive, order)
    do(shop, "close", order)
    assert not list(problems(shop.office))


def test_goods_come_in_only_on_an_order_that_was_sent(shop: Shop) -> None:
    order = shop.draft((shop.gloves, 2))
    with pytest.raises(Refused, match="a draft") as refused:
        shop.office.do(receive, order)
    assert str(refused.value).count(str(order)) == 1


def test_what_comes_in_lots_is_received_line_by_line(shop: Shop) -> None:
    order = sent(shop, (shop.gloves, 1), (shop.vaccine, 10))
    with pytest.raises(Refused, match="Vaccine comes in lots"):
        shop.office.do(receive, order)
    with pytest.raises(Refused, match="#1 Gloves M, #2 Vaccine"):
        shop.office.do(receive, order, quantity=5)
    shop.office.do(
        receive, order, item_id=shop.vaccine.id, quantity=4, lot="A", expires_on=date(2027, 1, 31)
    )
    shop.office.do(receive, order, item_id=shop.vaccine.id, lot="A")
    batch = next(shop.office.all(Lot))
    assert (on_hand(shop.office, shop.vaccine.id, lot_id=batch.id), batch.expires_on) == (
        10,
        date(2027, 1, 31),
    )
    assert "100 gloves received" in str(shop.office.do(receive, order))
    assert order.status == "received"


def test_an_over_delivery_is_taken_only_when_it_is_said_to_be_one(shop: Shop) -> None:
    order = sent(shop, (shop.gloves, 1))
    with pytest.raises(Refused, match=r"only 100 .*\(1 box of 100 ordered\), not 120"):
        shop.office.do(receive, order, quantity=120)
    assert order.status == "sent"
    shop.office.do(receive, order, quantity=120, over=True, note="kept")
    assert (order.status, last_move(shop).note) == ("received", "over-delivery: kept")
    assert not list(problems(shop.office))


def test_reversing_a_receipt_opens_the_order_again(shop: Shop) -> None:
    order = sent(shop, (shop.gloves, 2))
    shop.office.do(receive, order, packs=1)
    first = last_move(shop)
    shop.office.do(receive, order, packs=1)
    assert str(shop.office.do(reverse, last_move(shop))).endswith("PO-1 is partly received.")
    assert (shop.office.get(Order, order.id).status, left(shop, order)) == (
        "partly_received",
        [100],
    )
    shop.office.do(reverse, first)
    order = shop.office.get(Order, order.id)
    assert (order.status, left(shop, order), on_hand(shop.office, shop.gloves.id)) == (
        "sent",
        [200],
        0,
    )
    shop.office.do(cancel, order)
    assert not list(problems(shop.office))


def test_closing_short_cancels_what_has_not_come(shop: Shop) -> None:
    order = sent(shop, (shop.gloves, 2))
    shop.office.do(receive, order, quantity=150)
    with pytest.raises(Refused) as refused:
        shop.office.do(cancel, order)
    assert refused.value.problems[0].facts["needed"] == ["draft", "approved", "sent"]
    said = shop.office.do(close_short, order)
    assert "18.75" in said
    assert "50 gloves of Gloves M" in said
    assert (line_of(shop, order).cancelled, left(shop, order)) == (50, [0])
    shop.office.do(reverse, last_move(shop))
    assert (line_of(shop, order).cancelled, left(shop, order)) == (200, [0])
    assert not list(problems(shop.office))


def test_a_receipt_whose_goods_are_used_is_not_reversed(shop: Shop) -> None:
    order = sent(shop, (shop.gloves, 1))
    shop.office.do(receive, order)
    came = last_move(shop)
    shop.office.do(use, shop.gloves, quantity=1)
    with pytest.raises(Refused, match="only 99 are still at Main"):
        shop.office.do(reverse, came)
    assert shop.office.get(Order, order.id).status == "received"


def test_outstanding_is_never_below_zero() -> None:
    line = Line(order_id=1, item_id=1, packs=2, pack_size=10, cancelled=5)
    assert [outstanding(line, came) for came in (0, 10, 15, 40)] == [15, 5, 0, 0]
