"""Pay: what somebody earns from a day on. Only they and HR see it, and each look is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, choice, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import date


class Pay(
    Record,
    key="hr.pay",
    display="starts_on",
    plural="Pay",
    sort="person,-starts_on",
    unique_together=(("person_id", "starts_on"),),
    scope=PEOPLE.by("person_id", team="sensitive", all="sensitive"),
):
    """What somebody earns from a day to the next pay."""

    person_id: int = ref(
        "hr.person", list_rank=1, also=("employee", "employee name", "employee id", "name")
    )
    starts_on: date | None = field(
        default=None,
        list_rank=1,
        label="From",
        help="Blank: from the first day",
        also=("effective date", "effective", "rate effective"),
    )
    basis: str = choice(
        "hourly", "salary", default="hourly", list_rank=2, also=("pay type", "rate type")
    )
    # Sealed: a stolen copy of the file tells nobody's pay.
    amount: int = field(
        kind="money",
        minimum=0,
        sealed=True,
        guard="hr.pay",
        list_rank=2,
        also=("rate", "pay rate", "hourly rate", "salary", "annual salary", "base pay"),
    )
    per: str = choice("hour", "week", "month", "year", default="hour", list_rank=3)
    reason: str | None = field(default=None, list_rank=5, help="Why it changed")


class Benefit(
    Record,
    key="hr.benefit",
    display="plan",
    sort="person,plan",
    scope=PEOPLE.by("person_id", team="sensitive", all="sensitive"),
):
    """A benefit that somebody has, or gave up."""

    person_id: int = ref("hr.person", list_rank=1)
    plan: str = field(list_rank=1, example="Health, family")
    tier: str | None = field(default=None, list_rank=4)
    starts_on: date = field(list_rank=2, label="From")
    ends_on: date | None = field(default=None, list_rank=3, label="Until")
    # A benefit that was offered and refused is a fact to keep, not a missing row.
    waived: bool = field(default=False, list_rank=3, help="Whether they gave it up")
    employee_cost: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        sealed=True,
        guard="hr.benefit",
        hidden=True,
        help="A month",
    )
    employer_cost: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        sealed=True,
        guard="hr.benefit",
        hidden=True,
        help="A month",
    )
