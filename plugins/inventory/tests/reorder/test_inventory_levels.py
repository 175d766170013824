"""Levels that nobody typed follow from use, lead time and the wished service level."""

from __future__ import annotations

import pytest
from plugins.inventory.tests.reorder.facts import (
    OFFER,
    POLICY,
    STEADY,
    UNTYPED,
    levels,
    result,
)

from officeops_inventory.reorder.rule import Demand, safety_stock
from officeops_inventory.reorder.types import CAPPED, COMPUTED, ONE_ABOVE, TYPED


def test_computed_levels() -> None:
    # 1.6449 * sqrt(12 * 16 + 400) = 40.02
    assert safety_stock(Demand(10, 4, 90), 5, 7, 2, 0.95) == 41
    policy = POLICY.replace(lead_deviation=2)
    computed = result(UNTYPED, demand=Demand(10, 4, 90), policy=policy)
    assert (computed.safety_stock, computed.reorder_point, computed.order_up_to) == (41, 91, 161)
    sources = {computed.safety_from, computed.reorder_from, computed.order_up_to_from}
    assert sources == {"computed"}
    typed = result(UNTYPED.replace(safety_stock=7), demand=STEADY)
    assert (typed.safety_stock, typed.safety_from, typed.reorder_point) == (7, "typed", 57)


def test_a_computed_reorder_point_stays_below_a_typed_level() -> None:
    # Five days of ten a day ask for 50; the person's level of 50 is full at 50.
    capped = result(levels(top=50), 50, demand=STEADY)
    assert (capped.reorder_point, capped.order_up_to, capped.fires) == (49, 50, False)
    assert capped.reorder_from.startswith("computed, kept below")
    free = result(levels(top=51), 50, demand=STEADY)
    assert (free.reorder_point, free.reorder_from, free.fires) == (50, "computed", True)


@pytest.mark.parametrize("level", [-0.1, 0.0, 1.0, 95.0])
def test_an_impossible_service_level_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1, for example 0\.95"):
        safety_stock(Demand(10, 4, 90), 5, 7, 2, level)


def test_a_service_level_below_half_adds_nothing() -> None:
    assert safety_stock(Demand(10, 4, 90), 5, 7, 2, 0.3) == 0


@pytest.mark.parametrize(
    ("top", "point", "point_from"), [(0, 50, COMPUTED), (1, 0, CAPPED), (51, 50, COMPUTED)]
)
def test_only_a_typed_level_above_zero_caps_the_computed_reorder_point(
    top: int, point: int, point_from: str
) -> None:
    evaluated = result(levels(None, top), 10, OFFER, demand=STEADY)
    assert (evaluated.reorder_point, evaluated.reorder_from) == (point, point_from)


def test_a_level_one_above_the_reorder_point_is_the_persons_where_it_was_typed() -> None:
    covered = Demand(1.0, 0.0, 90)  # twelve days between the order and the next delivery
    computed = result(levels(11), 5, OFFER, demand=covered)
    assert (computed.order_up_to, computed.order_up_to_from) == (12, ONE_ABOVE)
    typed = result(levels(11, 12), 5, OFFER, demand=covered)
    assert (typed.order_up_to, typed.order_up_to_from) == (12, TYPED)
