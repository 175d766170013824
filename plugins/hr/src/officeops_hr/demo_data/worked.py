"""Four weeks of hours: three are confirmed, some of them paid, and the last Friday is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.worked.confirming import confirm_time
from officeops_hr.worked.handing_in import submit_time
from officeops_hr.worked.life import TIMESHEET
from officeops_hr.worked.missing import missing_days
from officeops_hr.worked.pay_week import LAST_DAY
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet

if TYPE_CHECKING:
    from officeops import Office

_WEEK: Final = timedelta(days=7)
_WEEKS: Final = 4
_THURSDAY: Final = timedelta(days=3)
#: Of how many people the paid weeks went through every step.
_SHEETS: Final = 4
_ROLE: Final = """
SELECT DISTINCT s.person_id FROM hr_published_shift s JOIN hr_person p ON p.id = s.person_id
WHERE s.day >= ? AND p.user_id IS NULL ORDER BY 1 LIMIT ?
"""


def build(office: Office, seed: int) -> None:
    """Confirm the weeks, hand in and pay the older ones, and leave the last Friday open."""
    demo = Demo(office, seed, "worked")
    this_week = monday_of(demo.today)
    first = this_week - _WEEKS * _WEEK
    people = [number for (number,) in office.rows(_ROLE, first.isoformat(), _SHEETS)]
    for number in range(_WEEKS):
        monday = first + number * _WEEK
        is_last = number == _WEEKS - 1
        # On the Monday after it; today, if that is today.
        with demo.at(min(monday + _WEEK, demo.today), "ann"):
            if is_last:
                _stay_late(office, monday)
            # Friday of the last week waits to be confirmed, for all but a few.
            _confirm(office, monday, monday + (_THURSDAY if is_last else LAST_DAY), None)
            for person in people if is_last else ():
                _confirm(office, monday, monday + LAST_DAY, person)
        if not is_last:
            for person in people:
                _pay(demo, monday, person)


def _stay_late(office: Office, monday: date) -> None:
    """Let somebody work two hours longer than rostered, for the overtime of the week."""
    day = next(iter(missing_days(office, monday, monday + LAST_DAY)), None)
    if day is None:
        return
    shift = day.shifts[-1]
    late = TimeEntry(
        person_id=day.person_id,
        day=day.day,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at + 120,
        unpaid=shift.unpaid,
        note="Stayed for a walk-in",
    )
    with office.acting("hr.time-entry.add"):
        office.add(late)


def _confirm(
    office: Office,
    monday: date,
    last: date,
    person: int | None,
) -> None:
    # A week in which the office was closed has nothing to confirm.
    if any(missing_days(office, monday, last, person)):
        office.do(confirm_time, day=monday, until=last, person_id=person)


def _pay(
    demo: Demo,
    monday: date,
    person: int,
) -> None:
    office = demo.office
    # Somebody who was off on a rostered day has something to enter first.
    if any(missing_days(office, monday, monday + LAST_DAY, person)):
        return
    with demo.at(monday + _WEEK, "ann"):
        office.do(submit_time, week=monday, person_id=person)
        week: Any = monday.isoformat()
        for verb in ("approve", "lock"):
            sheet = office.first(Timesheet, "person_id = ? AND week = ?", person, week)
            if sheet is not None:
                office.do(TIMESHEET.action(Timesheet, verb), sheet)
