"""Hours worked: what somebody worked until a day, for leave that accrues by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_ACCRUED = """
SELECT 1 FROM hr_leave_entry e WHERE e.person_id = ? AND e.source LIKE '%:worked:' || ? || '#%'
"""


class HoursWorked(
    Record,
    key="hr.hours-worked",
    plural="Hours worked",
    display="ends_on",
    sort="person,-ends_on",
    unique_together=(("person_id", "ends_on"),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """The hours that somebody worked in a pay period."""

    person_id: int = ref("hr.person", list_rank=1, also=("employee", "employee name"))
    ends_on: date = field(
        list_rank=1, label="Until", also=("period end", "pay period end", "week ending")
    )
    worked: int = field(
        kind="hours", minimum=0, list_rank=2, also=("hours", "hours worked", "total hours")
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a change of hours for which leave was booked."""
        if not self.id:
            return
        before = office.get(HoursWorked, self.id)
        # The next accrual counts from the total, so a change would be booked twice or never.
        same = (before.person_id, before.worked) == (self.person_id, self.worked)
        if not same and office.value(_ACCRUED, before.person_id, str(self.id)):
            why = "has leave booked for it; reverse that leave entry, and adjust the leave"
            yield Problem(why, "worked", code="not-allowed-here")
