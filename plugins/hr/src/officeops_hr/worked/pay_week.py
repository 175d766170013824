"""Pay week: the 168 hours in which overtime is counted, and the rules that this office pays by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.config import HrSettings
from officeops_hr.people.as_of import as_of
from officeops_hr.people.position import Position
from officeops_hr.roster.hours.confirmed import limits_of_pay
from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.roster.rules.limits import WEEK, week_begins_on
from officeops_hr.roster.shift_pattern import WEEKDAYS
from officeops_hr.worked.rules.overtime import OvertimeRule

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office

#: From the first to the last day of a week.
LAST_DAY: Final = timedelta(days=DAYS - 1)


def first_day_of(office: Office, day: date) -> date:
    """Return the first day of the pay week that a day is in (29 CFR 778.105)."""
    begins = office.settings("hr", HrSettings).time_week_begins
    return week_begins_on(day, WEEKDAYS.index(begins))


def rule_of(
    office: Office,
    person_id: int,
    week: date,
) -> OvertimeRule:
    """Return the overtime of somebody in a week; exempt people have none."""
    positions = office.all(
        Position,
        "person_id = ?",
        person_id,
    )
    # As of the last day: a change in the middle of a week counts for all of it.
    position = as_of(positions, week + LAST_DAY)
    if position is not None and position.exempt:
        return OvertimeRule(week=None)
    limits = limits_of_pay(office, week)
    # No rule of the office makes the law's week longer.
    return OvertimeRule(
        week=min(WEEK, limits.get("week_overtime", WEEK)),
        day=limits.get("day_overtime"),
        double=limits.get("day_double"),
        seventh="seventh_day" in limits,
    )
