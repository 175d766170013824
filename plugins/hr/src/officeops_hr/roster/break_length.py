"""The rule on the unpaid break of a repeating shift, for patterns and templates alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem
from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator


def break_problems(
    starts_at: int,
    ends_at: int,
    unpaid: int,
) -> Iterator[Problem]:
    """Yield that a break is as long as its shift; an end that is not after the start is tomorrow's."""
    # From 8:00 to 8:00 is a whole day and not nothing.
    length = (ends_at - starts_at) % DAY or DAY
    if unpaid >= length:
        yield Problem(
            "is as long as the shift",
            "unpaid",
            code="out-of-range",
        )
