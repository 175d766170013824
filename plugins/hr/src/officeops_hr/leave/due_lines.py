"""Today's lines of leave: requests to decide on, and leave years to close."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops.values.wording import count
from officeops_hr.leave.amounts import hours, span
from officeops_hr.leave.off_days import asked_days, off
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.leave.year_end import year_ends
from officeops_hr.people.leader import leader_login
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_A_YEAR: Final = timedelta(days=366)


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the requests that wait for a decision, and the policies with a year to close."""
    for request in office.all(LeaveRequest, "state = 'submitted'", order="first_day, id"):
        yield _to_decide(office, request)
    for policy in office.all(LeavePolicy, "carry <> 'all'"):
        yield from _to_close(office, policy)
    yield from _changed_days(office)


def _changed_days(office: Office) -> Iterator[Due]:
    """Yield approved requests whose days changed: a closed day, another pattern of work.

    History is not edited: a person amends the request, or leaves it as it was approved.
    """
    booked: dict[int, int] = defaultdict(int)
    for row in off(office, office.today, office.today + _A_YEAR):
        booked[row.request_id] += row.minutes
    for number, minutes in booked.items():
        request = office.get(LeaveRequest, number)
        asked = 0
        for day, some in asked_days(office, request):
            # The days behind were as they were.
            if day >= office.today:
                asked += some
        if asked != minutes:
            yield _to_amend(office, request, minutes, asked)


def _to_amend(
    office: Office,
    request: LeaveRequest,
    booked: int,
    asked: int,
) -> Due:
    who = office.label(Person, request.person_id)
    # The hours are in the key, so that a snoozed line comes back with the next change.
    return Due(
        key=f"hr.leave-request:{request.id}:days-{asked}",
        on=office.today,
        what=f"{request.human_key} {who}: {hours(booked)} booked, {hours(asked)} by the days now",
        action="amend",
        record=LeaveRequest.meta.key,
        record_id=request.id,
    )


def _to_decide(office: Office, request: LeaveRequest) -> Due:
    who = office.label(Person, request.person_id)
    policy = office.label(LeavePolicy, request.policy_id)
    days = span(request.first_day, request.until)
    asked_on = office.ways.day_of(office.last_event_at(request))
    # Without a leader who has a login, the line is the manager's.
    leader = leader_login(office, request.person_id)
    return Due(
        key=f"hr.leave-request:{request.id}:decide",
        on=asked_on,
        what=f"{request.human_key} {who} asks for {policy}, {days}",
        owner=leader or "manager",
        others=("manager",) if leader else (),
        action="approve or deny",
        record=LeaveRequest.meta.key,
        record_id=request.id,
    )


def _to_close(office: Office, policy: LeavePolicy) -> Iterator[Due]:
    """Yield one line for the leave years of a policy that ended and that nobody closed."""
    ends = list(year_ends(office, policy.id, office.today))
    if not ends:
        return
    # The latest end names the line, so that snoozing this year hides no later one.
    last = max(year.day for end in ends for year in end.years)
    words = count(len(ends), "balance")
    yield Due(
        key=f"hr.leave-policy:{policy.id}:{last}",
        on=last,
        what=f"{policy.name}: close the leave year before {last} ({words})",
        action="close year",
        record=LeavePolicy.meta.key,
        record_id=policy.id,
    )
