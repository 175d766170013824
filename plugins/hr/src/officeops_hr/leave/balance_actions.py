"""What a manager enters into a balance: the opening, adjustments, and a payout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Reason, Refused, action, param
from officeops_hr.leave.account import account_of
from officeops_hr.leave.amounts import hours as in_hours
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.posting import grant_of
from officeops_hr.leave.rules.forward import lot_of
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_hr.leave.account import Account
    from officeops_hr.leave.enrollment import LeaveEnrollment

_DAY: Final = param(kind="date", default=lambda office: office.today)

_PAID: Final = param(kind="hours", default=None, minimum=1, help="Blank: all that is left")


@action("hr.leave-enrollment.open", label="Opening balance")
def open_balance(
    office: Office,
    enrollment: LeaveEnrollment,
    balance: int = param(kind="hours", example="64:00", help="What there is that day"),
    day: date = _DAY,
    note: str | None = param(default=None),
) -> str:
    """Enter the balance that somebody brings; what accrued until that day is in it."""
    # A second one would count what accrued in between twice.
    if enrollment.opened_on or account_of(office, enrollment).book.changed():
        why = "there are entries already; adjust the balance instead"
        raise Refused(
            [Problem(why, "balance", code="not-allowed-here")], _named(office, enrollment)
        )
    office.edit(enrollment, managed=True, opened_on=day)
    bring(office, enrollment, balance, day, note)
    return f"{_named(office, enrollment)}: {in_hours(balance)} on {day}."


def bring(
    office: Office,
    enrollment: LeaveEnrollment,
    minutes: int,
    day: date,
    note: str | None = None,
) -> None:
    """Book the balance that somebody brings into an enrollment that knows its day: also a debt.

    Raises Refused for a debt beyond what the policy allows ahead.
    """
    account = account_of(office, enrollment)
    if minutes < 0:
        _take(office, account, -minutes, day, "opening", note)
    else:
        book(office, account, minutes, day, "opening", note)


def book(
    office: Office,
    account: Account,
    minutes: int,
    day: date,
    kind: str,
    note: str | None,
) -> None:
    """Book minutes that come into an account on a day, into the lot of that day."""
    # The ledger has no entries of nothing; the enrollment keeps the day of the opening.
    if not minutes:
        return
    LeaveEntry.ledger.post(
        office,
        minutes,
        day,
        kind=kind,
        person_id=account.person_id,
        policy_id=account.policy.id,
        grant_id=grant_of(office, account, lot_of(account.terms, day)),
        note=note,
    )


@action("hr.leave-enrollment.adjust")
def adjust(
    office: Office,
    enrollment: LeaveEnrollment,
    by: int = param(kind="hours", example="-4:00", help="Below zero takes away"),
    note: str = param(example="Entered twice", help="Why"),
    day: date = _DAY,
) -> str:
    """Add to a balance or take from it, and say why."""
    account = account_of(office, enrollment)
    if by > 0:
        book(office, account, by, day, "adjust", note)
    elif by < 0:
        _take(office, account, -by, day, "adjust", note)
    else:
        raise Refused([Problem("changes nothing", "by", code="nothing-to-do")])
    return _now(office, enrollment, day)


@action("hr.leave-enrollment.pay-out", danger=True)
def pay_out(
    office: Office,
    enrollment: LeaveEnrollment,
    hours: int | None = _PAID,
    day: date = _DAY,
    note: str | None = param(default=None),
) -> str:
    """Note that leave was paid out; payroll pays it."""
    account = account_of(office, enrollment)
    # By the entries alone: payroll pays for nothing that has yet to accrue.
    paid = hours or account.book.balance(day)
    if paid <= 0:
        raise Refused(
            "nothing is left to pay out", _named(office, enrollment), code="nothing-to-do"
        )
    _take(office, account, paid, day, "payout", note)
    return f"{in_hours(paid)} paid out. {_now(office, enrollment, day)}"


def _take(
    office: Office,
    account: Account,
    minutes: int,
    day: date,
    kind: str,
    note: str | None,
) -> None:
    LeaveEntry.ledger.take(
        office,
        minutes,
        day,
        kind=kind,
        person_id=account.person_id,
        policy_id=account.policy.id,
        note=note,
    )


def _now(
    office: Office,
    enrollment: LeaveEnrollment,
    day: date,
) -> str:
    balance = account_of(office, enrollment).balance(day)
    return f"{_named(office, enrollment)}: {in_hours(balance)} on {day}."


def _named(office: Office, enrollment: LeaveEnrollment) -> str:
    who = office.label(Person, enrollment.person_id)
    return f"{who}, {office.label(LeavePolicy, enrollment.policy_id)}"


def _confirmed(office: Office, policy: LeavePolicy) -> str | None:  # noqa: ARG001
    if policy.confirmed_on is None:
        return None
    why = f"{policy.confirmed_by} confirmed it on {policy.confirmed_on}"
    return Reason(why, code="nothing-to-do")


@action("hr.leave-policy.confirm", unless=_confirmed)
def confirm(
    office: Office,
    policy: LeavePolicy,
    source: str | None = param(
        default=None, example="Handbook, page 12", help="The law or handbook"
    ),
) -> str:
    """Confirm a policy, once you have compared it with its source."""
    read = {"source": source or policy.source, "checked_on": office.today}
    by = {"confirmed_on": office.today, "confirmed_by": office.actor}
    office.edit(policy, managed=True, **read, **by)
    return f"{policy.name} is confirmed."


ACTIONS: Final[list[Action[..., Any]]] = [open_balance, adjust, pay_out, confirm]
