"""The reorder rule fires at the level, fills whole packs, and takes the vendor that delivers in time."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from plugins.inventory.tests.reorder.facts import (
    OFFER,
    POLICY,
    STEADY,
    TODAY,
    UNTYPED,
    facts,
    levels,
    result,
)

from officeops_inventory.reorder.rule import Demand, Facts, Levels, Lot, Offer, evaluate, ranked


# The same shelf under the rules of ten other programs gives six answers; these are ours.
@pytest.mark.parametrize(
    ("shelf", "quantity"),
    [
        pytest.param(facts(levels(200, 300, hard=True), 194, OFFER), 100, id="A steps down a pack"),
        pytest.param(facts(levels(200, 250), 194, OFFER), 100, id="B passes a soft maximum"),
        pytest.param(
            facts(levels(200, 300, hard=True), 194, OFFER, on_order=100),
            0,
            id="C counts what is on order",
        ),
        pytest.param(
            facts(levels(200, 300, hard=True), 100, OFFER), 200, id="D expired is not stock"
        ),
        pytest.param(
            facts(levels(200, 300, hard=True), 200, OFFER), 100, id="E fires at the level"
        ),
        pytest.param(
            facts(levels(2, 0), 0, OFFER.replace(pack_size=10)), 10, id="F a maximum left at zero"
        ),
        pytest.param(facts(levels(200, 300), 150, OFFER.replace(moq=5)), 500, id="G minimum order"),
    ],
)
@pytest.mark.parametrize("demand", [None, STEADY])
def test_the_same_shelf(shelf: Facts, quantity: int, demand: Demand | None) -> None:
    evaluated = evaluate(shelf.replace(demand=demand), POLICY, TODAY)
    assert (evaluated.quantity, evaluated.blocked) == (quantity, "")
    assert evaluated.fires == (quantity > 0)


def test_a_soft_maximum_rounds_packs_up() -> None:
    assert result(levels(200, 300), 194, OFFER).quantity == 200


@pytest.mark.parametrize(
    ("wanted", "usable", "offer", "numbers"),
    [
        (levels(200, 250, hard=True), 194, OFFER, ["1 box of 100", "194", "294", "250"]),
        (
            levels(199, 240, hard=True),
            50,
            OFFER,
            ["1 box of 100", "150", "199", "2 boxes of 100", "250", "240"],
        ),
        (
            levels(200, 300, hard=True),
            150,
            OFFER.replace(moq=5),
            ["5 boxes of 100", "150", "650", "300"],
        ),
        (levels(200, 200, hard=True), 150, OFFER, ["200", "200"]),
    ],
)
def test_what_cannot_fit_is_blocked_with_its_numbers(
    wanted: Levels, usable: int, offer: Offer, numbers: list[str]
) -> None:
    evaluated = result(wanted, usable, offer)
    assert evaluated.fires
    assert (evaluated.packs, evaluated.quantity) == (0, 0)
    rest = evaluated.blocked
    for number in numbers:
        assert number in rest
        rest = rest.partition(number)[2]


def test_doubles_do_not_add_a_unit() -> None:
    # (1 - 194/300) * 300 is 106.00000000000001 in doubles.
    assert (1 - 194 / 300) * 300 > 106
    demand = Demand((1 - 194 / 300) * 300, 0.0, 90)
    evaluated = result(UNTYPED, demand=demand, policy=POLICY.replace(lead_days=1, review_days=1))
    assert (evaluated.reorder_point, evaluated.order_up_to, evaluated.quantity) == (106, 212, 212)


def test_a_reorder_point_alone_orders_to_one_above_it() -> None:
    evaluated = result(levels(20), 20)
    assert (evaluated.order_up_to, evaluated.order_up_to_from, evaluated.quantity) == (
        21,
        "one above the reorder point",
        1,
    )
    assert evaluated.warnings == ()


def test_a_par_level_alone_refills_what_is_missing() -> None:
    assert not result(levels(top=12), 12).fires
    evaluated = result(levels(top=12), 11)
    assert evaluated.fires
    assert (evaluated.reorder_point, evaluated.reorder_from) == (
        11,
        "one below the order-up-to level",
    )
    assert (evaluated.order_up_to, evaluated.order_up_to_from, evaluated.quantity) == (
        12,
        "typed",
        1,
    )
    assert evaluated.warnings == ()


def test_without_levels_or_use_there_is_no_guess() -> None:
    for demand in (None, Demand(0.0, 0.0, 90)):
        evaluated = result(UNTYPED, 0, OFFER, demand=demand)
        assert (evaluated.fires, evaluated.reorder_point, evaluated.quantity) == (False, None, 0)


@pytest.mark.parametrize("demand", [None, STEADY])
@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("usable", [-3, 0, 5])
def test_both_levels_at_zero_say_that_none_is_kept(
    demand: Demand | None, usable: int, *, hard: bool
) -> None:
    evaluated = result(levels(0, 0, hard=hard), usable, OFFER, demand=demand)
    assert (evaluated.fires, evaluated.need, evaluated.packs) == (False, 0, 0)
    assert (evaluated.blocked, evaluated.reorder_point) == ("", None)
    assert not evaluated.warnings
    assert result(levels(0, 1), 0, OFFER).fires
    assert result(levels(0), 0, OFFER).fires


def test_the_lead_time_is_the_first_usable_offers() -> None:
    held = OFFER.replace(on_hold=True, lead_days=90)
    first = OFFER.replace(lead_days=8, rank=2)
    second = OFFER.replace(lead_days=1, rank=3, vendor_id=2)
    evaluated = result(UNTYPED, 30, second, first, held, demand=STEADY)
    assert (evaluated.lead_days, evaluated.reorder_point) == (8, 80)
    assert evaluated.offer == second
    assert not evaluated.late


def test_the_vendor_is_the_first_that_arrives_in_time() -> None:
    slow = OFFER.replace(lead_days=9)
    quick = OFFER.replace(terms_id=2, vendor_id=2, vendor="Beta", lead_days=3, rank=2, pack_size=50)
    wanted = levels(200, 300)
    evaluated = result(wanted, 80, slow, quick, demand=STEADY)
    assert (evaluated.stock_out, evaluated.offer) == (TODAY + timedelta(days=8), quick)
    assert not evaluated.late
    assert (evaluated.pack_size, evaluated.quantity) == (50, 250)
    empty = result(wanted, 0, slow, quick, demand=STEADY)
    assert (empty.stock_out, empty.offer, empty.late) == (TODAY, slow, True)
    just = result(wanted, 90, slow, quick, demand=STEADY)
    assert (just.offer, just.late) == (slow, False)
    enough = result(wanted, 0, slow, demand=STEADY, on_order=999)
    assert (enough.fires, enough.late) == (False, False)
    unknown = result(wanted, 0, slow, quick)
    assert (unknown.stock_out, unknown.offer, unknown.late) == (None, slow, False)


def test_stock_that_will_be_lost_does_not_keep_a_slow_vendor() -> None:
    # Ten of the seventy are used today, their last day.
    evaluated = result(levels(200, 300), 80, OFFER, lots=[Lot(70, TODAY)], demand=STEADY)
    assert evaluated.doomed == 60
    assert (evaluated.stock_out, evaluated.late) == (TODAY + timedelta(days=2), True)


def test_only_stock_that_expires_before_the_next_order_comes_is_lost() -> None:
    # Five days to deliver and seven until the next order.
    last, after = TODAY + timedelta(days=11), TODAY + timedelta(days=12)
    assert result(levels(5), 9, OFFER, lots=[Lot(4, last), Lot(5, after)]).doomed == 4
    slow = OFFER.replace(lead_days=6)
    assert result(levels(5), 9, slow, lots=[Lot(4, last), Lot(5, after)]).doomed == 9
    assert result(levels(5), 9, lots=[Lot(4, last), Lot(5, after)]).position == 5


@pytest.mark.parametrize("pack_size", [1, 100])
def test_an_offer_without_an_obstacle_is_ranked(pack_size: int) -> None:
    offer = OFFER.replace(pack_size=pack_size)
    assert not offer.obstacle
    assert ranked([offer]) == [offer]


@pytest.mark.parametrize(
    "offer",
    [
        OFFER.replace(pack_size=0),
        OFFER.replace(on_hold=True),
        OFFER.replace(active=False),
        OFFER.replace(price_valid=False),
    ],
)
def test_an_offer_with_an_obstacle_is_left_out(offer: Offer) -> None:
    assert offer.obstacle
    assert not ranked([offer])


def test_the_cheaper_of_two_vendors_comes_first_whoever_was_entered_first() -> None:
    cheaper = OFFER.replace(vendor_id=OFFER.vendor_id + 1, price=1)
    assert ranked([OFFER, cheaper]) == [cheaper, OFFER]


def test_offers_are_ranked_by_rank_then_price_then_vendor() -> None:
    third, unpriced = OFFER.replace(vendor_id=3), OFFER.replace(vendor_id=2, price=None)
    first, preferred = OFFER.replace(vendor_id=1), OFFER.replace(vendor_id=9, rank=0)
    assert ranked([third, unpriced, first, preferred]) == [preferred, first, third, unpriced]


@pytest.mark.parametrize(("usable", "days"), [(-3, 0), (0, 0), (1, 4), (9, 36)])
def test_stock_runs_out_when_it_is_used_up_and_an_empty_shelf_has_run_out(
    usable: int, days: int
) -> None:
    slow = Demand(0.25, 0.0, 90)
    assert result(levels(5), usable, OFFER, demand=slow).stock_out == TODAY + timedelta(days=days)


def test_warnings_change_no_quantity() -> None:
    plain = result(levels(200, 300), 194, OFFER)
    warned = result(levels(200, 300).replace(minimum=500), 194, OFFER.replace(price=None))
    assert warned.quantity == plain.quantity
    assert plain.warnings == ()
    minimum, price = warned.warnings
    assert "194" in minimum
    assert "500" in minimum
    assert "1 box of 100" in price
    coming = result(levels(5).replace(minimum=8), 3, on_order=90)
    assert (coming.fires, len(coming.warnings)) == (False, 1)
    low = result(levels(200, 150), 0, OFFER)
    assert (low.order_up_to, low.order_up_to_from) == (201, "one above the reorder point")
    [contradiction] = low.warnings
    assert all(number in contradiction for number in ("150", "200", "201"))


def test_without_a_usable_vendor_the_need_still_shows() -> None:
    held, gone = OFFER.replace(on_hold=True), OFFER.replace(vendor="Beta", active=False)
    evaluated = result(levels(200, 300), 194, held, gone)
    assert (evaluated.offer, evaluated.pack_size, evaluated.quantity) == (None, 1, 106)
    assert evaluated.lead_days == POLICY.lead_days
    [warning] = evaluated.warnings
    assert "Acme is on hold, Beta is not active" in warning


def test_a_far_stock_out_stays_a_date() -> None:
    assert result(levels(1), 10**9, demand=Demand(0.001, 0.0, 90)).stock_out == date.max


def test_importing_the_rule_stays_light() -> None:
    heavy = "{'statistics', 'dataclasses', 'decimal', 'fractions', 'sqlite3'}"
    modules = "officeops_inventory.reorder.rule, officeops_inventory.reorder.demand"
    code = f"import sys, {modules}; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
