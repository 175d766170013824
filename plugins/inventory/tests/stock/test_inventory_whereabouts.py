"""Goods go to the item's home, and are taken from the location that has usable stock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops.core.actions import make_default
from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops_inventory.counts.booking import count
from officeops_inventory.model import Item, Level, Lot, Move
from officeops_inventory.purchasing.orders import approve, send
from officeops_inventory.purchasing.receipts import receive as take_in
from officeops_inventory.reorder.sheet import explain
from officeops_inventory.stock.actions import adjust, receive, transfer, use
from officeops_inventory.stock.intake import home
from officeops_inventory.stock.ledger import move, on_hand
from officeops_inventory.stock.reversal import reverse
from officeops_inventory.stock.whereabouts import whereabouts

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.testing import Cli

TODAY = date(2026, 3, 2)
LATER = TODAY + timedelta(days=200)


@pytest.fixture(autouse=True)
def _started(shop: Shop) -> None:
    """An office that can choose another default location."""
    with shop.office.acting("test"):
        shop.office.add(Facts(name="Shop", default_location_id=shop.main.id))


def test_goods_go_where_the_item_last_came_in(shop: Shop) -> None:
    office = shop.office
    assert home(office, shop.gloves.id) == shop.main.id
    office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    assert home(office, shop.gloves.id) == shop.exam.id
    # Carrying and counting say nothing of where it comes in.
    office.do(transfer, shop.gloves, quantity=4, to_location_id=shop.main.id)
    office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=400)
    assert home(office, shop.gloves.id) == shop.exam.id
    office.do(receive, shop.gloves, quantity=5)
    assert on_hand(office, shop.gloves.id, shop.exam.id) == 6
    office.do(receive, shop.gloves, quantity=5, location_id=shop.main.id)
    assert home(office, shop.gloves.id) == shop.main.id


def test_a_receipt_that_was_reversed_is_no_past(shop: Shop) -> None:
    office = shop.office
    office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    office.do(reverse, list(office.all(Move))[-1])
    assert home(office, shop.gloves.id) == shop.main.id


def test_the_latest_day_counts_not_the_latest_booking(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        move(office, shop.gloves.id, "receive", 5, shop.exam.id, day=TODAY)
        move(office, shop.gloves.id, "receive", 5, shop.main.id, day=TODAY - timedelta(days=9))
    assert home(office, shop.gloves.id) == shop.exam.id


def test_without_receipts_it_is_where_most_is_then_where_a_level_is_then_the_default(
    shop: Shop,
) -> None:
    office = shop.office
    with office.acting("test"):
        fridge = office.add(Location(name="Fridge", count_order=9))
        office.add(Level(item_id=shop.gloves.id, location_id=fridge.id, reorder_point=1))
    assert home(office, shop.gloves.id) == fridge.id
    with office.acting("test"):
        office.add(Level(item_id=shop.gloves.id, location_id=shop.exam.id, reorder_point=1))
    assert home(office, shop.gloves.id) == shop.exam.id  # counted before the fridge
    with office.acting("test"):
        office.add(Level(item_id=shop.gloves.id, location_id=shop.main.id, reorder_point=1))
    assert home(office, shop.gloves.id) == shop.main.id
    office.do(make_default, fridge)
    assert home(office, shop.gloves.id) == fridge.id
    office.do(count, location_id=shop.exam.id, item_id=shop.gloves.id, counted=3)
    office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=4)
    assert home(office, shop.gloves.id) == shop.main.id


def test_an_archived_place_is_nobodys_home(shop: Shop) -> None:
    office = shop.office
    office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    with pytest.raises(Refused, match="there is stock of 1 item"), office.acting("test"):
        office.archive(office.get(Location, shop.exam.id))
    office.do(use, shop.gloves, quantity=5)
    with office.acting("test"):
        level = office.add(Level(item_id=shop.gloves.id, location_id=shop.exam.id, reorder_point=1))
    with pytest.raises(Refused, match="1 stock level is kept there"), office.acting("test"):
        office.archive(office.get(Location, shop.exam.id))
    with office.acting("test"):
        office.archive(level)
        office.archive(office.get(Location, shop.exam.id))
    assert home(office, shop.gloves.id) == shop.main.id


def test_a_delivery_goes_to_the_lines_place_else_to_the_items_own(shop: Shop) -> None:
    office = shop.office
    office.do(
        receive, shop.vaccine, quantity=1, location_id=shop.exam.id, lot="A", expires_on=LATER
    )
    office.do(take_in, shop.sent(shop.vaccine), lot="B", expires_on=LATER)
    assert on_hand(office, shop.vaccine.id, shop.exam.id) == 4
    office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    order = shop.draft((shop.gloves, 1))
    [line] = office.rows("SELECT id FROM inventory_line WHERE order_id = ?", order.id)
    with office.acting("test"):
        office.store.db.execute(
            "UPDATE inventory_line SET location_id = ? WHERE id = ?", (shop.main.id, *line)
        )
    office.do(approve, order, without_prices=True)
    office.do(send, order)
    office.do(take_in, order)
    assert on_hand(office, shop.gloves.id, shop.main.id) == 100


def test_what_is_on_order_stays_where_it_is_counted_when_goods_come_in_elsewhere(
    shop: Shop,
) -> None:
    office = shop.office
    with office.acting("test"):
        for place in (shop.main, shop.exam):
            office.add(
                Level(
                    item_id=shop.gloves.id, location_id=place.id, reorder_point=50, order_up_to=100
                )
            )
    order = shop.sent(shop.gloves, packs=1)
    before = {line.location_id: line.suggestion.on_order for line in explain(office, shop.gloves)}
    assert before == {shop.main.id: 100, shop.exam.id: 0}
    office.do(receive, shop.gloves, quantity=7, location_id=shop.exam.id)
    assert home(office, shop.gloves.id) == shop.exam.id
    after = {line.location_id: line.suggestion.on_order for line in explain(office, shop.gloves)}
    assert after == before
    office.do(take_in, order)
    assert on_hand(office, shop.gloves.id, shop.main.id) == 100


@pytest.fixture
def spread(shop: Shop, cli: Cli) -> Cli:
    """Ten bandages at two exam rooms, and none in the default location."""
    with shop.office.acting("test"):
        other = shop.office.add(Location(name="Exam 2", count_order=3))
        item = shop.office.add(Item(sku="P", name="Bandage"))
    for place in (shop.exam.id, other.id):
        shop.office.do(receive, item, quantity=5, location_id=place)
    return cli


@pytest.mark.officeops("inventory", "vendors")
@pytest.mark.parametrize("verb", ["use", "waste", "return", "transfer", "adjust"])
def test_places_that_have_it_are_named_and_no_count_is_advised(spread: Cli, verb: str) -> None:
    more = {"use": (), "transfer": ("--to-location", "Main")}.get(verb, ("--reason", "because"))
    refused = spread("item", verb, "P", "--quantity", "1", *more)
    assert refused.code == 1
    assert "5 at Exam 1, 5 at Exam 2" in refused.err
    assert "--location" in refused.err
    assert "count" not in refused.err


@pytest.mark.officeops("inventory", "vendors")
def test_what_is_short_in_one_place_is_named_elsewhere(spread: Cli) -> None:
    refused = spread("item", "use", "P", "--quantity", "6", "--location", "Exam 1")
    assert "only 5 on hand at Exam 1, not 6" in refused.err
    assert "5 at Exam 2" in refused.err
    assert "officeops count" not in refused.err
    spread("item", "use", "P", "--quantity", "5", "--location", "Exam 2")
    refused = spread("item", "use", "P", "--quantity", "6")
    assert 'officeops count "Exam 1" P=QUANTITY' in refused.err


def test_the_default_place_is_taken_from_where_it_has_some(shop: Shop) -> None:
    office = shop.office
    for place in (shop.main, shop.exam):
        office.do(receive, shop.gloves, quantity=5, location_id=place.id)
    assert whereabouts(office, shop.gloves.id, None) == shop.main.id
    office.do(make_default, shop.exam)
    assert whereabouts(office, shop.gloves.id, None) == shop.exam.id
    assert whereabouts(office, shop.gloves.id, shop.main.id) == shop.main.id


def test_only_usable_stock_decides_where_to_take_from(shop: Shop) -> None:
    office = shop.office
    gone = TODAY - timedelta(days=1)
    office.do(
        receive, shop.vaccine, quantity=5, location_id=shop.main.id, lot="GONE", expires_on=gone
    )
    office.do(
        receive, shop.vaccine, quantity=5, location_id=shop.exam.id, lot="GOOD", expires_on=LATER
    )
    assert whereabouts(office, shop.vaccine.id, None) == shop.exam.id
    expired = office.first(Lot, "number = 'GONE'")
    assert expired
    assert whereabouts(office, shop.vaccine.id, None, expired.id) == shop.main.id
    office.do(use, shop.vaccine, quantity=5)
    assert whereabouts(office, shop.vaccine.id, None) == shop.main.id


def test_a_correction_of_more_goes_where_the_item_lives_when_none_is_left(shop: Shop) -> None:
    office = shop.office
    office.do(receive, shop.gloves, quantity=5, location_id=shop.exam.id)
    office.do(use, shop.gloves, quantity=5)
    office.do(adjust, shop.gloves, quantity=2, reason="found")
    assert on_hand(office, shop.gloves.id, shop.exam.id) == 2
