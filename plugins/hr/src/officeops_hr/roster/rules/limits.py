"""Limits: the hours of a person in a week, and what the law and the contract want of them.

Source of the shape: 29 CFR 778.104 (each week alone) and 778.105 (a week is 168 hours that begin at
a fixed time). The figures are the office's data.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.roster.rules.hours_rule import age_on
from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops_hr.roster.rules.hours_rule import HoursRule
    from officeops_hr.roster.rules.shift import Shift

#: Minutes of a week after which overtime is paid, unless somebody is exempt: 29 USC 207.
WEEK: Final = 2400


class Contract(NamedTuple):
    """What somebody has agreed to; minutes a week. `most` may be above `minutes` for a part-timer."""

    minutes: int = WEEK
    most: int = WEEK
    days: int = 5
    is_exempt: bool = False
    #: The day on which a minor turns 18.
    adult_on: date | None = None

    def is_under(
        self,
        rule: HoursRule,
        day: date,
    ) -> bool:
        """Whether a rule is one for this person on a day."""
        if self.is_exempt and rule.is_of_pay:
            return False
        if rule.below_age is None:
            return True
        # Nobody guesses an age: who is no minor by the records has no rule of minors.
        return self.adult_on is not None and age_on(self.adult_on, day) < rule.below_age


class Limits(NamedTuple):
    """The office's figures; None is no rule."""

    week_overtime: int | None = WEEK
    rest: int | None = 600
    day: int | None = 720
    week_begins: int = 0
    #: Further rules that warn, and the day from which a notice counts.
    rules: tuple[HoursRule, ...] = ()
    today: date = date.min


def week_begins_on(
    day: date,
    weekday: int,
) -> date:
    """Return the first day of the pay week that a day is in; 0 begins on Mondays."""
    return day - timedelta(days=(day.weekday() - weekday) % DAYS)


def minutes_by_week(
    shifts: Iterable[Shift],
    begins: int = 0,
) -> dict[date, int]:
    """Return the planned minutes of each pay week, by its first day.

    A shift over midnight at the end of a week counts in both; its unpaid break in the first part.
    """
    weeks: dict[date, int] = {}
    for shift in shifts:
        if not shift.is_work:
            continue
        tonight = min(shift.end, DAY) - shift.start - shift.pause
        after = max(shift.end - DAY, 0)
        for day, minutes in ((shift.on, tonight), (shift.on + timedelta(days=1), after)):
            if minutes:
                week = week_begins_on(day, begins)
                weeks[week] = weeks.get(week, 0) + minutes
    return weeks


def overtime(
    minutes: int,
    limit: int | None,
) -> int:
    """Return the minutes of a week above a limit."""
    return max(minutes - limit, 0) if limit is not None else 0


def rest_around(
    shift: Shift,
    others: Iterable[Shift],
) -> int | None:
    """Return the shorter rest: before a shift, or between it and the next day's; None without others.

    Shifts of one day are one stretch of work: a lunch between them is no night's rest. Being on call
    is no work, so people rest then.
    """
    rests = []
    for other in others:
        start, end = other.minutes_of(shift.on)
        if other.is_work and other.on < shift.on:
            rests.append(shift.start - end)
        elif other.is_work and other.on > shift.on:
            rests.append(start - shift.end)
    return min(rests, default=None)
