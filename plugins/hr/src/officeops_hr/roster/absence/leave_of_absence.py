"""The leave of somebody who calls out: recorded by the rules of leave, and shortened by them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.leave.changes import amend
from officeops_hr.leave.decision import Decision
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.acting import own_person

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.absence.call_out import CallOut

_DAY: Final = timedelta(days=1)
#: Where nobody names the policy, the first of these kinds that the person has.
_USUAL: Final = ("sick", "pto", "personal")


def record_leave(
    office: Office,
    person_id: int,
    days: tuple[date, date],
    policy_id: int | None = None,
) -> tuple[LeaveRequest | None, str]:
    """Ask for the leave of some days, and approve it if nothing forbids that; say the outcome.

    A call-out counts whatever becomes of its leave, so a fault of it is said and refuses nothing.
    """
    policy = policy_id or _usual_policy(office, person_id)
    if policy is None:
        return None, f"No leave is recorded: {_cure(office, person_id)}."
    first, last = days
    wanted = LeaveRequest(
        person_id=person_id,
        policy_id=policy,
        first_day=first,
        last_day=None if last == first else last,
    )
    fault = next(Decision(office, wanted).faults(), None)
    if fault is not None:
        return None, f"No leave is recorded: {fault}."
    # Asked before it is added: a refusal here would take the call-out with it.
    request = office.add(wanted)
    LEAVE.move(
        office,
        request,
        "submit",
    )
    return request, _decided(office, office.get(LeaveRequest, request.id))


def _cure(office: Office, person_id: int) -> str:
    # People cannot enter their own leave policy, nor name one as they call out.
    if person_id == own_person(office):
        return "your manager enters it"
    if office.first(LeaveEnrollment, "person_id = ?", person_id) is None:
        return "they have none; officeops leave-enrollment add enters it"
    return "--policy names it"


def _usual_policy(office: Office, person_id: int) -> int | None:
    enrollments = list(
        office.all(
            LeaveEnrollment,
            "person_id = ?",
            person_id,
        )
    )
    kinds: dict[str, int] = {}
    for enrollment in enrollments:
        policy = office.get(LeavePolicy, enrollment.policy_id)
        kinds.setdefault(policy.kind, policy.id)
    return next((kinds[kind] for kind in _USUAL if kind in kinds), None)


def _decided(office: Office, request: LeaveRequest) -> str:
    """Approve a request where the acting person may; return what it is now."""
    # Nobody decides on their own leave, also not by calling out.
    own = request.user_id is not None and request.user_id == office.acting_user()
    refused = next(Decision(office, request).refusals(), None)
    if own or refused or not office.may("hr.leave-request.approve"):
        return f"{request.human_key} waits for a decision on the leave."
    # Short notice speaks against no leave of somebody who cannot come.
    LEAVE.move(
        office,
        request,
        "approve",
        despite=True,
    )
    return f"{request.human_key} is the leave."


def shorten_leave(
    office: Office,
    call_out: CallOut,
    back_on: date,
) -> str:
    """Take back the leave from the day on which somebody is back; return the sentence about it."""
    # Nothing was recorded, so nothing comes back.
    if call_out.leave_id is None:
        return ""
    request = office.get(LeaveRequest, call_out.leave_id)
    if request.state == "submitted" and request.first_day >= back_on:
        LEAVE.move(
            office,
            request,
            "withdraw",
        )
        return f" {request.human_key} is withdrawn."
    if request.state == "approved" and request.first_day < back_on <= request.until:
        return _amended(
            office,
            request,
            back_on - _DAY,
        )
    # Leave that has begun is history: only leave to come is canceled.
    if request.state == "approved" and request.first_day > office.today:
        LEAVE.move(
            office,
            request,
            "cancel",
        )
        return f" {request.human_key} is canceled."
    return f" {request.human_key} stays as it is: it is {request.state}."


def _amended(
    office: Office,
    request: LeaveRequest,
    last: date,
) -> str:
    outcome = amend(
        office,
        request,
        last_day=last,
    )
    changed = office.get(LeaveRequest, outcome.record.id)
    _decided(office, changed)
    return f" {changed.human_key} is the leave until {last}."
