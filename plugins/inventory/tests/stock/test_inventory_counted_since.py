"""A count has seen the moves before it: taking one of them back changes no stock in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.conftest import TODAY
from plugins.inventory.tests.office_state import last

from officeops import Refused
from officeops.history.undo import undo
from officeops_inventory.counts.booking import count
from officeops_inventory.model import Move
from officeops_inventory.stock.actions import receive, transfer
from officeops_inventory.stock.ledger import move, on_hand
from officeops_inventory.stock.reversal import reverse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from plugins.inventory.tests.conftest import Shop

    Count = Callable[[int], int]


@pytest.fixture(params=["the same day", "a later day"])
def counts(
    shop: Shop, request: pytest.FixtureRequest, freeze_today: Callable[[date | str], None]
) -> Count:
    """Count gloves at Main, on the day of the moves or on a later one; return the action's number."""
    if request.param == "a later day":
        freeze_today(TODAY - timedelta(days=9))

    def counted(quantity: int) -> int:
        freeze_today(TODAY)
        shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=quantity)
        return last(shop.office)

    return counted


def received(shop: Shop, quantity: int) -> int:
    """Receive gloves at Main; return the number of the action."""
    shop.office.do(receive, shop.gloves, quantity=quantity, location_id=shop.main.id)
    return last(shop.office)


def test_a_move_is_undone_only_after_the_count_that_has_seen_it(shop: Shop, counts: Count) -> None:
    office = shop.office
    received(shop, 10)
    second = received(shop, 5)
    of_count = counts(15)
    with pytest.raises(Refused):
        undo(office, second)
    assert on_hand(office, shop.gloves.id) == 15
    undo(office, of_count)
    undo(office, second)
    assert on_hand(office, shop.gloves.id) == 10


def test_a_count_stays_as_long_as_a_reversal_relies_on_it(shop: Shop, counts: Count) -> None:
    office = shop.office
    received(shop, 10)
    received(shop, 5)
    of_count = counts(15)
    office.do(reverse, office.get(Move, 2))
    of_reversal = last(office)
    assert on_hand(office, shop.gloves.id) == 15
    with pytest.raises(Refused):
        undo(office, of_count)
    undo(office, of_reversal)
    undo(office, of_count)
    assert on_hand(office, shop.gloves.id) == 15


def test_a_receipt_that_a_count_found_less_of_is_reversed_and_the_count_stays(
    shop: Shop, counts: Count
) -> None:
    received(shop, 10)
    counts(4)
    said = shop.office.do(reverse, shop.office.get(Move, 1))
    assert f"counted on {TODAY}, so the quantity on hand there stays" in said
    assert on_hand(shop.office, shop.gloves.id) == 4


def test_a_transfer_is_taken_back_whole_or_not_at_all(shop: Shop, counts: Count) -> None:
    office, exam = shop.office, shop.exam.id
    received(shop, 10)
    office.do(transfer, shop.gloves, quantity=4, to_location_id=exam)
    of_transfer = last(office)
    of_count = counts(6)
    with pytest.raises(Refused):
        undo(office, of_transfer)
    for half in office.all(Move, "kind = 'transfer'"):
        with pytest.raises(Refused):
            office.do(reverse, half)
    assert on_hand(office, shop.gloves.id) == 10
    undo(office, of_count)
    undo(office, of_transfer)
    assert on_hand(office, shop.gloves.id, shop.main.id) == 10


def test_a_transfer_between_two_locations_counted_since_leaves_both_as_counted(
    shop: Shop, counts: Count
) -> None:
    office, exam = shop.office, shop.exam.id
    received(shop, 10)
    office.do(transfer, shop.gloves, quantity=4, to_location_id=exam)
    counts(6)
    office.do(count, location_id=exam, item_id=shop.gloves.id, counted=3)
    office.do(reverse, next(office.all(Move, "kind = 'transfer'")))
    assert on_hand(office, shop.gloves.id, shop.main.id) == 6
    assert on_hand(office, shop.gloves.id, exam) == 3


def test_a_move_booked_after_a_count_changes_stock_when_it_is_undone_whatever_its_day(
    shop: Shop, counts: Count
) -> None:
    office = shop.office
    received(shop, 10)
    counts(10)
    with office.acting("test"):
        earlier = office.today - timedelta(days=20)
        move(office, shop.gloves.id, "use", -1, shop.main.id, day=earlier)
    assert on_hand(office, shop.gloves.id) == 9
    undo(office, last(office))
    assert on_hand(office, shop.gloves.id) == 10


def test_an_opening_balance_stays_as_long_as_moves_before_it_rely_on_it(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        move(office, shop.gloves.id, "opening", 20, shop.main.id)
    of_opening = last(office)
    with office.acting("test"):
        earlier = office.today - timedelta(days=9)
        move(office, shop.gloves.id, "use", -3, shop.main.id, day=earlier, history=True)
    of_use = last(office)
    opening = next(office.all(Move, "kind = 'opening'"))
    with pytest.raises(Refused):
        undo(office, of_opening)
    with pytest.raises(Refused):
        office.do(reverse, opening)
    undo(office, of_use)
    undo(office, of_opening)
    assert on_hand(office, shop.gloves.id) == 0
