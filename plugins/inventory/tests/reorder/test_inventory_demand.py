"""Daily use: what was used on the days it could be used."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_inventory.reorder.demand import daily_demand, stock_outs
from officeops_inventory.reorder.rule import Demand

START = date(2026, 1, 1)


def day(offset: int) -> date:
    return START + timedelta(days=offset)


def used(offset: int, quantity: int) -> tuple[date, date, int]:
    return day(offset), day(offset), quantity


def test_plain_uses() -> None:
    records = [used(0, 4), used(3, 2), used(3, 2), used(9, 2)]
    assert daily_demand(records, START, day(9)) == Demand(1.0, round(math.sqrt(2.6), 9), 10)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [used(0, 50), used(9, 50)],
        [used(0, 5), used(0, 5), used(0, 5)],
        [(day(0), day(1), 50)],
        [used(0, 5), used(1, 5), used(2, 5), used(2, -5)],
        [used(-3, 5), used(-2, 5), used(-1, 5), used(10, 5)],
        [used(0, 5), used(1, 5), used(2, 5), used(9, -50)],
        [used(0, 0), used(1, 0), used(2, 0)],
        [used(0, 5), used(1, 5), used(2, 5), used(9, -15)],
    ],
    ids=[
        "none",
        "two days",
        "one day",
        "two-day count",
        "taken back",
        "outside",
        "net gain",
        "nothing used",
        "as much taken back",
    ],
)
def test_too_little_is_not_guessed_from(records: list[tuple[date, date, int]]) -> None:
    assert daily_demand(records, START, day(9)) is None


def test_three_days_are_enough() -> None:
    assert daily_demand([used(0, 1), used(4, 1), used(9, 1)], START, day(9)) == Demand(
        0.3, round(0.21**0.5, 9), 10
    )
    assert daily_demand([(day(2), day(4), 3)], START, day(9)) == Demand(
        0.3, round(0.21**0.5, 9), 10
    )


def test_a_count_is_spread_over_its_interval() -> None:
    assert daily_demand([(day(0), day(9), 25)], START, day(9)) == Demand(2.5, 0.0, 10)
    assert daily_demand([(day(-10), day(9), 50)], START, day(9)) == Demand(2.5, 0.0, 10)
    assert daily_demand([(day(-10), day(19), 75)], START, day(9)) == Demand(2.5, 0.0, 10)


def test_a_count_is_spread_over_days_with_stock() -> None:
    assert daily_demand([(day(0), day(9), 10)], START, day(9), [(day(5), day(9))]) == Demand(
        2.0, 0.0, 5
    )


def test_an_interval_that_ends_before_it_begins_is_its_last_day() -> None:
    records = [(day(1), day(0), 3), (day(2), day(1), 3), (day(3), day(2), 3)]
    assert daily_demand(records, START, day(2)) == Demand(3.0, 0.0, 3)


def test_days_without_stock_are_left_out() -> None:
    records = [used(offset, 2) for offset in range(4)]
    out = [(day(4), day(7)), (day(6), day(30)), (day(-5), day(-1)), (day(3), day(2))]
    assert daily_demand(records, START, day(9), out) == Demand(2.0, 0.0, 4)
    assert daily_demand(records, START, day(9)) == Demand(0.8, round(math.sqrt(0.96), 9), 10)


def test_out_the_whole_window_is_unknown() -> None:
    records = [used(offset, 2) for offset in range(4)]
    assert daily_demand(records, START, day(9), [(day(-1), day(10))]) is None
    assert daily_demand([(day(0), day(9), 5)], START, day(9), [(day(0), day(9))]) is None


def test_an_empty_window_is_unknown() -> None:
    assert daily_demand([used(0, 1)], START, day(-1)) is None
    assert stock_outs([(START, 1)], 0, START, day(-1)) == []
    assert stock_outs([], 0, START, day(-1)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [(830_596, 695_682), (830_596 * 10**6, 695_682 * 10**6), (830_007 * 10**6, 695_683 * 10**6)],
)
def test_crumbs_of_a_spread_are_not_days_with_use(one: int, other: int) -> None:
    # (x + y) - x - y is not zero in doubles for these two shares: less for some, more for others.
    records = [(day(-36), day(0), one), (day(-5), day(1), other)]
    assert daily_demand(records, START, day(9)) is None


def test_a_mean_has_nine_places() -> None:
    assert daily_demand([used(0, 1), used(1, 1), used(2, 2)], START, day(11)) == Demand(
        0.333333333, 0.623609564, 12
    )


def test_stock_outs() -> None:
    moves = [
        (day(5), 10),
        (day(1), -3),
        (day(8), -4),
        (day(2), -2),
        (day(8), -6),
        (day(-1), 99),
        (day(12), 5),
    ]
    assert stock_outs(moves, 5, START, day(11)) == [(day(3), day(4)), (day(9), day(11))]


def test_the_day_of_the_last_use_had_stock() -> None:
    assert stock_outs([(day(1), -5)], 5, START, day(3)) == [(day(2), day(3))]
    assert stock_outs([(day(1), 5), (day(1), -5)], 0, START, day(2)) == [
        (day(0), day(0)),
        (day(2), day(2)),
    ]


def test_without_moves_the_opening_balance_stands() -> None:
    assert stock_outs([], 0, START, day(2)) == [(day(0), day(2))]
    assert stock_outs([], 1, START, day(2)) == []


offsets = st.integers(-20, 40)
spreads = st.tuples(offsets, st.integers(0, 30), st.integers(1, 90)).map(
    lambda drawn: (day(drawn[0]), day(drawn[0] + drawn[1]), drawn[2])
)
periods = st.tuples(offsets, st.integers(0, 9)).map(
    lambda drawn: (day(drawn[0]), day(drawn[0] + drawn[1]))
)


def by_hand(
    records: list[tuple[date, date, int]], days: int, out: list[tuple[date, date]]
) -> tuple[list[float], int] | None:
    """Use on each day with stock, found one day at a time, and how many of these had use."""
    stocked = [
        day(n) for n in range(days) if not any(first <= day(n) <= last for first, last in out)
    ]
    use = dict.fromkeys(stocked, 0.0)
    for first, last, quantity in records:
        span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        open_days = [each for each in span if each in use or not START <= each < day(days)]
        for each in open_days:
            if each in use:
                use[each] += quantity / len(open_days)
    return list(use.values()), sum(amount > 0 for amount in use.values())


@tried(400)
@given(st.lists(spreads, max_size=8), st.integers(1, 30), st.lists(periods, max_size=3))
def test_demand_is_what_each_day_by_itself_gives(
    records: list[tuple[date, date, int]], days: int, out: list[tuple[date, date]]
) -> None:
    found, expected = daily_demand(records, START, day(days - 1), out), by_hand(records, days, out)
    assert expected is not None
    amounts, with_use = expected
    assert (found is None) == (with_use < 3)
    if found:
        mean = sum(amounts) / len(amounts)
        deviation = math.sqrt(sum((amount - mean) ** 2 for amount in amounts) / len(amounts))
        assert found.days == len(amounts)
        assert found.mean == pytest.approx(mean, abs=1e-6)
        assert found.deviation == pytest.approx(deviation, abs=1e-6)


@tried(300)
@given(
    st.lists(st.tuples(offsets, st.integers(-9, 9)), max_size=20),
    st.integers(-3, 12),
    st.integers(1, 30),
)
def test_stock_outs_are_what_each_day_by_itself_gives(
    moves: list[tuple[int, int]], opening: int, days: int
) -> None:
    dated = [(day(offset), quantity) for offset, quantity in moves]
    found = {
        first + timedelta(days=n)
        for first, last in stock_outs(dated, opening, START, day(days - 1))
        for n in range((last - first).days + 1)
    }
    balance, expected = opening, set()
    for offset in range(days):
        today = [quantity for each, quantity in moves if each == offset]
        balance += sum(today)
        if balance <= 0 and not any(quantity < 0 for quantity in today):
            expected.add(day(offset))
    assert found == expected
