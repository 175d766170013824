"""Closed patterns: those whose days are all closed, so that nobody ever sees a shift of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.plan import ONE_DAY
from officeops_hr.roster.shift_pattern import ShiftPattern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops import Office

#: One closed day is a holiday, and its pattern has the next week.
_ENOUGH: Final = 2
#: So many are named.
_NAMED: Final = 5


def never_open(
    office: Office,
    first: date,
    last: date,
) -> list[ShiftPattern]:
    """Return the patterns that have two days or more in a time, all of them closed."""
    closed = []
    for pattern in office.all(ShiftPattern, "NOT when_closed"):
        calendar = office.calendar_at(pattern.location_id)
        days = [day for day in _days(first, last) if pattern.is_on(day)]
        if len(days) >= _ENOUGH and not any(calendar.is_open(day) for day in days):
            closed.append(pattern)
    return closed


def _days(first: date, last: date) -> list[date]:
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]


def closed_words(office: Office, patterns: Sequence[ShiftPattern]) -> str:
    """Return which patterns have only closed days, and what opens them, as a sentence behind others."""
    if not patterns:
        return ""
    words = []
    for pattern in patterns[:_NAMED]:
        name = office.label(Person, pattern.person_id)
        words.append(f"{name} on {pattern.weekday.capitalize()} (#{pattern.id})")
    more = len(patterns) - _NAMED
    if more > 0:
        words.append(f"{more} more")
    first = patterns[0]
    return (
        f" Closed on all their days: {wording.listing(words)}; officeops opening-hours add "
        f"opens a weekday, officeops shift-pattern edit #{first.id} --when-closed yes lays it out "
        "all the same."
    )
