"""Leave of people from a file, with the balances that they bring, under everyday headers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Field, Reason
from officeops.exchange import Importer, Row
from officeops.values.wording import count
from officeops_hr.leave.account import account_of
from officeops_hr.leave.balance_actions import book
from officeops_hr.leave.enrollment import LeaveEnrollment

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
    # The export's balance is of the entries, which an import does not bring.
    later = ("booked",)

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._opened = 0

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse a balance below zero, which an adjustment enters with its reason."""
        for row in rows:
            if (row.extra.get("balance") or 0) < 0:
                why = "is below zero; import 0 and adjust it"
                yield row, "balance", Reason(why, code="out-of-range")

    def added(self, rows: list[Row]) -> None:
        """Book the balances of new enrollments."""
        for row in rows:
            minutes = row.extra.get("balance")
            if not minutes:
                continue
            account = account_of(self.office, self.office.get(LeaveEnrollment, row.id))
            day = row.extra.get("as_of")
            on = date.fromisoformat(day) if day else self.office.today
            book(self.office, account, minutes, on, "opening", None)
            self._opened += 1

    def finish(self) -> Iterable[str]:
        """Say how many balances were booked."""
        if self._opened:
            yield f"{count(self._opened, 'opening balance')} booked."
