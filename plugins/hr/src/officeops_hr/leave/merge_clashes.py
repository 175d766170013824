"""Merge clashes: leave that keeps two people from being made one, since a day would count twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_hr.leave.life import LIVE
from officeops_hr.leave.request import LeaveRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_SAME_DAYS: Final = """
person_id = ? AND state IN ('submitted', 'approved')
AND first_day <= ? AND ifnull(last_day, first_day) >= ?
"""
_HALVES: Final = {"morning", "afternoon"}


def of_request(
    office: Office,
    request: LeaveRequest,
    keep: int,
) -> Reason | None:
    """Return the leave of the person who stays on one of the days of the other's."""
    # Of days that are over the hours are taken: the merge names them, with what gives them back.
    if request.until < office.today:
        return None
    for other in of_same_days(office, request, keep):
        cure = f"officeops leave-request {_way_out(office, request)}, and merge again"
        why = f"{other.human_key} is of the same days; {cure}"
        return Reason(why, code="given-twice")
    return None


def of_same_days(
    office: Office,
    request: LeaveRequest,
    person_id: int,
) -> Iterator[LeaveRequest]:
    """Yield the requests of a person that ask for a day of another request, or have it."""
    if request.state not in LIVE:
        return
    days = (request.until.isoformat(), request.first_day.isoformat())
    for other in office.all(LeaveRequest, _SAME_DAYS, person_id, *days):
        # A morning and an afternoon are no day twice.
        if other.id != request.id and {request.part, other.part} != _HALVES:
            yield other


def _way_out(office: Office, request: LeaveRequest) -> str:
    """Return the command by which a request no longer takes the days."""
    if request.state == "submitted":
        return f"withdraw {request.human_key}"
    if request.first_day > office.today:
        return f"cancel {request.human_key}"
    # Leave that has begun is amended, and canceled no more.
    return f"amend {request.human_key} --last-day DAY"
