"""Fairness: the counts of unpopular shifts of people at a place, from the plan of some weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.rules.fairness import Share, shares
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops import Office

#: Counted so many days back: three months, so that a bad week is balanced by the next ones.
LOOK_BACK: Final = timedelta(weeks=12)
_HAD: Final = """
person_id IS NOT NULL AND NOT dropped AND NOT trainee AND day BETWEEN ? AND ?
AND location_id = ifnull(?, location_id)
"""


def fairness(
    office: Office,
    first: date,
    last: date,
    place: int | None = None,
) -> dict[int, Share]:
    """Return each person's share of the shifts of some days, at a place or at all of them.

    Days off do not count: somebody on leave had no Saturday.
    """
    facts = RosterFacts(office, first, last)
    rows = office.all(Shift, _HAD, first.isoformat(), last.isoformat(), place)
    planned = [row.planned() for row in rows]
    had = [shift for shift in planned if not facts.is_off(shift.person or 0, shift.on)]
    closed = office.calendar.closed
    return shares(had, closed.__contains__, facts.wish)
