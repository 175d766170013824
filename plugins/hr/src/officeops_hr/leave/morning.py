"""Who is off today: for the morning's page, and for the question who may work on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.leave.amounts import hours
from officeops_hr.leave.off_days import is_whole_day, off
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_LEAVE: Final = LeaveRequest.meta.key


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield who is off today, all day or for how long; not why."""
    for row in off(office, office.today, office.today):
        who = office.label(Person, row.person_id)
        how_long = "" if is_whole_day(office, row) else f" for {hours(row.minutes)}"
        yield HuddleLine("people", f"{who} is off{how_long}", _LEAVE, row.request_id)


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
