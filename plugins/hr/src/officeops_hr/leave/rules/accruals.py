"""Accruals: what each period of a leave year gives a person, before any cap."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from officeops_hr.leave.rules.periods import Span, leave_year, periods
from officeops_hr.leave.rules.shares import shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops_hr.leave.rules.terms import Member, Terms


class Accrual(NamedTuple):
    """Minutes that accrue on a day, for a period."""

    day: date
    minutes: int
    period: Span


def accruals(
    terms: Terms,
    member: Member,
    until: date,
) -> Iterator[Accrual]:
    """Yield what accrues through a day, the earliest first.

    A full year under one step sums to the year's minutes exactly. A period in which somebody begins,
    leaves or reaches a step counts by its days.
    """
    if not terms.steps or terms.per_worked:
        return
    year = leave_year(member.first, terms.begins)
    while year.first <= until:
        for accrual in of_year(terms, member, year):
            if accrual.day > until:
                return
            if accrual.minutes:
                yield accrual
        if member.last and member.last < year.first:
            return
        year = leave_year(year.last + timedelta(days=1), terms.begins)


def of_year(
    terms: Terms,
    member: Member,
    year: Span,
) -> Iterator[Accrual]:
    """Yield what each period of a leave year gives, those of nothing too."""
    whole = periods(year, terms.frequency, terms.anchor)
    exact = [_exact(terms, member, period) / len(whole) for period in whole]
    for period, minutes in zip(whole, shares(exact), strict=True):
        day = max(period.first, member.first) if terms.is_upfront else period.last
        yield Accrual(day, minutes, period)


def _exact(
    terms: Terms,
    member: Member,
    period: Span,
) -> Fraction:
    """Return a year's minutes as far as the days of a period have them, before it is split."""
    under = period.within(Span(member.first, member.last or period.last))
    if under.days < 1:
        return Fraction()
    # Fractions: a third of a month in floats would round to another minute here and there.
    total = Fraction()
    for part, minutes in terms.spans(member.hired_on, under):
        total += Fraction(minutes * part.days, period.days)
    return total * member.share
