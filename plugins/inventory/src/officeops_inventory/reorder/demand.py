"""Daily use of an item from its records, with the days it was out of stock left out."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import accumulate, compress
from typing import TYPE_CHECKING

from officeops_inventory.reorder.types import Demand

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_DAYS_WITH_USE = 3
"""Fewer days with use than this say nothing about the next ones."""


def daily_demand(
    records: Iterable[tuple[date, date, int]],
    start: date,
    end: date,
    out: Iterable[tuple[date, date]] = (),
) -> Demand | None:
    """Return mean and population deviation of use per day from `start` to `end`, both included.

    None if too little is known. A record is (first day, last day, quantity in base units). A use
    has one day. A use that a count found has all days since the count before, and is spread evenly
    over those that had stock, as nothing can be used on the others; only the days inside the window
    count. A record that ends before it begins belongs to its last day. A negative quantity takes
    use back. `out` holds the out-of-stock periods, both ends included: they are left out, so that
    an empty shelf does not look like low demand.
    Source of the correction: the consumption of open mSupply, adjusted for days out of stock.
    """
    days = (end - start).days + 1
    in_stock = _in_stock(out, start, days)
    use = _use_by_day(records, start, days, in_stock)
    return _summary(list(compress(use, in_stock)))


def stock_outs(
    moves: Iterable[tuple[date, int]],
    opening: int,
    start: date,
    end: date,
) -> list[tuple[date, date]]:
    """Return the periods (first day, last day) from `start` to `end`, both included, without stock.

    `moves` are (day, signed quantity) in any order; those outside the window are ignored. `opening`
    is the balance before the first move of `start`. A day counts when it ends at zero or below and
    nothing went out on it: the day that used the last unit had stock.
    """
    days = max((end - start).days + 1, 0)
    net, went_out = [0] * days, [False] * days
    for day, quantity in moves:
        index = (day - start).days
        if 0 <= index < days:
            net[index] += quantity
            went_out[index] = went_out[index] or quantity < 0
    empty = []
    balance = opening
    for change, used in zip(net, went_out, strict=True):
        balance += change
        empty.append(balance <= 0 and not used)
    return _periods(empty, start)


def _periods(flags: list[bool], start: date) -> list[tuple[date, date]]:
    """Return the runs of days that are flagged, as (first day, last day)."""
    periods: list[tuple[date, date]] = []
    first: int | None = None
    # A day without a flag at the end closes a run that lasts to the last day.
    for index, flag in enumerate([*flags, False]):
        if flag and first is None:
            first = index
        elif not flag and first is not None:
            last = start + timedelta(days=index - 1)
            periods.append((start + timedelta(days=first), last))
            first = None
    return periods


def _in_stock(out: Iterable[tuple[date, date]], start: date, days: int) -> list[bool]:
    """Return for each day of the window whether there was stock."""
    steps = [0] * (days + 1)
    for first, last in out:
        begin = max((first - start).days, 0)
        stop = min((last - start).days + 1, days)
        if begin < stop:
            steps[begin] += 1
            steps[stop] -= 1
    return [depth == 0 for depth in accumulate(steps[:-1])]


def _use_by_day(
    records: Iterable[tuple[date, date, int]],
    start: date,
    days: int,
    in_stock: list[bool],
) -> list[float]:
    """Return the use of each day of the window.

    Each record only marks where its daily share begins and ends, so that a long interval costs no
    more than a day.
    """
    stocked = [0, *accumulate(in_stock)]
    shares, depths = [0.0] * (days + 1), [0] * (days + 1)
    for first, last, quantity in records:
        begin = (min(first, last) - start).days
        stop = (last - start).days + 1
        inside, until = max(begin, 0), min(stop, days)
        if inside >= until or not quantity:
            continue
        # Nothing is known of stock outside the window, so all days there share in the use.
        outside = (stop - begin) - (until - inside)
        spread_over = stocked[until] - stocked[inside] + outside
        if spread_over:
            share = quantity / spread_over
            shares[inside] += share
            shares[until] -= share
            depths[inside] += 1
            depths[until] -= 1
    # Sums of fractions leave crumbs behind; a day that no record covers has no use at all.
    covered = zip(accumulate(shares[:-1]), accumulate(depths[:-1]), strict=True)
    return [round(share, 9) if depth else 0.0 for share, depth in covered]


def _summary(use: list[float]) -> Demand | None:
    # The deviation is that of days, not of records: two uses on one day are one day's use.
    days_with_use = sum(amount > 0 for amount in use)
    if days_with_use < LEAST_DAYS_WITH_USE:
        return None
    mean = math.fsum(use) / len(use)
    if mean <= 0:
        return None
    squares = math.fsum((amount - mean) ** 2 for amount in use)
    deviation = math.sqrt(squares / len(use))
    return Demand(round(mean, 9), round(deviation, 9), len(use))
