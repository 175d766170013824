"""Leave policy: how leave accrues, how far, and what becomes of it; all of it data of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, Problem, Record, choice, field, ref
from officeops_hr.leave.rules.periods import FREQUENCIES
from officeops_hr.leave.rules.terms import CARRIES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

POLICY: Final = "hr.leave-policy"
STEP: Final = "hr.leave-step"
KINDS: Final = (
    "pto",
    "vacation",
    "sick",
    "personal",
    "bereavement",
    "jury_duty",
    "unpaid",
    "other",
)


class LeavePolicy(
    Record,
    key=POLICY,
    plural="Leave policies",
    display="name",
    sort="name",
    also=("pto-policy", "time-off-policy", "vacation-policy", "sick-leave-policy"),
):
    """A kind of leave, and its rules."""

    name: str = field(unique=True, search=True, list_rank=1, example="PTO")
    kind: str = choice(*KINDS, default="pto", list_rank=3)
    accrues: str = choice(
        "by_period",
        "by_hours_worked",
        "never",
        default="by_period",
        list_rank=2,
        help="Never: no balance is kept, as of unpaid leave",
    )
    every: str = choice(*FREQUENCIES, default="month", list_rank=3, help="How often it accrues")
    upfront: bool = field(
        default=False, hidden=True, help="It accrues on the first day of a period, not on the last"
    )
    pay_period_from: date | None = field(
        default=None, hidden=True, help="First day of any pay period, for every week or two weeks"
    )
    worked_for_one: int | None = field(
        default=None,
        minimum=1,
        maximum=1000,
        hidden=True,
        example="30",
        help="One hour accrues for every so many hours worked",
    )
    year_from: str = choice(
        "january",
        "hire_date",
        default="january",
        hidden=True,
        label="Leave year from",
        help="When a leave year begins",
    )
    cap: int | None = field(
        kind="hours",
        default=None,
        minimum=0,
        list_rank=4,
        help="Balance above which nothing accrues",
    )
    yearly_cap: int | None = field(
        kind="hours", default=None, minimum=0, list_rank=6, help="The most that accrues in a year"
    )
    carry: str = choice(
        *CARRIES,
        default="all",
        list_rank=5,
        label="Carried over",
        help="What a new year begins with",
    )
    carry_most: int | None = field(
        kind="hours", default=None, minimum=0, list_rank=6, help="The most that is carried over"
    )
    carry_days: int | None = field(
        default=None,
        minimum=1,
        maximum=3660,
        hidden=True,
        help="Days for which it may be taken then; blank: for good",
    )
    # A debt that the person works off: what accrues next repays it.
    ahead: int = field(
        kind="hours", default=0, minimum=0, list_rank=7, help="How much may be taken in advance"
    )
    waiting_days: int = field(
        default=0, minimum=0, hidden=True, help="Days from the hire until it may be taken"
    )
    notice_days: int = field(
        default=0, minimum=0, hidden=True, help="Days of notice that the office asks for"
    )
    paid_out: bool = field(
        default=False, list_rank=8, help="Whether the balance is paid out when somebody leaves"
    )
    # A law is data: it counts for nothing here until somebody has read its source.
    source: str | None = field(default=None, hidden=True, help="The law or handbook it follows")
    checked_on: date | None = field(
        default=None, hidden=True, help="When somebody compared it with its source"
    )
    employees_from: int | None = field(
        default=None, minimum=1, hidden=True, help="The law applies from so many employees"
    )
    confirmed_on: date | None = field(default=None, managed=True, hidden=True)
    confirmed_by: str | None = field(default=None, managed=True, hidden=True)
    note: str | None = field(kind="long_text", default=None, hidden=True)

    children = (
        Child(
            STEP,
            by="policy_id",
            option="step",
            form="yearly after_months",
            example="120; after_months=60",
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse rules that contradict each other."""
        if self.accrues == "by_hours_worked" and not self.worked_for_one:
            yield Problem(
                "is needed where leave accrues by hours worked", "worked_for_one", code="needed"
            )
        if self.carry == "limited" and self.carry_most is None:
            yield Problem("is needed where some leave is carried over", "carry_most", code="needed")


class LeaveStep(
    Record, key=STEP, child=True, label="Leave step", display="yearly", sort="after_months"
):
    """A step of seniority of a policy: from so many months of service on, so much a year."""

    identity = (("policy_id", "after_months"),)

    policy_id: int = ref(POLICY, list_rank=1)
    after_months: int = field(
        default=0, minimum=0, maximum=720, list_rank=2, help="Months of service it begins after"
    )
    yearly: int = field(kind="hours", minimum=0, list_rank=2, label="A year", help="Leave a year")
