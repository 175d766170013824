"""Payroll: the hours and the leave of some weeks, a row a person, and who gets other pay."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.people.person import Person
from officeops_hr.worked.paid_time import RATES, PaidTime
from officeops_hr.worked.pay_changes import pay_changes
from officeops_hr.worked.pay_week import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Office
    from officeops_hr.worked.pay_changes import PayChange

_IN_WEEKS: Final = "handed_over BETWEEN ? AND ?"
_LEAVE: Final = """
SELECT e.person_id, e.policy_id, -sum(e.minutes) FROM hr_leave_entry e
WHERE e.about_key = 'hr.leave-request' AND e.day BETWEEN ? AND ?
GROUP BY e.person_id, e.policy_id HAVING sum(e.minutes) <> 0
"""


class PayrollRow(Value):
    """What the payroll gets of one person: minutes by rate, of corrections, and of leave by policy."""

    person_id: int
    number: str | None
    person: str
    rates: Mapping[str, int]
    corrections: int
    leave: Mapping[int, int]
    new_pay: PayChange | None


def payroll_rows(
    office: Office,
    first: date,
    last: date,
) -> list[PayrollRow]:
    """Return the rows of the weeks that begin from `first` to `last`, by name."""
    until = last + LAST_DAY
    # Only paid time: a week that is open may change yet.
    rates: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(RATES, 0))
    corrections: dict[int, int] = defaultdict(int)
    for row in office.all(
        PaidTime,
        _IN_WEEKS,
        first.isoformat(),
        last.isoformat(),
    ):
        rates[row.person_id][row.rate] += row.minutes
        if row.week != row.handed_over:
            corrections[row.person_id] += row.minutes
    # Leave has a ledger of its own, and canceled days come to nothing there.
    leave: dict[int, dict[int, int]] = defaultdict(dict)
    for person, policy, minutes in office.rows(
        _LEAVE,
        first.isoformat(),
        until.isoformat(),
    ):
        leave[person][policy] = minutes
    changed = pay_changes(
        office,
        first,
        until,
    )
    rows = []
    # Who was off for all of the weeks is paid too.
    for person in {*rates, *leave, *changed}:
        about = office.get(Person, person)
        paid = PayrollRow(
            person_id=person,
            number=about.number,
            person=about.name,
            rates=dict(rates[person]),
            corrections=corrections[person],
            leave=leave[person],
            new_pay=changed.get(person),
        )
        rows.append(paid)
    return sorted(rows, key=lambda row: (row.person, row.number or ""))


def policies(office: Office) -> dict[int, str]:
    """Return the names of the kinds of leave, by number."""
    return {policy.id: policy.name for policy in office.all(LeavePolicy)}
