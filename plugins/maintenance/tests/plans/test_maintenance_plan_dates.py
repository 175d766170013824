"""The dates of plans, against another's arithmetic of months, over many random plans."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from dateutil.relativedelta import relativedelta
from tests.effort import TIMES, seed

from officeops.model.errors import Refused
from officeops.values.calendar import calendar_of
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.plan import Plan

if TYPE_CHECKING:
    from officeops.office.office import Office

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


MODES = ("fixed", "weekdays", "nth_weekday", "floating", "meter", "first_of")
#: Options of the rule, each with another value than its default.
OPTIONS: dict[str, Any] = {
    "every": 3,
    "unit": "day",
    "weekdays": "thu",
    "nth": 2,
    "use_every": 70,
    "counter": "hours",
}


def test_no_option_of_a_rule_is_ignored_in_silence(office: Office) -> None:
    with office.acting("test.setup"):
        unit = office.add(Equipment(name="Autoclave"))
    for mode, option in product(MODES, OPTIONS):
        needed = {"use_every": 50, "counter": "hours"} if mode in {"meter", "first_of"} else {}
        base: dict[str, Any] = {
            "title": "Look",
            "first_on": date(2026, 3, 2),
            "mode": mode,
            **needed,
        }
        plain = Plan(**base, equipment_id=unit.id)
        changed = Plan(**{**base, option: OPTIONS[option]}, equipment_id=unit.id)
        if behavior(plain) != behavior(changed) or option in needed:
            continue
        with pytest.raises(Refused, match=option), office.acting("test.plan"):
            office.add(changed)


def behavior(plan: Plan) -> list[object]:
    """Return what follows from the rule of a plan: its dates, the next one, and the use."""
    rule = Plan.schedule.recurrence(plan)
    dates = [dated.nominal_on for dated in rule.dates(date(2026, 1, 1), date(2027, 1, 1), CALENDAR)]
    is_by_time = plan.mode in {"floating", "first_of"}
    by_use = plan.use_every if plan.mode in {"meter", "first_of"} else None
    return [dates, is_by_time and rule.after(date(2026, 3, 2), CALENDAR), by_use]
