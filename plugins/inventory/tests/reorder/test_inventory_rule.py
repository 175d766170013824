"""The reorder rule keeps its promises: whole packs, never twice, never over a hard maximum, always with a reason."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from officeops_inventory.reorder.rule import (
    Demand,
    Evaluation,
    Levels,
    Lot,
    Offer,
    Policy,
    Position,
    evaluate,
    projected_loss,
    ranked,
    safety_stock,
    suggest,
    why,
    why_line,
)

TODAY = date(2026, 3, 2)
POLICY = Policy(review_days=7, service_level=0.95, lead_days=5, lead_deviation=0.0)
STEADY = Demand(10.0, 0.0, 90)
OFFER = Offer(1, 1, "Acme", 100, "box", 0, 1250, 5, 1, on_hold=False, active=True, price_valid=True)
UNTYPED = Levels(None, None, maximum_is_hard=False, safety_stock=None, minimum=None)
EMPTY = Position(0, 0, 0, 0)


def levels(point: int | None = None, top: int | None = None, *, hard: bool = False) -> Levels:
    return UNTYPED.replace(reorder_point=point, order_up_to=top, maximum_is_hard=hard)


def result(
    wanted: Levels,
    position: Position,
    *offers: Offer,
    demand: Demand | None = None,
    policy: Policy = POLICY,
) -> Evaluation:
    return evaluate(wanted, position, demand, offers, policy, TODAY)


# The same shelf under the rules of ten other programs gives six answers; these are ours.
@pytest.mark.parametrize(
    ("wanted", "position", "offer", "quantity"),
    [
        pytest.param(
            levels(200, 300, hard=True),
            Position(194, 0, 0, 0),
            OFFER,
            100,
            id="A steps down a pack",
        ),
        pytest.param(
            levels(200, 250), Position(194, 0, 0, 0), OFFER, 100, id="B passes a soft maximum"
        ),
        pytest.param(
            levels(200, 300, hard=True),
            Position(194, 0, 100, 0),
            OFFER,
            0,
            id="C counts what is on order",
        ),
        pytest.param(
            levels(200, 300, hard=True),
            Position(100, 0, 0, 0),
            OFFER,
            200,
            id="D expired is not stock",
        ),
        pytest.param(
            levels(200, 300, hard=True),
            Position(200, 0, 0, 0),
            OFFER,
            100,
            id="E fires at the level",
        ),
        pytest.param(
            levels(2, 0), EMPTY, OFFER.replace(pack_size=10), 10, id="F a maximum left at zero"
        ),
        pytest.param(
            levels(200, 300),
            Position(150, 0, 0, 0),
            OFFER.replace(moq=5),
            500,
            id="G minimum order",
        ),
    ],
)
@pytest.mark.parametrize("demand", [None, STEADY])
def test_the_same_shelf(
    wanted: Levels, position: Position, offer: Offer, quantity: int, demand: Demand | None
) -> None:
    found = result(wanted, position, offer, demand=demand)
    assert (found.quantity, found.blocked) == (quantity, "")
    assert found.fires == (quantity > 0)


def test_a_soft_maximum_rounds_packs_up() -> None:
    assert result(levels(200, 300), Position(194, 0, 0, 0), OFFER).quantity == 200


@pytest.mark.parametrize(
    ("wanted", "usable", "offer", "reason"),
    [
        (
            levels(200, 250, hard=True),
            194,
            OFFER,
            "1 box of 100 would bring 194 to 294, over the hard maximum of 250.",
        ),
        (
            levels(199, 240, hard=True),
            50,
            OFFER,
            (
                "1 box of 100 would bring 50 to 150, not above the reorder point of 199, and "
                "2 boxes of 100 would bring 50 to 250, over the hard maximum of 240."
            ),
        ),
        (
            levels(200, 300, hard=True),
            150,
            OFFER.replace(moq=5),
            "The minimum order of 5 boxes of 100 would bring 150 to 650, over the hard maximum of 300.",
        ),
        (
            levels(200, 200, hard=True),
            150,
            OFFER,
            "The hard maximum of 200 is not above the reorder point of 200. Change one of the two.",
        ),
    ],
)
def test_what_cannot_fit_is_blocked_with_its_numbers(
    wanted: Levels, usable: int, offer: Offer, reason: str
) -> None:
    found = suggest(wanted, Position(usable, 0, 0, 0), None, [offer], POLICY, TODAY)
    assert found is not None
    assert (found.blocked, found.packs, found.quantity) == (reason, 0, 0)
    assert f"blocked: {reason}" in why(found, "Gloves")
    assert reason in why_line(found)


def test_doubles_do_not_add_a_unit() -> None:
    # (1 - 194/300) * 300 is 106.00000000000001 in doubles, and 0.1 * 3 is 0.30000000000000004.
    assert (1 - 194 / 300) * 300 > 106
    demand = Demand((1 - 194 / 300) * 300, 0.0, 90)
    found = result(UNTYPED, EMPTY, demand=demand, policy=POLICY.replace(lead_days=1, review_days=1))
    assert (found.reorder_point, found.order_up_to, found.quantity) == (106, 212, 212)
    assert projected_loss([Lot(3, TODAY + timedelta(days=9))], 0.3, TODAY, 30) == 0
    assert 0.29 * 100 < 29
    assert projected_loss([Lot(30, TODAY + timedelta(days=99))], 0.29, TODAY, 100) == 1


def test_computed_levels() -> None:
    assert (
        safety_stock(Demand(10, 4, 90), 5, 7, 2, 0.95) == 41
    )  # 1.6449 * sqrt(12 * 16 + 400) = 40.02
    found = result(
        UNTYPED, EMPTY, demand=Demand(10, 4, 90), policy=POLICY.replace(lead_deviation=2)
    )
    assert (found.safety_stock, found.reorder_point, found.order_up_to) == (41, 91, 161)
    assert {found.safety_from, found.reorder_from, found.order_up_to_from} == {"computed"}
    typed = result(UNTYPED.replace(safety_stock=7), EMPTY, demand=STEADY)
    assert (typed.safety_stock, typed.safety_from, typed.reorder_point) == (7, "typed", 57)


def test_the_lead_time_is_the_first_usable_offers() -> None:
    held = OFFER.replace(on_hold=True, lead_days=90)
    first, second = (
        OFFER.replace(lead_days=8, rank=2),
        OFFER.replace(lead_days=1, rank=3, vendor_id=2),
    )
    found = result(UNTYPED, Position(30, 0, 0, 0), second, first, held, demand=STEADY)
    assert (found.lead_days, found.reorder_point) == (8, 80)
    assert found.offer == second
    assert not found.late


@pytest.mark.parametrize("level", [-0.1, 0.0, 1.0, 95.0])
def test_an_impossible_service_level_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1, for example 0\.95"):
        safety_stock(Demand(10, 4, 90), 5, 7, 2, level)


def test_a_service_level_below_half_adds_nothing() -> None:
    assert safety_stock(Demand(10, 4, 90), 5, 7, 2, 0.3) == 0


def test_a_reorder_point_alone_orders_to_one_above_it() -> None:
    found = result(levels(20), Position(20, 0, 0, 0))
    assert (found.order_up_to, found.order_up_to_from, found.quantity) == (
        21,
        "one above the reorder point",
        1,
    )
    assert "order up to 21 (one above the reorder point)" in why(found, "Gauze")
    assert found.warnings == ()


def test_a_par_level_alone_refills_what_is_missing() -> None:
    assert suggest(levels(top=12), Position(12, 0, 0, 0), None, [], POLICY, TODAY) is None
    found = suggest(levels(top=12), Position(11, 0, 0, 0), None, [], POLICY, TODAY)
    assert found is not None
    assert (found.reorder_point, found.reorder_from) == (11, "one below the order-up-to level")
    assert (found.order_up_to, found.order_up_to_from, found.quantity) == (12, "typed", 1)
    assert found.warnings == ()


def test_without_levels_or_use_there_is_no_guess() -> None:
    for demand in (None, Demand(0.0, 0.0, 90)):
        assert suggest(UNTYPED, EMPTY, demand, [OFFER], POLICY, TODAY) is None
        found = result(UNTYPED, EMPTY, OFFER, demand=demand)
        assert (found.fires, found.reorder_point, found.quantity) == (False, None, 0)
        assert "reorder point none (no level is typed and daily use is not known)" in why(
            found, "Gauze"
        )
        assert why_line(found) == "position 0, no reorder point known"


def test_warnings_change_no_quantity() -> None:
    plain = result(levels(200, 300), Position(194, 0, 0, 0), OFFER)
    found = result(
        levels(200, 300).replace(minimum=500), Position(194, 0, 0, 0), OFFER.replace(price=None)
    )
    assert found.quantity == plain.quantity
    assert plain.warnings == ()
    assert found.warnings == (
        "Usable 194 is below the minimum of 500.",
        "No price is known for 1 box of 100 from Acme.",
    )
    coming = result(levels(5).replace(minimum=8), Position(3, 0, 90, 0))
    assert (coming.fires, coming.warnings) == (False, ("Usable 3 is below the minimum of 8.",))
    low = result(levels(200, 150), EMPTY, OFFER)
    assert (low.order_up_to, low.order_up_to_from) == (201, "one above the reorder point")
    assert low.warnings == (
        "The order-up-to level 150 is not above the reorder point 200, so 201 is used.",
    )


def test_the_vendor_is_the_first_that_arrives_in_time() -> None:
    slow = OFFER.replace(lead_days=9)
    quick = OFFER.replace(terms_id=2, vendor_id=2, vendor="Beta", lead_days=3, rank=2, pack_size=50)
    found = result(levels(200, 300), Position(80, 0, 0, 0), slow, quick, demand=STEADY)
    assert (found.stock_out, found.offer, found.late) == (TODAY + timedelta(days=8), quick, False)
    assert (found.pack_size, found.quantity) == (50, 250)
    empty = result(levels(200, 300), EMPTY, slow, quick, demand=STEADY)
    assert (empty.stock_out, empty.offer, empty.late) == (TODAY, slow, True)
    assert f"LATE: stock runs out on {TODAY}, Acme takes 9 days" in why(empty, "Gloves")
    just = result(levels(200, 300), Position(90, 0, 0, 0), slow, quick, demand=STEADY)
    assert (just.offer, just.late) == (slow, False)
    enough = result(levels(200, 300), Position(0, 0, 999, 0), slow, demand=STEADY)
    assert (enough.fires, enough.late) == (False, False)
    unknown = result(levels(200, 300), EMPTY, slow, quick)
    assert (unknown.stock_out, unknown.offer, unknown.late) == (None, slow, False)


def test_stock_that_will_be_lost_does_not_keep_a_slow_vendor() -> None:
    found = result(levels(200, 300), Position(80, 60, 0, 0), OFFER, demand=STEADY)
    assert (found.stock_out, found.late) == (TODAY + timedelta(days=2), True)


def test_offers_are_ranked_by_rank_then_price_then_vendor() -> None:
    a, b = OFFER.replace(vendor_id=3), OFFER.replace(vendor_id=2, price=None)
    c, d = OFFER.replace(vendor_id=1), OFFER.replace(vendor_id=9, rank=0)
    assert ranked([a, b, c, d]) == [d, c, a, b]


def test_without_a_usable_vendor_the_need_still_shows() -> None:
    held, gone = OFFER.replace(on_hold=True), OFFER.replace(vendor="Beta", active=False)
    found = result(levels(200, 300), Position(194, 0, 0, 0), held, gone)
    assert (found.offer, found.pack_size, found.quantity, found.lead_days) == (
        None,
        1,
        106,
        POLICY.lead_days,
    )
    assert found.warnings == (
        "No vendor can be ordered from: Acme is on hold, Beta is not active.",
    )
    assert why_line(found) == "position 194 <= 200, up to 300: 106 each, no vendor"


def test_why_shows_every_term() -> None:
    found = result(levels(200, 300, hard=True), Position(194, 0, 0, 0), OFFER, demand=STEADY)
    assert why(found, "Gloves M") == [
        "Gloves M",
        "usable 194 (excludes expired and held)",
        "projected expiry loss 0",
        "on order 0, in draft 0",
        "position 194 = 194 - 0 + 0 + 0",
        "daily use 10, deviation 0",
        "stock runs out on 2026-03-21",
        "lead time 5 days, 7 days between orders",
        "safety stock 0 (computed)",
        "reorder point 200 (typed)",
        "order up to 300 (typed), hard maximum 300",
        "need 106 = 300 - 194",
        "rounded down to whole packs of 100 to stay within the hard maximum of 300",
        "100 each = 1 box of 100 from Acme, position becomes 294, next order at 200 or below",
    ]
    assert why_line(found) == "position 194 <= 200, up to 300: 100 each = 1 box of 100 from Acme"


def test_why_says_how_the_need_became_packs() -> None:
    up = result(levels(200, 300), Position(194, 0, 0, 0), OFFER)
    assert "rounded up to whole packs of 100" in why(up, "Gloves")
    least = result(levels(200, 300), Position(150, 0, 0, 0), OFFER.replace(moq=5))
    assert "raised to the minimum order of 5 boxes of 100" in why(least, "Gloves")
    exact = result(levels(200, 294), Position(194, 0, 0, 0), OFFER)
    assert not any("rounded" in line or "raised" in line for line in why(exact, "Gloves"))


def test_why_explains_what_is_not_ordered() -> None:
    found = result(levels(200, 300), Position(194, 0, 100, 0), OFFER)
    assert (found.fires, found.need, found.packs) == (False, 0, 0)
    assert why(found, "Gloves")[-1] == "nothing to order: 294 is above 200"
    assert why_line(found) == "position 294 is above 200"


def test_a_far_stock_out_stays_a_date() -> None:
    found = result(levels(1), Position(10**9, 0, 0, 0), demand=Demand(0.001, 0.0, 90))
    assert found.stock_out == date.max


# Loss


@pytest.mark.parametrize(
    ("lots", "mean", "lost"),
    [
        ([Lot(10, TODAY)], 4.0, 6),  # the last usable day still uses
        ([Lot(10, TODAY - timedelta(days=1))], 4.0, 0),  # already gone, not a projection
        ([Lot(10, None)], 0.0, 0),
        ([Lot(10, TODAY + timedelta(days=29))], None, 10),
        ([Lot(10, TODAY + timedelta(days=30))], None, 0),
        ([Lot(10, TODAY + timedelta(days=1)), Lot(90, None)], 2.9, 5),  # 5.8 expected counts as 5
        ([Lot(10, TODAY + timedelta(days=9)), Lot(10, TODAY + timedelta(days=4))], 1.0, 10),
    ],
)
def test_projected_loss(lots: list[Lot], mean: float | None, lost: int) -> None:
    assert projected_loss(lots, mean, TODAY, 30) == lost


lots_drawn = st.lists(
    st.builds(
        Lot,
        st.integers(0, 60),
        st.none() | st.integers(-5, 50).map(lambda n: TODAY + timedelta(days=n)),
    ),
    max_size=6,
)


def walked(lots: list[Lot], mean: int, window: int) -> int:
    """The loss, found by living through each day."""
    units = sorted(lot.expires_on or date.max for lot in lots for _ in range(lot.quantity))
    units = [expires_on for expires_on in units if expires_on >= TODAY]
    lost = 0
    for offset in range(window):
        today = TODAY + timedelta(days=offset)
        units = units[mean:]
        lost += units.count(today)
        units = [expires_on for expires_on in units if expires_on > today]
    return lost


@settings(max_examples=300, deadline=None)
@given(lots_drawn, st.integers(0, 8), st.integers(0, 40))
def test_the_loss_is_what_living_through_the_window_gives(
    lots: list[Lot], mean: int, window: int
) -> None:
    assert projected_loss(lots, float(mean), TODAY, window) == walked(lots, mean, window)


@settings(max_examples=300, deadline=None)
@given(lots_drawn, st.floats(0, 20), st.floats(0, 20), st.integers(0, 60))
def test_the_loss_is_bounded_and_falls_with_use(
    lots: list[Lot], one: float, other: float, window: int
) -> None:
    usable = sum(lot.quantity for lot in lots if lot.expires_on is None or lot.expires_on >= TODAY)
    unused = projected_loss(lots, None, TODAY, window)
    more, less = (projected_loss(lots, mean, TODAY, window) for mean in sorted((one, other)))
    assert 0 <= less <= more <= unused <= usable


@pytest.mark.parametrize("demand", [None, STEADY])
@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("usable", [-3, 0, 5])
def test_both_levels_at_zero_say_that_none_is_kept(
    demand: Demand | None, usable: int, *, hard: bool
) -> None:
    found = result(levels(0, 0, hard=hard), Position(usable, 0, 0, 0), OFFER, demand=demand)
    assert (found.fires, found.need, found.packs, found.blocked, found.reorder_point) == (
        False,
        0,
        0,
        "",
        None,
    )
    assert not found.warnings
    assert "not stocked" in why_line(found)
    assert any("both 0" in line for line in why(found, "Gloves"))
    assert result(levels(0, 1), EMPTY, OFFER).fires
    assert result(levels(0), EMPTY, OFFER).fires


# Properties

counts = st.integers(0, 300)
maybe = st.none() | st.integers(0, 300)
levels_drawn = st.builds(Levels, maybe, maybe, st.booleans(), maybe, maybe)
positions_drawn = st.builds(
    Position, counts, st.integers(0, 40), st.integers(0, 60), st.integers(0, 60)
)
demand_drawn = st.none() | st.builds(Demand, st.floats(0, 30), st.floats(0, 30), st.integers(3, 90))
offers_drawn = st.lists(
    st.builds(
        Offer,
        st.integers(1, 9),
        st.integers(1, 9),
        st.sampled_from(["Acme", "Beta"]),
        st.integers(1, 120),
        st.just("box"),
        st.integers(0, 6),
        maybe,
        st.integers(0, 30),
        st.integers(1, 3),
        on_hold=st.booleans(),
        active=st.booleans(),
        price_valid=st.booleans(),
    ),
    max_size=4,
)
policies_drawn = st.builds(
    Policy, st.integers(0, 30), st.floats(0.5, 0.999), st.integers(0, 30), st.floats(0, 5)
)


@settings(max_examples=1000, deadline=None)
@given(levels_drawn, positions_drawn, demand_drawn, offers_drawn, policies_drawn)
@example(levels(200, 300, hard=True), Position(194, 0, 0, 0), None, [OFFER], POLICY)
@example(levels(199, 240, hard=True), Position(50, 0, 0, 0), None, [OFFER], POLICY)
def test_the_promises_of_an_order(
    wanted: Levels, position: Position, demand: Demand | None, offers: list[Offer], policy: Policy
) -> None:
    found = evaluate(wanted, position, demand, offers, policy, TODAY)
    point, top = found.reorder_point, found.order_up_to
    assert (point is None) == (top is None)
    assert found.fires == (point is not None and position.total <= point)
    assert suggest(wanted, position, demand, offers, policy, TODAY) == (
        found if found.fires else None
    )
    assert found.quantity == found.packs * found.pack_size
    assert bool(found.packs) == (found.fires and not found.blocked)
    if found.offer:
        assert found.offer in offers
        assert found.offer.active
        assert found.offer.price_valid
        assert not found.offer.on_hold
        assert (found.pack_size, found.moq) == (found.offer.pack_size, found.offer.moq)
    if point is not None and top is not None:
        assert top > point
        holds_an_order(found, wanted, point, top)
        blocks_only_what_cannot_fit(found, point)
    for line in (*why(found, "Gloves"), why_line(found)):
        assert line
        assert "\n" not in line
        assert "None" not in line


def holds_an_order(found: Evaluation, wanted: Levels, point: int, top: int) -> None:
    after = found.position + found.quantity
    if not found.quantity:
        return
    assert found.packs >= found.moq
    assert after > point
    if wanted.maximum_is_hard and wanted.order_up_to is not None:
        assert after <= wanted.order_up_to
    else:
        assert after >= top
        assert found.packs == found.moq or after - found.pack_size < top


def blocks_only_what_cannot_fit(found: Evaluation, point: int) -> None:
    if not found.fires or found.hard_maximum is None:
        assert not found.blocked
        return
    room = max(found.hard_maximum - found.position, 0) // found.pack_size
    fits = [
        packs
        for packs in range(max(1, found.moq), room + 1)
        if found.position + packs * found.pack_size > point
    ]
    assert bool(found.blocked) == (not fits)
    if fits:
        assert found.packs <= max(fits)
        assert found.quantity >= found.need or found.packs == max(fits)


@settings(max_examples=500, deadline=None)
@given(levels_drawn, positions_drawn, demand_drawn, offers_drawn, policies_drawn)
def test_a_second_run_suggests_nothing(
    wanted: Levels, position: Position, demand: Demand | None, offers: list[Offer], policy: Policy
) -> None:
    found = suggest(wanted, position, demand, offers, policy, TODAY)
    if found is None or found.blocked:
        return
    ordered = position.replace(on_order=position.on_order + found.quantity)
    drafted = position.replace(in_draft=position.in_draft + found.quantity)
    assert suggest(wanted, ordered, demand, offers, policy, TODAY) is None
    assert suggest(wanted, drafted, demand, offers, policy, TODAY) is None


def test_importing_the_rule_stays_light() -> None:
    heavy = "{'statistics', 'dataclasses', 'decimal', 'fractions', 'sqlite3'}"
    code = f"import sys, officeops_inventory.reorder.rule, officeops_inventory.reorder.demand; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
