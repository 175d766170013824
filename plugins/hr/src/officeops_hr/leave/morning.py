"""Who is off today: for the morning's page, and for the question who may work on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.leave.amounts import hours
from officeops_hr.leave.off_days import is_whole_day, off, usual_minutes
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from officeops import Office
    from officeops_hr.leave.off_days import Off

_LEAVE: Final = LeaveRequest.meta.key
_DAY: Final = timedelta(days=1)
#: The longest time between two working days, such as a holiday with its weekends.
_LONGEST: Final = timedelta(days=14)
_HERE: Final = f"SELECT t.id FROM hr_person t WHERE {status_sql()} = 'active'"


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield who is off today, all day or for how long; not why."""
    for row in off(office, office.today, office.today):
        who = office.label(Person, row.person_id)
        how_long = "" if is_whole_day(office, row) else f" for {hours(row.minutes)}"
        yield HuddleLine("people", f"{who} is off{how_long}", _LEAVE, row.request_id)


def back_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield who is back today: off all of their last working day, and at work now."""
    today = office.today
    here = {person for (person,) in office.rows(_HERE)}
    away: dict[int, dict[date, Off]] = {}
    first = today - _LONGEST
    for row in off(office, first, today):
        if row.person_id in here:
            away.setdefault(row.person_id, {})[row.day] = row
    for person, days in away.items():
        usual = usual_minutes(office, person)
        last = _last_day_off(usual, days, today)
        if last is None:
            continue
        who = office.label(Person, person)
        yield HuddleLine(
            "people",
            f"{who} is back",
            _LEAVE,
            last.request_id,
        )


def _last_day_off(
    usual: Callable[[date], int],
    days: Mapping[date, Off],
    today: date,
) -> Off | None:
    """Return the day off that ended last, for a person who works today."""
    works_today = usual(today) and not _is_off(usual, days, today)
    if not works_today:
        return None
    day = today - _DAY
    earliest = today - _LONGEST
    # Days without work, such as a weekend, are no days off.
    while not usual(day) and day > earliest:
        day -= _DAY
    was_off = _is_off(usual, days, day)
    return days[day] if was_off else None


def _is_off(
    usual: Callable[[date], int],
    days: Mapping[date, Off],
    day: date,
) -> bool:
    row = days.get(day)
    return row is not None and row.minutes >= usual(day)


def not_ready(
    office: Office,
    person_id: int,
    day: date,
) -> Iterator[str]:
    """Yield that somebody is on leave for all of a day."""
    # Somebody who is off for two hours works that day.
    for row in off(office, day, day):
        if row.person_id == person_id and is_whole_day(office, row):
            yield f"on leave on {day}"
