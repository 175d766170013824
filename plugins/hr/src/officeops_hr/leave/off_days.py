"""Off days: who is off on which days, by the ledger; and the minutes that a request asks for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.leave.rules.request_days import request_days
from officeops_hr.people.as_of import as_of
from officeops_hr.people.employment import Employment
from officeops_hr.people.position import Position
from officeops_hr.people.status import status_on
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops import Office
    from officeops_hr.leave.request import LeaveRequest
    from officeops_hr.leave.rules.promise import Asked

#: Days that were approved; what a cancellation took back comes to nothing.
_OFF: Final = """
SELECT e.person_id, e.day, r.id, -sum(e.minutes) FROM hr_leave_entry e
JOIN hr_leave_request r ON e.about_key = 'hr.leave-request' AND r.id = e.about_id
WHERE e.day BETWEEN ? AND ? GROUP BY e.person_id, e.day, r.id HAVING sum(e.minutes) < 0
ORDER BY e.day, e.person_id
"""


class Off(Value):
    """Minutes that somebody is off on a day, by a request."""

    person_id: int
    day: date
    request_id: int
    minutes: int


def off(
    office: Office,
    first: date,
    last: date,
) -> list[Off]:
    """Return who is off on some days, as far as it is within reach."""
    rows = office.rows(_OFF, first.isoformat(), last.isoformat())
    return [
        Off(person, date.fromisoformat(day), number, some) for person, day, number, some in rows
    ]


def asked_days(office: Office, request: LeaveRequest) -> list[Asked]:
    """Return the minutes of a request by the person's own hours and the closed days of their place."""
    return request_days(
        request.first_day,
        request.until,
        usual_minutes(office, request.person_id),
        part=request.part,
        minutes=request.hours,
    )


def usual_minutes(office: Office, person_id: int) -> Callable[[date], int]:
    """Return the minutes that somebody works on a date; none where their place is closed.

    None either before the hire and after the last day, once an employment is entered.
    """
    # Read once for all days of a request.
    patterns = list(office.all(WorkPattern, "person_id = ?", person_id))
    positions = list(office.all(Position, "person_id = ?", person_id))
    spans = list(office.all(Employment, "person_id = ?", person_id))
    by_pattern = minutes_by(office, patterns, positions)

    def usual(day: date) -> int:
        is_here = not spans or status_on(spans, day) in {"active", "on_leave"}
        return by_pattern(day) if is_here else 0

    return usual


def minutes_by(
    office: Office,
    patterns: Sequence[WorkPattern],
    positions: Sequence[Position],
) -> Callable[[date], int]:
    """Return the minutes of a date by somebody's patterns and positions, which are read already."""

    def usual(day: date) -> int:
        pattern = as_of(patterns, day)
        position = as_of(positions, day)
        place = position.location_id if position else None
        calendar = office.calendar_at(place) if place else office.calendar
        # Not by the opening hours: many work before them, and some on a day without any.
        if pattern is None or day in calendar.closed:
            return 0
        return pattern.minutes_on(day)

    return usual


def is_whole_day(
    office: Office,
    row: Off,
) -> bool:
    """Whether somebody is off for all of a day."""
    return row.minutes >= usual_minutes(office, row.person_id)(row.day)
