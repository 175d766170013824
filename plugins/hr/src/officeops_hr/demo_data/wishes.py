"""The times and wishes of two people, and the usual rules of hours; the house confirmed one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.hours.usual_rules import add_usual_hours_rules
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.wishes.availability import Availability

if TYPE_CHECKING:
    from officeops.demo import Demo

_BEFORE: Final = timedelta(weeks=6)
#: Three in the afternoon.
_LATE: Final = 900
#: A course that ends in spring: what somebody says of their times has an end.
_COURSE: Final = timedelta(weeks=20)
_ASSISTANTS: Final = """
SELECT DISTINCT p.person_id FROM hr_shift_pattern p JOIN hr_job_role r ON r.id = p.role_id
WHERE r.code = 'MA' ORDER BY 1 LIMIT 2
"""
#: Of the house, so that nobody has to compare it with a law.
_CONFIRMED: Final = "Rest between two days"


def build(demo: Demo) -> None:
    """Write what people said of their times, and add the rules."""
    office = demo.office
    monday = monday_of(demo.today)
    people = [number for (number,) in office.rows(_ASSISTANTS)]
    with demo.at(monday - _BEFORE, "ann"):
        office.do(add_usual_hours_rules)
        rule = office.find(ScheduleRule, _CONFIRMED)
        with office.acting("hr.hours-rule.edit"):
            office.edit(rule, confirmed=True)
    likes, studies = people
    course = Availability(
        person_id=studies,
        # On a day without shifts: the plan of the demo stays as good as it is.
        weekday="saturday",
        last_day=monday + _COURSE,
        note="A course",
    )
    wish = Availability(
        person_id=likes,
        kind="dislikes",
        weekday="friday",
        starts_at=_LATE,
    )
    with demo.at(monday - _BEFORE, "ann"), demo.writing():
        office.add(course)
        office.add(wish)
