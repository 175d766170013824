"""Whole units from computed amounts."""

from __future__ import annotations

import math

#: Doubles turn 106 into 106.00000000000001; nine digits keep that from becoming a 107th unit.
_DIGITS = 9


def ceil(amount: float) -> int:
    """Return the least whole number that is not below an amount, but for an error of doubles."""
    return math.ceil(round(amount, _DIGITS))


def floor(amount: float) -> int:
    """Return the greatest whole number not above an amount, but for an error of doubles."""
    return math.floor(round(amount, _DIGITS))
