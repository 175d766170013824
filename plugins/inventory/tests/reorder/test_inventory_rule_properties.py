"""The reorder rule keeps its promises for any facts: whole packs, never twice, never over a hard maximum."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st
from plugins.inventory.tests.reorder.facts import OFFER, POLICY, TODAY, facts, levels
from tests.effort import tried

from officeops_inventory.reorder.rule import (
    Demand,
    Evaluation,
    Facts,
    Levels,
    Lot,
    Offer,
    Policy,
    evaluate,
    why,
    why_line,
)

counts = st.integers(0, 300)
maybe = st.none() | st.integers(0, 300)
levels_drawn = st.builds(Levels, maybe, maybe, st.booleans(), maybe, maybe)
lots_drawn = st.lists(
    st.builds(
        Lot,
        st.integers(0, 40),
        st.none() | st.integers(-3, 50).map(lambda days: TODAY + timedelta(days=days)),
    ),
    max_size=3,
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
facts_drawn = st.builds(
    Facts,
    levels_drawn,
    counts,
    lots_drawn,
    st.integers(0, 60),
    st.integers(0, 60),
    demand_drawn,
    offers_drawn,
)
policies_drawn = st.builds(
    Policy, st.integers(0, 30), st.floats(0.5, 0.999), st.integers(0, 30), st.floats(0, 5)
)


@tried(1000)
@given(facts_drawn, policies_drawn)
@example(facts(levels(200, 300, hard=True), 194, OFFER), POLICY)
@example(facts(levels(199, 240, hard=True), 50, OFFER), POLICY)
def test_the_promises_of_an_order(shelf: Facts, policy: Policy) -> None:
    evaluated = evaluate(shelf, policy, TODAY)
    point, top = evaluated.reorder_point, evaluated.order_up_to
    expected = shelf.usable - evaluated.doomed + shelf.on_order + shelf.in_draft
    assert evaluated.position == expected
    assert (point is None) == (top is None)
    assert evaluated.fires == (point is not None and evaluated.position <= point)
    assert evaluated.quantity == evaluated.packs * evaluated.pack_size
    assert bool(evaluated.packs) == (evaluated.fires and not evaluated.blocked)
    orders_on_an_open_offer(evaluated, shelf)
    if point is not None and top is not None:
        assert top > point
        holds_an_order(evaluated, shelf.levels, point, top)
        blocks_only_what_cannot_fit(evaluated, point)
    for line in (*why(evaluated, "Gloves"), why_line(evaluated)):
        assert line
        assert "\n" not in line
        assert "None" not in line


def orders_on_an_open_offer(evaluated: Evaluation, shelf: Facts) -> None:
    offer = evaluated.offer
    if offer is None:
        return
    assert offer in shelf.offers
    assert (offer.active, offer.price_valid, offer.on_hold) == (True, True, False)
    assert (evaluated.pack_size, evaluated.moq) == (offer.pack_size, offer.moq)


def holds_an_order(evaluated: Evaluation, wanted: Levels, point: int, top: int) -> None:
    after = evaluated.position + evaluated.quantity
    if not evaluated.quantity:
        return
    assert evaluated.packs >= evaluated.moq
    assert after > point
    if wanted.maximum_is_hard and wanted.order_up_to is not None:
        assert after <= wanted.order_up_to
    else:
        assert after >= top
        assert evaluated.packs == evaluated.moq or after - evaluated.pack_size < top


def blocks_only_what_cannot_fit(evaluated: Evaluation, point: int) -> None:
    if not evaluated.fires or evaluated.hard_maximum is None:
        assert not evaluated.blocked
        return
    room = max(evaluated.hard_maximum - evaluated.position, 0) // evaluated.pack_size
    fits = [
        packs
        for packs in range(max(1, evaluated.moq), room + 1)
        if evaluated.position + packs * evaluated.pack_size > point
    ]
    assert bool(evaluated.blocked) == (not fits)
    if fits:
        assert evaluated.packs <= max(fits)
        assert evaluated.quantity >= evaluated.need or evaluated.packs == max(fits)


@tried(500)
@given(facts_drawn, policies_drawn)
def test_a_second_run_suggests_nothing(shelf: Facts, policy: Policy) -> None:
    evaluated = evaluate(shelf, policy, TODAY)
    if not evaluated.fires or evaluated.blocked:
        return
    ordered = shelf.replace(on_order=shelf.on_order + evaluated.quantity)
    drafted = shelf.replace(in_draft=shelf.in_draft + evaluated.quantity)
    assert not evaluate(ordered, policy, TODAY).fires
    assert not evaluate(drafted, policy, TODAY).fires
