"""The page of a request: what counts for the decision, before its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_hr.leave.amounts import asked_words, hours, span
from officeops_hr.leave.decision import Decision
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def page(office: Office, request: LeaveRequest) -> Iterator[PageSection]:
    """Yield the section with the days, the balance, and what speaks against it."""
    yield PageSection("", list(_lines(office, request)))


def _lines(office: Office, request: LeaveRequest) -> Iterator[PageLine]:
    decision = Decision(office, request)
    who = office.label(Person, request.person_id)
    days = span(request.first_day, request.until)
    asked = asked_words(decision.asked)
    yield PageLine("Leave", f"{who}, {days}: {asked}")
    if request.amends_id is not None:
        yield _amended(office, request.amends_id)
    yield from _balance(decision)
    # Once it is decided, nobody has to weigh anything.
    if request.state in {"draft", "submitted", "denied"}:
        yield from _reasons(decision)


def _amended(office: Office, number: int) -> PageLine:
    old = office.get(LeaveRequest, number)
    days = span(old.first_day, old.until)
    subject = Subject(old.meta.key, old.id)
    return PageLine("In place of", f"{old.human_key}, {days}", subject)


def _balance(decision: Decision) -> Iterator[PageLine]:
    account = decision.account
    if account is None:
        return
    policy = account.policy.name
    balance = decision.balance()
    if balance is None:
        yield PageLine("Balance", f"none is kept of {policy}")
        return
    until = decision.request.until
    without = hours(balance[0])
    after = hours(balance[1])
    text = f"{policy}: {without} on {until} without it, {after} with it"
    yield PageLine("Balance", text)


def _reasons(decision: Decision) -> Iterator[PageLine]:
    refusals = list(decision.refusals())
    for reason in refusals:
        yield PageLine("Cannot be approved", str(reason))
    doubts = list(decision.doubts())
    for doubt in doubts:
        yield PageLine("To weigh", doubt)
    if not refusals and not doubts:
        yield PageLine("To weigh", "nothing speaks against it")
