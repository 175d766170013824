"""Cycle: the last good day of a renewal, from the end of the old one and the rules of the type."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from officeops_hr.leave.rules.periods import months_after

if TYPE_CHECKING:
    from datetime import date


def next_end(
    end: date,
    months: int,
    ends: str,
) -> date:
    """Return the last good day of what renews a document with this end.

    A month-end or birth-month credential goes to the last day of its month: the old end is in the
    birth month already.
    """
    day = months_after(end, months)
    if ends == "exact":
        return day
    return day.replace(day=monthrange(day.year, day.month)[1])
