"""The dates of plans, against another's arithmetic of months, over many random plans."""

from __future__ import annotations

import random
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from tests.effort import TIMES, seed

from officeops.values.calendar import calendar_of
from officeops_maintenance.plans.plan import Plan

PLANS = 10_000
#: Open every day: closed days have tests of their own.
CALENDAR = calendar_of([], [])


def test_each_date_is_counted_from_the_anchor() -> None:
    chance = random.Random(seed())  # noqa: S311 - no secret
    for _ in range(PLANS * TIMES):
        anchor = date(2000, 1, 1) + timedelta(days=chance.randrange(20_000))
        every, unit = chance.randint(1, 40), chance.choice(("day", "week", "month", "year"))
        plan = Plan(title="Look", first_on=anchor, every=every, unit=unit)
        # Some steps on, so that a drift would show; 31 January comes again after February.
        step = chance.randrange(30)
        wanted = [anchor + relativedelta(**{f"{unit}s": every * (step + n)}) for n in range(3)]  # type: ignore[arg-type]
        dates = Plan.schedule.dates(plan, wanted[0], wanted[-1], CALENDAR)
        assert [dated.nominal_on for dated in dates] == wanted, (anchor, every, unit, step)


def test_a_floating_date_is_counted_from_the_closing() -> None:
    chance = random.Random(seed())  # noqa: S311 - no secret
    for _ in range(PLANS // 5 * TIMES):
        closed = date(2000, 1, 1) + timedelta(days=chance.randrange(20_000))
        every, unit = chance.randint(1, 40), chance.choice(("day", "week", "month", "year"))
        plan = Plan(title="Look", first_on=closed, every=every, unit=unit, mode="floating")
        following = Plan.schedule.recurrence(plan).after(closed, CALENDAR)
        wanted = closed + relativedelta(**{f"{unit}s": every})  # type: ignore[arg-type]
        assert following is not None
        assert following.nominal_on == wanted, (closed, every, unit)
