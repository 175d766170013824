"""The projected expiry loss is what expires before use can reach it, earliest-expiring first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.inventory.tests.reorder.facts import TODAY
from tests.effort import tried

from officeops_inventory.reorder.rule import Lot, projected_loss


@pytest.mark.parametrize(
    ("lots", "mean", "lost"),
    [
        ([Lot(10, TODAY)], 4.0, 6),  # the last usable day still uses
        ([Lot(10, TODAY - timedelta(days=1))], 4.0, 0),  # already gone, not a projection
        ([Lot(10, None)], 0.0, 0),
        ([Lot(1, TODAY)], 0.0, 1),
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


@tried(300)
@given(lots_drawn, st.integers(0, 8), st.integers(0, 40))
def test_the_loss_is_what_living_through_the_window_gives(
    lots: list[Lot], mean: int, window: int
) -> None:
    assert projected_loss(lots, float(mean), TODAY, window) == walked(lots, mean, window)


@tried(300)
@given(lots_drawn, st.floats(0, 20), st.floats(0, 20), st.integers(0, 60))
def test_the_loss_is_bounded_and_falls_with_use(
    lots: list[Lot], one: float, other: float, window: int
) -> None:
    usable = sum(lot.quantity for lot in lots if lot.expires_on is None or lot.expires_on >= TODAY)
    unused = projected_loss(lots, None, TODAY, window)
    more, less = (projected_loss(lots, mean, TODAY, window) for mean in sorted((one, other)))
    assert 0 <= less <= more <= unused <= usable


def test_doubles_do_not_lose_a_unit() -> None:
    # 0.1 * 3 is 0.30000000000000004 in doubles, and 0.29 * 100 is below 29.
    assert projected_loss([Lot(3, TODAY + timedelta(days=9))], 0.3, TODAY, 30) == 0
    assert 0.29 * 100 < 29
    assert projected_loss([Lot(30, TODAY + timedelta(days=99))], 0.29, TODAY, 100) == 1
