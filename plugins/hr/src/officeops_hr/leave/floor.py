"""Floor: how low leave may go in the ledger, and the refusal of more in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Refused
from officeops_hr.leave.account import account_for
from officeops_hr.leave.amounts import hours
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Office

#: Leave without a balance, such as unpaid leave, goes as low as it likes.
_NO_FLOOR: Final = -(10**9)
_LAST_ASKED: Final = """
SELECT max(ifnull(last_day, first_day)) FROM hr_leave_request
WHERE person_id = ? AND policy_id = ? AND state IN ('submitted', 'approved') AND archived_at IS NULL
"""


def floor(office: Office, account: Mapping[str, int]) -> int:
    """Return the least that an account may come to outside its lots.

    Leave approved for next year is owed until it accrues, so what accrues until the last day that
    somebody asked for counts too. Whether it will be there on each day is asked before the approval.
    """
    person_id, policy_id = account["person_id"], account["policy_id"]
    policy = office.get(LeavePolicy, policy_id)
    if policy.accrues == "never":
        return _NO_FLOOR
    known = account_for(office, person_id, policy_id)
    if known is None:
        return -policy.ahead
    last = _last_day(office, person_id, policy_id)
    coming = 0
    for entry in known.forward(last).entries[len(known.book.entries) :]:
        # Carried over, leave comes into a new lot, and repays debts from there.
        if entry.kind in {"accrual", "carry"}:
            coming += max(entry.minutes, 0)
    return -policy.ahead - coming


def _last_day(
    office: Office,
    person_id: int,
    policy_id: int,
) -> date:
    last = office.value(_LAST_ASKED, person_id, policy_id)
    today = office.today
    return max(today, type(today).fromisoformat(last)) if last else today


def shortage(
    office: Office,
    account: Mapping[str, int],
    lot: int | None,  # noqa: ARG001 - the signature of a shortage
    wanted: int,
    available: int,
    back: bool,  # noqa: ARG001, FBT001
) -> Exception:
    """Return the refusal to book more leave than there is."""
    who = office.label(Person, account["person_id"])
    policy = office.label(LeavePolicy, account["policy_id"])
    why = f"{hours(wanted)} are more than the {hours(max(available, 0))} that may be taken"
    problem = Problem(why, "minutes", code="below-floor", facts={"balance": available})
    return Refused([problem], f"{who}, {policy}")
