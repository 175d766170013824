"""Leave enrollment: who has leave under which policy, from when, and for which part of full time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import DateOrder, Record, computed, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import date


# Grants that ended count for nothing, as in the ledger's own balance.
_LEDGER = """(SELECT ifnull(sum(e.minutes), 0) FROM hr_leave_entry e
LEFT JOIN hr_leave_grant g ON g.id = e.grant_id
WHERE e.person_id = t.person_id AND e.policy_id = t.policy_id AND e.day <= office_today()
AND (g.expires_on IS NULL OR g.expires_on >= office_today()))"""


class LeaveEnrollment(
    Record,
    key="hr.leave-enrollment",
    display="policy_id",
    sort="person,policy",
    unique_together=(("person_id", "policy_id"),),
    scope=PEOPLE.by("person_id", all="manage"),
    also=("pto-balance", "leave-balance"),
):
    """Somebody's leave under a policy."""

    person_id: int = ref(
        "hr.person", list_rank=1, fixed=True, also=("employee", "employee name", "name")
    )
    policy_id: int = ref(
        "hr.leave-policy",
        indexed=False,
        list_rank=1,
        fixed=True,
        also=("leave policy", "leave type", "time off type", "accrual policy", "plan"),
    )
    starts_on: date | None = field(
        default=None, list_rank=3, label="From", help="Blank: from the hire"
    )
    ends_on: date | None = field(default=None, list_rank=4, label="Until")
    # Of the amounts a year alone: hours worked are fewer by themselves.
    percent: int = field(
        default=100, minimum=1, maximum=100, list_rank=5, unit="%", help="Part of full time"
    )
    service_from: date | None = field(
        default=None,
        hidden=True,
        help="The day from which service counts, if not from the hire",
    )
    opened_on: date | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Opened",
        help="The day of the opening balance, which has what accrued until then",
    )

    computed = (
        computed(
            "booked",
            _LEDGER,
            kind="hours",
            list_rank=2,
            help="What the ledger has today; `officeops leave balance` adds all that is due",
        ),
    )
    importer = "officeops_hr.leave.enrollment_import:EnrollmentImport"
    date_orders = (DateOrder(("starts_on", "ends_on")),)
