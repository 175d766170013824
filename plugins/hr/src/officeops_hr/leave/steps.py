"""The steps of a request: what each asks, what it books, and the sentence that it ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason
from officeops_hr.leave.amounts import asked_words, hours, span
from officeops_hr.leave.decision import Decision
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from officeops import Office


def cannot_submit(office: Office, request: LeaveRequest) -> str | None:
    """Return the first fault of a request, or None."""
    return next(Decision(office, request).faults(), None)


def cannot_approve(office: Office, request: LeaveRequest) -> str | None:
    """Return why a request cannot be approved, or None."""
    return next(Decision(office, request).refusals(), None)


def cannot_cancel(office: Office, request: LeaveRequest) -> str | None:
    """Return that leave has begun, or None."""
    if request.first_day > office.today:
        return None
    why = "it has begun; amend it to the days that were taken"
    return Reason(why, code="not-allowed-here")


def doubt(office: Office, request: LeaveRequest) -> str | None:
    """Return what speaks against a request and can be overruled, or None."""
    return "; ".join(Decision(office, request).doubts()) or None


def submitted(
    office: Office,
    request: LeaveRequest,
    **asked: Any,  # noqa: ANN401, ARG001 - what a transition asks for
) -> str:
    """Say how much was asked for, and how much would be left."""
    decision = Decision(office, request)
    words = f"{request.human_key}: {asked_words(decision.asked)}"
    balance = decision.balance()
    if balance is None:
        return f"{words}."
    return f"{words}; {hours(balance[1])} would be left on {request.until}."


def approved(
    office: Office,
    request: LeaveRequest,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Book the minutes of each day; those of the request that it amends come back first."""
    decision = Decision(office, request)
    # First, so that the hours of the days before are there for the days after.
    if request.amends_id is not None:
        old = office.get(LeaveRequest, request.amends_id)
        give_back(office, old)
        LEAVE.move(office, old, "replace")
    # One take a day: the ledger then knows each day, and a lot that ends between two of them.
    for day, minutes in decision.asked:
        LeaveEntry.ledger.take(
            office,
            minutes,
            day,
            about=request,
            kind="take",
            person_id=request.person_id,
            policy_id=request.policy_id,
        )
    who = office.label(Person, request.person_id)
    words = f"{who} is off {span(request.first_day, request.until)}: {asked_words(decision.asked)}"
    left = _left(office, request)
    return f"{words}{left}."


def _left(office: Office, request: LeaveRequest) -> str:
    account = Decision(office, request).account
    if account is None or not account.has_balance:
        return ""
    return f"; {hours(account.balance(request.until))} are left on {request.until}"


def canceled(
    office: Office,
    request: LeaveRequest,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Give the minutes back."""
    minutes = give_back(office, request)
    return f"{request.human_key} is canceled; {hours(minutes)} came back."


def give_back(office: Office, request: LeaveRequest) -> int:
    """Reverse all entries of a request that count; return their minutes."""
    ledger = LeaveEntry.ledger
    sources = ledger.sources(office)
    about = "about_key = 'hr.leave-request' AND about_id = ? AND reverses_id IS NULL"
    minutes = 0
    counted = []
    for entry in list(office.all(LeaveEntry, about, request.id)):
        if not sources.counts(entry.id):
            continue
        minutes -= entry.minutes
        counted.append(entry)
    for entry in counted:
        # The others of a group went with the first of it.
        if ledger.sources(office).counts(entry.id):
            ledger.reverse(office, entry, note=request.human_key)
    return minutes
