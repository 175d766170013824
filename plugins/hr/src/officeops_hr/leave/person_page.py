"""The section of leave on a person's page, and in `officeops me`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_hr.leave.amounts import hours, span
from officeops_hr.leave.balances import balances
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.request import LeaveRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.leave.balances import Balance

_COMING: Final = """
person_id = ? AND state IN ('submitted', 'approved') AND ifnull(last_day, first_day) >= ?
"""


def page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield a person's balances, and the leave that they asked for or have."""
    if not (office.may_view(LeaveRequest) and office.may_view(LeaveEnrollment)):
        return
    lines = list(_requests(office, person_id))
    if office.may_view(LeaveEntry):
        lines = [*_balances(office, person_id), *lines]
    if lines:
        yield PageSection("Leave", lines)


def _balances(office: Office, person_id: int) -> Iterator[PageLine]:
    for balance in balances(office, office.today, person_id=person_id):
        account = balance.account
        policy = account.policy
        yield PageLine(policy.name, _words(office, balance))
        last_day = account.member.last
        # Somebody with a last day leaves, or has no more leave under this policy.
        if last_day and policy.paid_out:
            left = account.balance(last_day)
            paid = hours(max(left, 0))
            text = f"{paid} of {policy.name} on {last_day}"
            yield PageLine("Payout at leaving", text)


def _words(office: Office, balance: Balance) -> str:
    """Return the balance today and at the end of the year, as it will be then."""
    year_end = date(office.today.year, 12, 31)
    now = hours(balance.minutes)
    then = hours(balance.account.balance(year_end))
    words = f"{now} today"
    if balance.promised:
        promised = hours(balance.promised)
        words += f", {promised} approved for later"
    return f"{words}; {then} on {year_end}"


def _requests(office: Office, person_id: int) -> Iterator[PageLine]:
    today = office.today.isoformat()
    for request in office.all(LeaveRequest, _COMING, person_id, today, order="first_day, id"):
        days = span(request.first_day, request.until)
        text = f"{request.human_key} {days}: {request.state}"
        yield PageLine("", text, Subject(request.meta.key, request.id))
