"""Terms: how much leave a policy gives, when, and what becomes of it; and whose it is."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.leave.rules.periods import Begins, Span, months_after

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What may become of leave that is left at the end of a leave year.
CARRIES: Final = ("all", "limited", "none")
#: A Monday, from which weeks are counted where a policy names no first day of a pay period.
ANCHOR: Final = date(2024, 1, 1)


class Step(Value):
    """A step of seniority: from so many months of service on, so many minutes a year."""

    after_months: int
    minutes: int


class Terms(Value):
    """The terms of a leave policy; all amounts are in minutes.

    With `per_worked`, one minute accrues for every so many worked, and steps count for nothing. A
    `cap` is the balance above which nothing accrues, `yearly_cap` the most that accrues in a year.
    """

    steps: tuple[Step, ...] = ()
    frequency: str = "month"
    begins: Begins = Begins()
    anchor: date = ANCHOR
    is_upfront: bool = False
    per_worked: int | None = None
    cap: int | None = None
    yearly_cap: int | None = None
    carry: str = "all"
    carry_most: int | None = None
    carry_days: int | None = None
    ahead: int = 0

    def yearly(self, hired_on: date, day: date) -> int:
        """Return the minutes a year that somebody has on a day, by the months of service."""
        minutes = 0
        # The steps are in order, so the last that was reached counts.
        for step in self.steps:
            if months_after(hired_on, step.after_months) <= day:
                minutes = step.minutes
        return minutes

    def spans(self, hired_on: date, span: Span) -> Sequence[tuple[Span, int]]:
        """Split days where a step begins; each part has the minutes a year that count in it."""
        starts = {span.first}
        for step in self.steps:
            day = months_after(hired_on, step.after_months)
            if span.first < day <= span.last:
                starts.add(day)
        parts = []
        last = span.last
        for first in sorted(starts, reverse=True):
            parts.append((Span(first, last), self.yearly(hired_on, first)))
            last = first - timedelta(days=1)
        return parts[::-1]


class Member(Value):
    """A person under a policy: hired when, under it from when, and for which part of full time."""

    hired_on: date
    first: date
    last: date | None = None
    percent: int = 100
    #: The day of the balance that they brought; what accrued until then is in it.
    opened: date | None = None

    @property
    def share(self) -> Fraction:
        """The part of full time."""
        return Fraction(self.percent, 100)
