"""Leave entry: the ledger of leave, in minutes; and the grants that its lots are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Ledger, Lots, Record, choice, field, named, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Office

KINDS: Final = (
    "opening",
    "accrual",
    "carry",
    "expire",
    "take",
    "adjust",
    "payout",
    "repay",
    "transfer",
    "reversal",
)


def floor(office: Office, account: Mapping[str, int]) -> int:
    """Return how low leave may go: what may be taken in advance, and what accrues until it is taken."""
    # By name: an account reads the entries, which this module declares.
    least: int = named("officeops_hr.leave.floor:floor")(office, account)
    return least


class LeaveGrant(
    Record,
    key="hr.leave-grant",
    label="Leave grant",
    display="name",
    sort="expires_on",
    actions_only=True,
    commandless=True,
    scope=PEOPLE.by("person_id", all="manage"),
):
    """Leave of somebody that ends on one day: of a leave year, or carried over from one."""

    person_id: int = ref("hr.person", list_rank=1)
    policy_id: int = ref("hr.leave-policy", indexed=False, list_rank=2)
    name: str = field(list_rank=1)
    expires_on: date | None = field(default=None, list_rank=2, help="Last day it may be taken on")


class LeaveEntry(
    Record,
    key="hr.leave-entry",
    plural="Leave entries",
    append_only=True,
    display="kind",
    sort="-day,-id",
    indexes=(("about_id",),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """Minutes of leave that somebody got or took."""

    person_id: int = ref("hr.person", indexed=False, list_rank=1)
    policy_id: int = ref("hr.leave-policy", indexed=False, list_rank=2)
    grant_id: int | None = ref("hr.leave-grant", default=None, list_rank=6)
    minutes: int = field(kind="hours", list_rank=2, label="Amount")
    kind: str = choice(*KINDS, default="adjust", list_rank=2)

    # By day: nobody takes in March the leave that is promised for May.
    ledger = Ledger(
        amount="minutes",
        of=("person_id", "policy_id"),
        lots=Lots("grant_id"),
        floor=floor,
        by_day=True,
        shortage="officeops_hr.leave.floor:shortage",
    )
    added_by = "officeops job leave-accrual"
