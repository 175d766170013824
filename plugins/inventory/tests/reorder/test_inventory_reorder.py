"""What the sheet reads from the file: use, stock, offers and drafts, each as it was on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops_inventory.model import Item, Level, Line, Move, Order, Pack, Terms
from officeops_inventory.purchasing.order_lines import add_line
from officeops_inventory.reorder.drafting import draft_orders
from officeops_inventory.reorder.query import ReorderQuery
from officeops_inventory.reorder.sheet import explain, sheet
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.ledger import move
from officeops_inventory.stock.reversal import reverse
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops_inventory.reorder.types import Evaluation

TODAY = date(2026, 3, 2)
#: Days of look-back of the reorder rule unless settings say otherwise.
LOOKBACK = 180


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def stocked(shop: Shop, quantity: int = 1000, days: int = 300) -> None:
    """Put gloves on the shelf a while ago."""
    with shop.office.acting("test"):
        move(shop.office, shop.gloves.id, "opening", quantity, shop.main.id, day=ago(days))


def used(shop: Shop, *uses: tuple[int, int], since: date | None = None) -> list[int]:
    """Use gloves: (how many days ago, how many)."""
    with shop.office.acting("test"):
        done = [
            move(
                shop.office,
                shop.gloves.id,
                "use",
                -quantity,
                shop.main.id,
                day=ago(days),
                since=since,
            )
            for days, quantity in uses
        ]
    return [entry.id for entry in done]


def gloves(shop: Shop) -> Evaluation:
    [line] = explain(shop.office, shop.office.get(Item, shop.gloves.id))
    return line.suggestion


def mean(shop: Shop) -> float | None:
    return gloves(shop).demand_mean


STEADY = ((10, 9), (20, 9), (30, 9), (LOOKBACK, 9))


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
    with office.acting("test"):
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
