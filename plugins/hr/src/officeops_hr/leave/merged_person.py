"""Merged person: what leave has to say once two people are one, since both halves accrued and took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values import wording
from officeops_hr.leave.account import accounts
from officeops_hr.leave.amounts import hours, span
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.merge_clashes import of_same_days
from officeops_hr.leave.request import LeaveRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.leave.account import Account
    from officeops_hr.people.person import Person

_OWN: Final = """
SELECT ifnull(sum(e.minutes), 0) FROM hr_leave_entry e
LEFT JOIN hr_leave_entry r ON r.id = e.reverses_id
WHERE e.person_id = ? AND e.policy_id = ? AND 'transfer' NOT IN (e.kind, ifnull(r.kind, ''))
"""
#: Entries stay with the record that goes, so they say whose a request was.
_TAKEN: Final = """
SELECT DISTINCT about_id FROM hr_leave_entry
WHERE person_id = ? AND about_key = 'hr.leave-request' ORDER BY about_id
"""
_OF_REQUEST: Final = "about_key = 'hr.leave-request' AND about_id = ? AND reverses_id IS NULL"


def remarks(office: Office, person: Person, gone: Person) -> Iterator[str]:
    """Yield balances that both halves have, and leave of the past that both took."""
    for account in accounts(office, person_id=person.id):
        yield from _of_balance(office, account, person, gone)
    yield from _of_leave(office, person, gone)


def _of_balance(
    office: Office,
    account: Account,
    person: Person,
    gone: Person,
) -> Iterator[str]:
    theirs, own = (
        int(office.value(_OWN, one.id, account.policy.id) or 0) for one in (gone, person)
    )
    if not (account.has_balance and theirs and own):
        return
    enrollment = office.value(
        "SELECT id FROM hr_leave_enrollment "
        "WHERE person_id = ? AND policy_id = ? AND archived_at IS NULL",
        person.id,
        account.policy.id,
    )
    yield (
        f"{account.policy.name}: {hours(theirs)} of {gone.human_key} came to the {hours(own)} of "
        f"{person.human_key}. What both got for the same time counts twice until you take it away: "
        f"officeops leave-enrollment adjust #{enrollment} --by -HOURS --note WHY."
    )


def _of_leave(office: Office, person: Person, gone: Person) -> Iterator[str]:
    numbers = [number for (number,) in office.rows(_TAKEN, gone.id)]
    for number in numbers:
        request = office.get(LeaveRequest, number)
        for other in of_same_days(office, request, person.id):
            entries = _counting(office, request)
            # Two that were of one record before are two leaves.
            if other.id in numbers or not entries:
                continue
            days = span(request.first_day, request.until)
            first, *rest = entries
            so_too = f", and so {wording.listing(rest)}" if rest else ""
            yield (
                f"{request.human_key} of {days} shares days with {other.human_key}. If that is one "
                f"leave, it counts twice until you take one back: "
                f"officeops leave-entry reverse {first} --note WHY{so_too}."
            )


def _counting(office: Office, request: LeaveRequest) -> list[str]:
    """Return the entries of a request that count, as people type them."""
    sources = LeaveEntry.ledger.sources(office)
    entries = office.all(LeaveEntry, _OF_REQUEST, request.id, order="id")
    return [f"#{entry.id}" for entry in entries if sources.counts(entry.id)]
