"""Posting: what the rules book goes into the office's ledger, each step once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.leave.entry import LeaveEntry, LeaveGrant
from officeops_hr.leave.stored_book import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office
    from officeops_hr.leave.account import Account
    from officeops_hr.leave.rules.book import Entry, Lot


def due_entries(
    account: Account,
    until: date,
    *,
    with_year_end: bool = False,
) -> list[Entry]:
    """Return the entries due through a day; without a year's end, only those before it.

    The order of the rules holds in the ledger too, so accruals wait for a year that nobody closed;
    balances have both all the same.
    """
    # On a copy: the account is asked for its balance afterwards.
    booked = account.running_to(until)(account.book.copy())
    due = []
    for entry in booked:
        if is_year_end(entry) and not with_year_end:
            break
        due.append(entry)
    return due


def is_year_end(entry: Entry) -> bool:
    """Whether an entry is of the end of a leave year."""
    return entry.source.startswith("year-end:")


def post(
    office: Office,
    account: Account,
    entries: Iterable[Entry],
) -> int:
    """Book entries in the ledger inside the action that is open; return how many there were."""
    numbers: dict[str, int] = {}
    for entry in entries:
        # The ledger repays a debt by itself.
        if entry.kind == "repay":
            continue
        number = numbers.get(entry.source, 0)
        numbers[entry.source] = number + 1
        LeaveEntry.ledger.post(
            office,
            entry.minutes,
            entry.day,
            source=source_of(account.person_id, account.policy.id, entry.source, number),
            kind=entry.kind,
            person_id=account.person_id,
            policy_id=account.policy.id,
            grant_id=grant_of(office, account, entry.lot),
        )
    return sum(numbers.values())


def grant_of(
    office: Office,
    account: Account,
    lot: Lot | None,
) -> int | None:
    """Return the grant of a lot, which is added where it is new; None outside the lots."""
    if lot is None:
        return None
    where = "person_id = ? AND policy_id = ? AND name = ?"
    grant = office.first(LeaveGrant, where, account.person_id, account.policy.id, lot.name)
    if grant is None:
        new = LeaveGrant(
            person_id=account.person_id,
            policy_id=account.policy.id,
            name=lot.name,
            expires_on=lot.ends,
        )
        grant = office.add(new)
    return grant.id
