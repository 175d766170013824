"""What an order comes to is true in every state it can be in, and what nobody knows is never zero."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Problem, Refused
from officeops.core.calendar_records import ClosedDay
from officeops.office.crud import add_record, edit_record
from officeops.values.convert import show
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.model import Line, Order, Terms
from officeops_inventory.purchasing.order_lines import add_line, change
from officeops_inventory.purchasing.orders import approve, send
from officeops_inventory.purchasing.receipts import receive
from officeops_inventory.purchasing.totals import Total, order_total, total_of
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

TODAY = date(2026, 3, 2)


def do(shop: Shop, verb: str, order: Order, **given: Any) -> str:  # noqa: ANN401 - any parameter
    found = next(each for each in shop.office.actions(Order) if each.verb == verb)
    return str(shop.office.do(found, shop.office.get(Order, order.id), **given))


def total(shop: Shop, order: Order) -> tuple[int | None, int]:
    found = order_total(shop.office, order.id)
    return found.money, found.unpriced


def box(shop: Shop, packs: int = 2) -> Order:
    """An order of boxes of 100 gloves at 12.50."""
    return shop.draft((shop.gloves, packs))


def follow(shop: Shop, order: Order, *verbs: str) -> None:
    for verb in verbs:
        do(shop, verb, order, **({"without_prices": True} if verb == "approve" else {}))


#: Each state an order can be in: how it gets there from a draft of two boxes at 12.50, and what it then comes to.
STATES: dict[str, tuple[tuple[tuple[str, dict[str, Any]], ...], int]] = {
    "draft": ((), 25_00),
    "approved": ((("approve", {}),), 25_00),
    "sent": ((("approve", {}), ("send", {})), 25_00),
    "partly_received": ((("approve", {}), ("send", {}), ("receive", {"quantity": 30})), 25_00),
    "received": (
        (("approve", {}), ("send", {}), ("receive", {"quantity": 300, "over": True})),
        37_50,
    ),
    "closed": (
        (("approve", {}), ("send", {}), ("receive", {"quantity": 150}), ("close-short", {})),
        18_75,
    ),
    "cancelled": ((("approve", {}), ("cancel", {})), 0),
}


def test_every_state_of_an_order_is_tried() -> None:
    assert set(STATES) == set(ORDER.states)


@pytest.mark.parametrize("state", ORDER.states)
def test_the_total_is_true_in_every_state(shop: Shop, state: str) -> None:
    order, (steps, money) = box(shop), STATES[state]
    for verb, given_ in steps:
        do(shop, verb, order, **given_)
    assert shop.office.get(Order, order.id).status == state
    assert total(shop, order) == (money, 0)
    fields = {field.name: field for field in Line.meta.computed}
    assert [row[1] for row in shop.office.select(Line, [fields["amount"]])] == [money]


@pytest.mark.parametrize("state", ORDER.states)
def test_what_has_no_price_is_counted_and_never_zero_in_every_state(shop: Shop, state: str) -> None:
    order, (steps, _) = shop.draft((shop.vaccine, 200)), STATES[state]
    for verb, given_ in steps:
        lot = {"lot": "A", "expires_on": TODAY + timedelta(days=90)} if verb == "receive" else {}
        do(
            shop,
            verb,
            order,
            **given_,
            **lot,
            **({"without_prices": True} if verb == "approve" else {}),
        )
    money, unpriced = total(shop, order)
    assert (money, unpriced) == ((0, 0) if state == "cancelled" else (None, 1))
    field = next(field for field in Order.meta.computed if field.name == "total")
    assert show(field, money, shop.office.ways) == ("0.00" if state == "cancelled" else "—")


@tried(25)
@given(
    packs=st.integers(1, 2_000),
    size=st.sampled_from((1, 3, 7, 100)),
    price=st.one_of(st.none(), st.integers(0, 10_000_000)),
    came=st.integers(0, 900),
    short=st.booleans(),
)
def test_a_total_is_what_counts_at_its_price(
    shop: Shop,
    packs: int,
    size: int,
    price: int | None,
    came: int,
    short: bool,  # noqa: FBT001 - drawn
) -> None:
    office, order = shop.office, shop.draft()
    with office.acting("test"):
        office.add(
            Line(
                order_id=order.id, item_id=shop.gloves.id, packs=packs, pack_size=size, price=price
            )
        )
    follow(shop, order, "approve", "send")
    if came:
        do(shop, "receive", order, quantity=came, over=True)
    ordered = packs * size
    if short and came < ordered:
        follow(shop, order, "close-short")
    counted = came if short and came < ordered else max(ordered, came)
    # Half a cent rounds up; a price is kept in hundredths of a cent.
    cost = None if price is None else (2 * counted * price + 100 * size) // (200 * size)
    assert total(shop, order) == ((0, 0) if not counted else (cost, int(price is None)))


def test_totals_read_as_people_say_them() -> None:
    assert Total(20_00, 2).words(2) == "20.00 and 2 lines without a price"
    assert Total(20_00, 0).words(2) == "20.00"
    assert Total(None, 1).words(2) == "1 line without a price"
    assert Total(0, 0).words(2) == "0.00"
    assert total_of([None, None]) == Total(None, 2)
    assert total_of([5, None]) == Total(5, 1)
    assert total_of([]) == Total(None, 0)


def test_an_order_without_prices_is_approved_on_purpose_alone_and_says_so(shop: Shop) -> None:
    order = shop.draft((shop.gloves, 1), (shop.vaccine, 5))
    (waits,) = (noted.due for noted in shop.office.due_items())
    assert waits.what.endswith("2 lines, 12.50 and 1 line without a price")
    with pytest.raises(Refused, match=r"1 line .*--without-prices"):
        shop.office.do(approve, order)
    said = do(shop, "approve", order, without_prices=True)
    assert "2 lines, 12.50 and 1 line without a price" in said
    assert "1 line has no price" in do(shop, "send", order)


def test_an_item_the_vendor_has_no_terms_for_is_said_to_have_none(shop: Shop) -> None:
    order = shop.draft()
    said = str(shop.office.do(add_line, order, item_id=shop.vaccine.id, packs=3))
    assert "3 doses of Vaccine" in said
    assert "Acme has no terms" in said
    assert "no terms" not in str(shop.office.do(add_line, order, item_id=shop.gloves.id, packs=1))
    assert "It has no price" in shop.office.do(change, shop.office.get(Line, 1), packs=4)


def test_another_vendor_has_its_own_prices(shop: Shop) -> None:
    with shop.office.acting("test"):
        bolt = shop.office.add(Vendor(name="Bolt"))
        shop.office.add(
            Terms(
                item_id=shop.gloves.id,
                vendor_id=bolt.id,
                pack_id=shop.box.id,
                price=100_000,
                rank=2,
            )
        )
    order = shop.draft((shop.gloves, 2), (shop.vaccine, 5))
    shop.office.do(change, shop.office.get(Line, 2), price=30_000)
    edit_record(shop.office, shop.office.get(Order, order.id), {"vendor_id": bolt.id})
    gloves, vaccine = shop.office.remarks
    assert re.search(r"Gloves M, 1 box of 100: 10\.00 .*12\.50", gloves)
    assert re.search(r"Vaccine, 1 dose: Bolt .*3\.00", vaccine)
    assert total(shop, order) == (20_00, 1)
    edit_record(shop.office, shop.office.get(Order, order.id), {"note": "by phone"})
    assert shop.office.remarks == []


def test_an_order_is_not_expected_on_a_closed_day_nor_before_it_is_ordered(shop: Shop) -> None:
    with shop.office.acting("test"):
        shop.office.add(ClosedDay(day=TODAY + timedelta(days=7), what="Inventory"))
    order = box(shop)
    follow(shop, order, "approve", "send")
    assert shop.office.get(Order, order.id).expected_on == TODAY + timedelta(days=8)
    late = box(shop)
    follow(shop, late, "approve")
    with pytest.raises(Refused, match="2026-03-01 is before 2026-03-02"):
        shop.office.do(send, shop.office.get(Order, late.id), expected=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="in the future"):
        shop.office.do(send, shop.office.get(Order, late.id), on=TODAY + timedelta(days=1))
    dates = {
        "vendor_id": shop.acme.id,
        "ordered_on": TODAY,
        "expected_on": TODAY - timedelta(days=1),
    }
    with pytest.raises(Refused) as refusal:
        add_record(shop.office, Order, dates)
    assert refusal.value.problems == [
        Problem("is before 2026-03-02, the day it is ordered", "expected_on", "wrong-order")
    ]
    shop.office.do(
        send, shop.office.get(Order, late.id), on=TODAY, expected=TODAY + timedelta(days=30)
    )
    shop.office.do(receive, shop.office.get(Order, late.id))


def test_a_line_that_asks_for_nothing_this_time_counts_nothing(shop: Shop) -> None:
    order = box(shop)
    shop.office.do(add_line, order, item_id=shop.vaccine.id, packs=3, price=200)
    assert total(shop, order) == (25_00 + 6, 0)
    [other] = shop.office.all(Line, "item_id = ?", shop.vaccine.id)
    shop.office.do(change, other, packs=0)
    assert total(shop, order) == (25_00, 0)
    [first] = shop.office.all(Line, "item_id = ?", shop.gloves.id)
    shop.office.do(change, first, packs=0)
    assert total(shop, order) == (0, 0)
