"""The job of leave: what accrued is booked, each period once, whenever cron runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import LeftOut, OfficeError, job
from officeops.values.wording import count
from officeops_hr.leave.account import account_of
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.posting import due_entries, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Job, Office


@job("leave-accrual", schedule="daily", cron="20 2 * * *")
def leave_accrual(office: Office) -> Iterator[str]:
    """Book the leave that accrued until today; run twice, it books nothing twice."""
    booked = 0
    # A list: each booking writes while the query would still read.
    for enrollment in list(office.all(LeaveEnrollment, order="id")):
        try:
            booked += book_due(office, enrollment)
        except OfficeError as error:
            yield LeftOut(f"{office.label(LeaveEnrollment, enrollment.id)}: {error}")
    yield f"{count(booked, 'accrual')} booked." if booked else "No leave accrued since."


def book_due(office: Office, enrollment: LeaveEnrollment) -> int:
    """Book what accrued for one person, in an action of its own; return how many entries."""
    entries = due_entries(account_of(office, enrollment), office.today)
    if not entries:
        return 0
    with office.acting("hr.leave-entry.accrue"):
        # Read again inside: another run may have booked them in the meantime.
        account = account_of(office, office.get(LeaveEnrollment, enrollment.id))
        return post(office, account, due_entries(account, office.today))


JOBS: list[Job] = [leave_accrual]
