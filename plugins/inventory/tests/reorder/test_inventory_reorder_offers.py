"""What the sheet reads of vendors: offers, minimums and drafts; and the hard maximum of an item."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.reorder.use_tools import TODAY, ago

from officeops.core.records import Location
from officeops_inventory.model import Item, Level, Line, Order, Pack, Terms
from officeops_inventory.purchasing.order_lines import add_line
from officeops_inventory.reorder.drafting import draft_orders
from officeops_inventory.reorder.query import ReorderQuery
from officeops_inventory.reorder.sheet import explain, sheet
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.ledger import move
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


# -- money -------------------------------------------------------------------------------------------------


def test_the_gap_to_a_vendors_minimum_counts_what_is_in_draft(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(office.get(Vendor, shop.acme.id), minimum_order=200_00, free_freight=500_00)
        office.edit(office.get(Item, shop.gloves.id), reorder_point=10, order_up_to=100)
    [group] = sheet(office).groups
    assert (group.total, group.drafted, group.to_minimum, group.to_free_freight) == (
        12_50,
        0,
        187_50,
        487_50,
    )
    with office.acting("test"):
        other = office.add(Item(sku="O", name="Other"))
        order = office.add(Order(vendor_id=shop.acme.id))
    office.do(add_line, order, item_id=other.id, packs=3, price=20_00_00)
    [group] = sheet(office).groups
    assert (group.total, group.drafted, group.to_minimum, group.to_free_freight) == (
        12_50,
        60_00,
        127_50,
        427_50,
    )
    office.do(add_line, order, item_id=shop.vaccine.id, packs=10, price=50_00_00)
    [group] = sheet(office).groups
    assert (group.drafted, group.to_minimum, group.to_free_freight) == (560_00, 0, 0)


def test_terms_are_offered_with_their_pack_price_and_lead_time(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        for rank, (name, begins, ends) in enumerate(
            [
                ("Beta", TODAY, TODAY),
                ("Gamma", None, ago(1)),
                ("Delta", TODAY + timedelta(days=1), None),
            ],
            2,
        ):
            vendor = office.add(Vendor(name=name))
            office.add(
                Terms(
                    item_id=shop.gloves.id,
                    vendor_id=vendor.id,
                    price=rank,
                    rank=rank,
                    price_from=begins,
                    price_until=ends,
                )
            )
    offers = ReorderQuery(office).offers([shop.gloves.id])[shop.gloves.id]
    assert [
        (o.vendor, o.pack_size, o.pack, o.price, o.lead_days, o.price_valid) for o in offers
    ] == [
        ("Acme", 100, "box", 125_000, 6, True),
        ("Beta", 1, "glove", 2, 5, True),
        ("Gamma", 1, "glove", 3, 5, False),
        ("Delta", 1, "glove", 4, 5, False),
    ]


def test_a_slow_vendor_lets_stock_expire_before_it_delivers(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(shop.vaccine, reorder_point=5, order_up_to=20)
        slow = office.add(Vendor(name="Slow", lead_days=60))
        office.add(Terms(item_id=shop.vaccine.id, vendor_id=slow.id, price=2))
    soon = TODAY + timedelta(days=40)
    office.do(receive, shop.vaccine, quantity=10, lot="A", expires_on=soon)
    [line] = sheet(office).lines
    assert (line.suggestion.doomed, line.suggestion.position) == (10, 0)


def test_stock_that_expires_before_the_order_after_the_next_one_counts_as_lost(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(shop.vaccine, reorder_point=5, order_up_to=20)
    # Five days of lead time by default, and seven between orders.
    office.do(receive, shop.vaccine, quantity=10, lot="A", expires_on=TODAY + timedelta(days=9))
    [line] = sheet(office).lines
    assert (line.suggestion.doomed, line.suggestion.position) == (10, 0)


# -- drafts ------------------------------------------------------------------------------------------------


def test_a_draft_is_topped_up_where_the_terms_are_the_same_and_else_gets_a_line(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(office.get(Item, shop.gloves.id), reorder_point=10, order_up_to=100)
    assert draft_orders(office).lines == 1
    with office.acting("test"):
        office.edit(office.get(Item, shop.gloves.id), reorder_point=250, order_up_to=300)
    again = draft_orders(office)
    assert (again.new_orders, again.lines) == ([], 1)
    assert [(line.packs, line.by_hand) for line in office.all(Line)] == [(3, False)]
    terms = office.first(Terms, "item_id = ?", shop.gloves.id)
    assert terms
    with office.acting("test"):
        office.edit(terms, price=130_000)
        office.edit(office.get(Item, shop.gloves.id), reorder_point=350, order_up_to=400)
    draft_orders(office)
    assert [(line.packs, line.price) for line in office.all(Line)] == [(3, 125_000), (1, 130_000)]


def test_what_a_person_decided_on_a_draft_is_left(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(office.get(Item, shop.gloves.id), reorder_point=500, order_up_to=1000)
    drafted = draft_orders(office, [shop.gloves.id], {shop.gloves.id: 2})
    assert [(line.packs, line.by_hand) for line in office.all(Line)] == [(2, True)]
    assert drafted.lines == 1
    again = draft_orders(office)
    assert [why for _, why in again.left] == ["its line on the draft order was changed by hand"]
    assert not again.draft_lines


# -- levels by location, and a hard maximum of the item --------------------------------------------------


@pytest.mark.parametrize("hard", [50, 89, 90, 200])
@pytest.mark.parametrize("size", [1, 7, 30])
@pytest.mark.parametrize("there", [0, 4, 45])
def test_places_together_never_pass_the_items_hard_maximum(
    shop: Shop, hard: int, size: int, there: int
) -> None:
    office = shop.office
    with office.acting("test"):
        item = office.add(Item(sku="H", name="Hard", order_up_to=hard, maximum_is_hard=True))
        pack = office.add(Pack(item_id=item.id, name="box", size=size))
        office.add(Terms(item_id=item.id, vendor_id=shop.acme.id, pack_id=pack.id, price=1000))
        third = office.add(Location(name="Exam 2", count_order=3))
        for place in (shop.main, shop.exam, third):
            office.add(
                Level(item_id=item.id, location_id=place.id, reorder_point=10, order_up_to=30)
            )
        if there:
            move(office, item.id, "opening", there, shop.main.id)
    lines = [line.suggestion for line in sheet(office).lines if line.item.id == item.id]
    assert sum(line.quantity for line in lines) + there <= max(hard, there)
    blocked = [line for line in lines if line.blocked]
    assert all(f"hard maximum of {hard}" in line.blocked for line in blocked)
    drafted = draft_orders(office)
    assert sum(line.packs for line in drafted.draft_lines) == sum(line.packs for line in lines)
    # Nothing more is suggested: what is left is blocked, and says so.
    again = [line.suggestion for line in sheet(office).lines if line.item.id == item.id]
    assert not sum(line.quantity for line in again)
    if hard >= there + sum(3 * [30 + size - 1]):
        assert not blocked


def test_a_soft_maximum_of_the_item_holds_no_place_back(shop: Shop) -> None:
    with shop.office.acting("test"):
        shop.office.edit(shop.gloves, order_up_to=50)
        for place in (shop.main, shop.exam):
            shop.office.add(
                Level(
                    item_id=shop.gloves.id, location_id=place.id, reorder_point=10, order_up_to=30
                )
            )
    assert [line.suggestion.packs for line in explain(shop.office, shop.gloves)] == [1, 1]
