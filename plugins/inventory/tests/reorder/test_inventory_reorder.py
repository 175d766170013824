"""What the sheet reads from the file: use and stock, each as it was on record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.reorder.use_tools import (
    LOOKBACK,
    STEADY,
    TODAY,
    ago,
    mean,
    stocked,
    used,
)

from officeops_inventory.model import Item, Level, Move, Terms
from officeops_inventory.reorder.sheet import explain, sheet
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.ledger import move
from officeops_inventory.stock.reversal import reverse

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


def test_use_of_the_look_back_is_demand(shop: Shop) -> None:
    stocked(shop)
    used(shop, *STEADY)
    assert mean(shop) == pytest.approx(36 / LOOKBACK)
    # What was used before it, and today, which is not over, says nothing.
    used(shop, (LOOKBACK + 1, 90), (0, 90))
    assert mean(shop) == pytest.approx(36 / LOOKBACK)


def test_a_mistyped_use_that_was_reversed_is_no_demand(shop: Shop) -> None:
    stocked(shop)
    used(shop, *STEADY)
    before = mean(shop)
    [slip] = used(shop, (5, 500))
    assert mean(shop) != before
    shop.office.do(reverse, shop.office.get(Move, slip))
    assert mean(shop) == before


def test_waste_and_corrections_are_no_demand_nor_is_their_reversal(shop: Shop) -> None:
    stocked(shop)
    used(shop, *STEADY)
    before = mean(shop)
    with shop.office.acting("test"):
        for kind in ("waste", "adjust", "expire", "return"):
            move(shop.office, shop.gloves.id, kind, -7, shop.main.id, day=ago(7))
    assert mean(shop) == before
    shop.office.do(reverse, list(shop.office.all(Move))[-1])
    assert mean(shop) == before


def test_what_a_count_found_missing_is_spread_since_the_count_before(shop: Shop) -> None:
    stocked(shop)
    used(shop, (1, 40), since=ago(40))
    assert mean(shop) == pytest.approx(40 / LOOKBACK)


def test_days_without_stock_are_left_out(shop: Shop) -> None:
    stocked(shop, 36)
    used(shop, (LOOKBACK, 9), (170, 9), (160, 9), (151, 9))
    # Thirty days had stock: the last unit went 151 days ago, and that day had some.
    assert mean(shop) == pytest.approx(36 / 30)


def test_a_young_item_is_judged_by_the_days_it_was_there(shop: Shop) -> None:
    stocked(shop, 1000, days=20)
    used(shop, (15, 10), (10, 10), (5, 10))
    assert mean(shop) == pytest.approx(30 / 20)


def test_use_counts_where_it_was_used(shop: Shop) -> None:
    with shop.office.acting("test"):
        for place in (shop.main, shop.exam):
            shop.office.add(Level(item_id=shop.gloves.id, location_id=place.id, order_up_to=50))
        move(shop.office, shop.gloves.id, "opening", 500, shop.exam.id, day=ago(300))
    stocked(shop)
    used(shop, *STEADY)
    means = {
        line.location_id: line.suggestion.demand_mean for line in explain(shop.office, shop.gloves)
    }
    assert means == {shop.main.id: pytest.approx(36 / LOOKBACK), shop.exam.id: None}


# -- figures -----------------------------------------------------------------------------------------------


def test_stock_counts_until_its_last_day_and_not_while_it_is_held(shop: Shop) -> None:
    office = shop.office
    for number, days in (("TODAY", 0), ("SOON", 5), ("FAR", 400)):
        office.do(
            receive, shop.vaccine, quantity=10, lot=number, expires_on=TODAY + timedelta(days=days)
        )
    office.do(receive, shop.vaccine, quantity=10, lot="GONE", expires_on=ago(1))
    [line] = explain(office, shop.vaccine)
    assert (line.suggestion.usable, line.suggestion.doomed, line.suggestion.position) == (
        30,
        20,
        10,
    )
    with office.acting("test"), office.store.db.checked("inventory_lot"):
        office.store.db.execute("UPDATE inventory_lot SET status = 'recalled' WHERE number = 'FAR'")
    [line] = explain(office, shop.vaccine)
    assert (line.suggestion.usable, line.suggestion.doomed) == (20, 20)


def test_what_will_expire_within_lead_and_review_is_ordered_in_time(shop: Shop) -> None:
    """Terms of 4 days (Acme's) and 7 days of review: what ends on the eleventh day is not lost, on the tenth it is."""
    office = shop.office
    with office.acting("test"):
        vaccine = office.edit(office.get(Item, shop.vaccine.id), reorder_point=5, order_up_to=10)
        office.add(Terms(item_id=shop.vaccine.id, vendor_id=shop.acme.id, price=10))
    office.do(receive, vaccine, quantity=10, lot="A", expires_on=TODAY + timedelta(days=11))
    assert not sheet(office).lines
    office.do(receive, vaccine, quantity=3, lot="B", expires_on=TODAY + timedelta(days=10))
    [line] = explain(office, vaccine)
    assert (line.suggestion.usable, line.suggestion.doomed, line.suggestion.fires) == (13, 3, False)


@pytest.mark.parametrize(
    ("item", "fires"),
    [
        ({"reorder_point": 0}, True),
        ({"reorder_point": 0, "order_up_to": 0}, False),
        ({"order_up_to": 1}, True),
        ({}, False),
        ({"reorder_point": 5, "discontinued": True}, False),
    ],
)
def test_only_what_is_stocked_is_on_the_sheet(
    shop: Shop, item: dict[str, int], *, fires: bool
) -> None:
    with shop.office.acting("test"):
        made = shop.office.add(Item(sku="X", name="X", **item))  # type: ignore[arg-type]
    assert (made.id in {line.item.id for line in sheet(shop.office).lines}) == fires


def test_an_archived_item_is_not_ordered(shop: Shop) -> None:
    with shop.office.acting("test"):
        made = shop.office.add(Item(sku="X", name="X", reorder_point=5))
        shop.office.archive(made)
    assert not sheet(shop.office).lines


def test_use_from_before_the_opening_balance_is_not_called_days_out_of_stock(shop: Shop) -> None:
    with shop.office.acting("test"):
        for days in range(100, 0, -5):
            opened = days <= 50
            if days == 50:
                move(shop.office, shop.gloves.id, "opening", 1000, shop.main.id, day=ago(50))
            used_up = -10 if opened else -20
            move(
                shop.office,
                shop.gloves.id,
                "use",
                used_up,
                shop.main.id,
                day=ago(days),
                history=not opened,
            )
    assert mean(shop) == pytest.approx(300 / 100)
