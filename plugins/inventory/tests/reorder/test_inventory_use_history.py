"""Daily use from the moves of one spot: which days had stock, and what is known of the days before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops_inventory.model import Terms
from officeops_inventory.model.moves import Move
from officeops_inventory.reorder.offers import offers_of
from officeops_inventory.reorder.query import ReorderQuery
from officeops_inventory.reorder.use_history import daily_use, demand_of
from officeops_inventory.stock.actions import receive

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

TODAY = date(2026, 3, 2)
#: A window of ten days that ends yesterday.
SINCE = TODAY - timedelta(days=10)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def days_and_mean(*days: tuple[int, int, bool]) -> tuple[int, float]:
    """Return the days that count and the mean use, of sums of moves: how many days ago, how many, whether history."""
    uses = [(ago(n), ago(n), -quantity) for n, quantity, _ in days if quantity < 0]
    moves = [(ago(n), quantity, is_history) for n, quantity, is_history in days]
    demand = demand_of(uses, moves, SINCE, ago(1))
    assert demand
    return demand.days, demand.mean


def test_without_a_stock_out_every_day_counts() -> None:
    days = [(10, 90, False), (9, -1, False), (8, -1, False), (7, -1, False)]
    assert days_and_mean(*days) == (10, 0.3)


def test_what_came_yesterday_was_there_yesterday() -> None:
    days = [(10, 6, False), (9, -2, False), (8, -2, False), (7, -2, False), (1, 5, False)]
    # Days 6 to 2 had nothing.
    assert days_and_mean(*days) == (5, 1.2)


def test_stock_before_the_first_balance_is_taken_to_have_been_there_but_not_after_it() -> None:
    history = [(10, -2, True), (9, -2, True), (8, -2, True)]
    opened = [(7, 6, False), (6, -6, False), (3, 9, False)]
    # Of the days since the opening balance, 5 and 4 had nothing.
    assert days_and_mean(*history, *opened) == (8, 1.5)


def test_two_moves_of_one_day_are_one_sum(shop: Shop) -> None:
    def book(kind: str, quantity: int, days: int) -> None:
        item, place = shop.gloves.id, shop.main.id
        booked = Move(item_id=item, location_id=place, kind=kind, quantity=quantity, day=ago(days))
        shop.office.add(booked)

    with shop.office.acting("test"):
        book("opening", 14, 10)
        for days in (9, 8):
            book("use", -2, days)
        for quantity in (-4, -6):
            book("use", quantity, 7)
    spot = (shop.gloves.id, None)
    # Nothing was left from day 6 on.
    demand = daily_use(shop.office, [spot], SINCE, TODAY)[spot]
    assert (demand.days, demand.mean) == (4, 3.5)


# -- what else the sheet reads of an item --------------------------------------------------------


def test_terms_that_are_archived_are_no_offer(shop: Shop) -> None:
    office = shop.office
    assert [*offers_of(office, [shop.gloves.id], {}, 5)] == [shop.gloves.id]
    with office.acting("test"):
        office.archive(next(office.all(Terms)))
    assert offers_of(office, [shop.gloves.id], {}, 5) == {}


@pytest.mark.parametrize("quantity", [1, 2])
def test_a_single_piece_of_a_lot_may_expire(shop: Shop, quantity: int) -> None:
    office = shop.office
    office.do(receive, shop.vaccine, quantity=quantity, lot="A", expires_on=ago(-3))
    [spot] = ReorderQuery(office).of_item(shop.vaccine)
    assert [lot.quantity for lot in spot.facts.lots] == [quantity]
