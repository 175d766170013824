"""Leave of people from a file, with the balances that they bring, under everyday headers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Field, Reason
from officeops.exchange import Importer, Row
from officeops.values.wording import count
from officeops_hr.leave.amounts import hours
from officeops_hr.leave.balance_actions import bring
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.policy import LeavePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class EnrollmentImport(Importer):
    """Reads who has leave under which policy, and an opening balance in hours."""

    extra = (
        Field(
            "hours",
            default=None,
            label="Balance",
            also=(
                "opening balance",
                "hours available",
                "available",
                "available hours",
                "balance hours",
                "pto balance",
                "vacation balance",
                "sick balance",
                "hours",
            ),
            help="Hours of leave on the day of the balance",
        ).named("balance", "int"),
        Field(
            "date",
            default=None,
            label="As of",
            also=("balance date", "as of date", "date"),
            help="The day of the balance; what accrued until then is in it; today if blank",
        ).named("as_of", "date"),
    )
    keys = (("person_id", "policy_id"),)
    fills = ("opened_on",)
    # The export's balance is of the entries, which an import does not bring.
    later = ("booked",)
    restores = ("opened_on",)

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._opened = 0

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Say since when a balance counts; refuse a debt beyond what the policy allows ahead."""
        for row in rows:
            balance = row.extra.get("balance")
            # A blank cell says nothing; a zero says that nothing is left of what accrued.
            if balance is None:
                continue
            row.values["opened_on"] = row.extra.get("as_of") or str(self.office.today)
            debt = -balance
            if debt <= 0:
                continue
            policy = self.office.get(LeavePolicy, row.values["policy_id"])
            if debt > policy.ahead:
                why = (
                    f"is below zero, and the policy allows {hours(policy.ahead)} ahead; "
                    f'officeops leave-policy edit "{policy.name}" --ahead {hours(debt)}'
                )
                yield row, "balance", Reason(why, code="out-of-range")

    def added(self, rows: list[Row]) -> None:
        """Book the balances of new enrollments."""
        for row in rows:
            minutes = row.extra.get("balance")
            if minutes is None:
                continue
            enrollment = self.office.get(LeaveEnrollment, row.id)
            bring(self.office, enrollment, minutes, date.fromisoformat(row.values["opened_on"]))
            self._opened += 1

    def finish(self) -> Iterable[str]:
        """Say how many balances were booked."""
        if self._opened:
            yield f"{count(self._opened, 'opening balance')} booked."
