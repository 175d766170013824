"""Changes of a request: before the decision the person may, after it an amendment does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Reason, Refused, action, param, ref
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.request import LeaveReason, LeaveRequest
from officeops_hr.leave.rules.request_days import PARTS

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

_FIRST: Final = param(kind="date", example="2027-03-01")
_LAST: Final = param(kind="date", default=None, help="Blank: one day")
# One for each parameter: a field takes the name of the last parameter that it is given to.
_OTHER_FIRST: Final = param(kind="date", default=None, help="Blank: as it is")
_OTHER_LAST: Final = param(kind="date", default=None, help="Blank: as it is")


@action("hr.request-leave", beside=("hr.leave-request",), label="Ask for leave")
def request_leave(
    office: Office,
    policy_id: int = ref("hr.leave-policy", example="PTO"),
    first_day: date = _FIRST,
    last_day: date | None = _LAST,
    part: str = param(default="days", choices=PARTS, kind="choice"),
    hours: int | None = param(kind="hours", default=None, minimum=1, maximum=1440),
    person_id: int | None = ref("hr.person", default=None, help="Blank: yourself"),
    note: str | None = param(default=None, example="Cyd sees my patients"),
    private_reason: str | None = param(
        kind="long_text", default=None, sealed=True, help="Only they and HR may read it"
    ),
) -> Outcome:
    """Ask for leave: add a request and submit it."""
    given: dict[str, Any] = {}
    # Left out, it is the person of the acting login, as on a form.
    if person_id is not None:
        given["person_id"] = person_id
    new = LeaveRequest(
        policy_id=policy_id,
        first_day=first_day,
        last_day=last_day,
        part=part,
        hours=hours,
        note=note,
        **given,
    )
    request = office.add(new)
    if private_reason:
        give_reason(office, request, text=private_reason)
    return _submitted(office, request)


def _submitted(office: Office, request: LeaveRequest) -> Outcome:
    """Submit a new request, and return it as it is then, with the sentence.

    Raises Refused in which the request has no number: it goes with the refusal.
    """
    try:
        words = LEAVE.move(office, request, "submit")
    except Refused as refused:
        raise Refused(refused.problems, "The request") from None
    kept = office.get(LeaveRequest, request.id)
    return Outcome(kept, str(words))


def _cannot_amend(office: Office, request: LeaveRequest) -> str | None:
    if request.state != "approved":
        return Reason(f"it is {request.state}; edit it", code="not-allowed-here")
    waiting = office.first(LeaveRequest, "amends_id = ? AND state = 'submitted'", request.id)
    if waiting is None:
        return None
    # The approval of one would leave the other without a request to change.
    why = f"{waiting.human_key} asks for other days already; withdraw it first"
    return Reason(why, code="not-allowed-here")


@action("hr.leave-request.amend", means="edit", unless=_cannot_amend)
def amend(
    office: Office,
    request: LeaveRequest,
    first_day: date | None = _OTHER_FIRST,
    last_day: date | None = _OTHER_LAST,
    part: str | None = param(default=None, choices=PARTS, kind="choice"),
    hours: int | None = param(kind="hours", default=None, minimum=1, maximum=1440),
) -> Outcome:
    """Ask for other days; the approved ones count until somebody approves the amendment."""
    chosen = part or request.part
    asked = hours or request.hours
    new = LeaveRequest(
        person_id=request.person_id,
        policy_id=request.policy_id,
        first_day=first_day or request.first_day,
        last_day=last_day or request.last_day,
        part=chosen,
        # Whole days and halves have no hours of their own, whatever the first request had.
        hours=asked if chosen == "hours" else None,
        amends_id=request.id,
    )
    # A person fills in no `amends_id`: it says which request the approval takes back.
    added = office.add_made(new)
    return _submitted(office, added)


@action("hr.leave-request.give-reason")
def give_reason(
    office: Office,
    request: LeaveRequest,
    text: str = param(kind="long_text", sealed=True, help="Only they and HR may read it"),
) -> str:
    """Give the private reason for a request, in place of one that was given before."""
    for reason in list(office.all(LeaveReason, "request_id = ?", request.id)):
        office.archive(reason)
    office.add(LeaveReason(request_id=request.id, text=text))
    return f"{request.human_key} has its private reason."


ACTIONS: Final[list[Action[..., Any]]] = [request_leave, amend, give_reason]
