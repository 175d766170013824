"""The warnings of the rule: each appears exactly where it holds, and none changes a quantity."""

from __future__ import annotations

import pytest
from plugins.inventory.tests.reorder.facts import OFFER, levels, result

HELD = OFFER.replace(vendor_id=2, vendor="Brown", on_hold=True)


@pytest.mark.parametrize(("usable", "count"), [(299, 1), (300, 0)])
def test_stock_below_its_minimum_warns_and_stock_at_it_does_not(usable: int, count: int) -> None:
    warnings = result(levels(200, 400).replace(minimum=300), usable, OFFER).warnings
    assert len(warnings) == count


@pytest.mark.parametrize(("top", "count"), [(199, 1), (200, 1), (201, 0)])
def test_a_level_to_order_up_to_must_be_above_the_reorder_point(top: int, count: int) -> None:
    assert len(result(levels(200, top), 250, OFFER).warnings) == count


def test_a_preferred_vendor_that_cannot_deliver_is_named_as_passed_over() -> None:
    [warning] = result(levels(200, 300), 194, OFFER, HELD.replace(rank=0)).warnings
    assert "Brown" in warning


def test_a_vendor_of_the_same_rank_is_not_passed_over() -> None:
    assert not result(levels(200, 300), 194, OFFER, HELD.replace(rank=OFFER.rank)).warnings


def test_another_pack_of_the_chosen_vendor_is_not_passed_over() -> None:
    same = HELD.replace(vendor_id=OFFER.vendor_id, rank=0)
    assert not result(levels(200, 300), 194, OFFER, same).warnings


def test_a_preferred_vendor_that_can_deliver_has_no_warning() -> None:
    assert not result(levels(200, 300), 194, OFFER, HELD.replace(rank=0, on_hold=False)).warnings


def test_only_where_no_vendor_can_deliver_that_is_said_with_each_reason() -> None:
    [warning] = result(levels(200, 300), 194, HELD, OFFER.replace(active=False)).warnings
    assert "Brown is on hold" in warning
    assert "Acme is not active" in warning


def test_an_order_without_a_vendor_has_no_minimum() -> None:
    assert result(levels(200, 300), 194).moq == 0
