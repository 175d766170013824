"""Locations of one item share its hard maximum: each is cut to the room that the others leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.reorder.facts import OFFER, TODAY, levels, result

from officeops_inventory.model import Item, Level
from officeops_inventory.reorder.rule import within_maximum
from officeops_inventory.reorder.sheet import explain
from officeops_inventory.reorder.whole_packs import Pack, packs_to_order
from officeops_inventory.stock.actions import receive

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


def test_a_suggestion_that_fits_is_left_as_it_is() -> None:
    suggestion = result(levels(200, 500), 100, OFFER)
    assert suggestion.quantity == 400
    assert within_maximum(suggestion, 400, 900) == suggestion
    assert within_maximum(suggestion, 399, 900).quantity == 300


def test_without_room_for_the_least_order_it_is_blocked() -> None:
    single = result(levels(5, 9), 2)
    assert single.pack_size == 1
    for room in (0, -4):
        blocked = within_maximum(single, room, 9)
        assert (blocked.packs, blocked.quantity) == (0, 0)
        assert "hard maximum of 9" in blocked.blocked
    least = result(levels(200, 500), 100, OFFER.replace(moq=3))
    assert not within_maximum(least, 300, 900).blocked
    assert within_maximum(least, 299, 900).blocked


@pytest.mark.parametrize("moq", [0, 1])
def test_room_for_one_pack_is_an_order_of_one_pack(moq: int) -> None:
    suggestion = result(levels(200, 500), 100, OFFER.replace(moq=moq))
    assert within_maximum(suggestion, 100, 900).packs == 1


def test_the_least_order_of_a_vendor_may_just_fit_under_a_hard_maximum() -> None:
    offer = OFFER.replace(moq=2)
    assert result(levels(200, 300, hard=True), 100, offer).packs == 2
    assert result(levels(200, 299, hard=True), 100, offer).blocked


@pytest.mark.parametrize(
    ("position", "moq", "blames_the_least"),
    [
        (0, 1, False),  # one pack is too much by itself
        (0, 2, True),
        (0, 3, True),
        (26, 3, False),  # what fits changes nothing, and one more is too much
    ],
)
def test_the_least_order_is_blamed_where_it_is_what_does_not_fit(
    position: int, moq: int, *, blames_the_least: bool
) -> None:
    size = 30 if position == 0 else 1
    packs, why = packs_to_order(position, 28 if position else 5, 29, 29, Pack(size, "box", moq))
    assert packs == (3 if position else 0)
    assert ("minimum order" in why) is blames_the_least


def test_stock_about_to_expire_leaves_room_and_locations_share_the_rest(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(shop.vaccine, order_up_to=100, maximum_is_hard=True)
        for place in (shop.main, shop.exam):
            item_id = shop.vaccine.id
            office.add(
                Level(item_id=item_id, location_id=place.id, reorder_point=10, order_up_to=60)
            )
    tomorrow = TODAY + timedelta(days=1)
    office.do(receive, shop.vaccine, quantity=30, lot="A", expires_on=tomorrow)
    main, exam = (line.suggestion for line in explain(office, office.get(Item, shop.vaccine.id)))
    assert (main.doomed, main.need, main.quantity) == (30, 60, 60)
    assert (exam.doomed, exam.need, exam.quantity) == (0, 60, 40)
    assert "hard maximum of 100" in exam.warnings[-1]
