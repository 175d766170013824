"""Shares: a year's minutes split without losing or winning one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def rounded(exact: Fraction) -> int:
    """Return the nearest whole number; halves go up, as people round."""
    doubled = 2 * exact + 1
    return doubled.numerator // (2 * doubled.denominator)


def shares(parts: Iterable[Fraction]) -> list[int]:
    """Round parts so that they always add up to their rounded sum.

    Each share is the rounded total so far without those before it: 19 days over 12 months come to
    2, 1, 2, 1, 2, 2, 1, 2, 1, 2, 1, 2.
    """
    total = Fraction()
    granted = 0
    split = []
    # Rounding the total, not the part: errors of single parts never add up.
    for part in parts:
        total += part
        share = rounded(total) - granted
        granted += share
        split.append(share)
    return split


def earned(
    before: int,
    worked: int,
    per: int,
) -> int:
    """Return the leave for minutes worked, one for every so many; the remainder counts later.

    `before` are the minutes worked before these. The remainder is kept because it is counted again
    from the total: 52 weeks of 40 hours, one for every 30, come to 69 hours and 20 minutes.
    """
    return (before + worked) // per - before // per
