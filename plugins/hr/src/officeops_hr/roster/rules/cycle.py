"""Cycle: the repeating weeks of a pattern, counted from an anchor Monday.

Never by the number of a week in its year: 2026 has 53 of them, so odd weeks would meet. Never from
the last week that was made either: one week left out would turn all later ones around.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

DAYS: Final = 7
#: The Monday from which all cycles are counted. It never changes: another would shift every week.
ANCHOR: Final = date(2026, 1, 5)
#: The longest cycle, in weeks.
LONGEST: Final = 8


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(
    day: date,
    anchor: date,
    weeks: int,
) -> int:
    """Return which week of a cycle a day is in, from 1 to `weeks`.

    The anchor is any day of the cycle's first week. Days before it count as well: the division
    rounds down.
    """
    passed = (monday_of(day) - monday_of(anchor)).days // DAYS
    return passed % weeks + 1
