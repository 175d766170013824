"""Beside: the columns to choose from beside the names of the week: hours, overtime, rest.

Another part of the schedule adds a column by a line in `BESIDE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.leave.amounts import hours
from officeops_hr.roster.rules.limits import WEEK, overtime, rest_around

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops_hr.roster.week.typed_week import TypedWeek
    from officeops_hr.roster.week.week import WeekLine


class Beside(NamedTuple):
    """A column beside the names: its heading, and its text of a line, of at most seven cells."""

    heading: str
    text: Callable[[TypedWeek, WeekLine], str]


def _hours(week: TypedWeek, line: WeekLine) -> str:
    return week.hours(line)


def _contract(week: TypedWeek, line: WeekLine) -> str:
    return "" if line.person is None else hours(week.week.contract(line.person).minutes)


def _overtime(week: TypedWeek, line: WeekLine) -> str:
    if line.person is None or week.week.contract(line.person).is_exempt:
        return ""
    over = overtime(week.minutes(line), WEEK)
    return hours(over) if over else ""


def _rest(week: TypedWeek, line: WeekLine) -> str:
    """Return the shortest rest between two days of work in the week."""
    if line.person is None:
        return ""
    shifts = [shift for shift in week.of_person(line.person) if shift.is_work]
    rests = [rest_around(shift, shifts) for shift in shifts if shift.on in week.week.days]
    known = [rest for rest in rests if rest is not None]
    if not known:
        return ""
    # The shortest decides: one short night is not made good by a long one.
    least = min(known)
    mark = "!" if least < (week.week.limits.rest or 0) else ""
    return f"{hours(least)}{mark}"


def _unpopular(week: TypedWeek, line: WeekLine) -> str:
    """Return how many weekends, evenings, closings and on-call shifts somebody had in twelve weeks."""
    if line.person is None:
        return ""
    share = week.week.fairness.get(line.person)
    return str(share.unpopular) if share else "0"


#: In the order in which a key turns them; the first one is shown when the screen opens.
BESIDE: Final = (
    Beside("Hours", _hours),
    Beside("Agreed", _contract),
    Beside("Over", _overtime),
    Beside("Rest", _rest),
    Beside("Unpop", _unpopular),
)
