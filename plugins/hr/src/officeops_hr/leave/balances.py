"""Balances: what people have on a day, by policy, with all that is due until then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.leave.account import accounts
from officeops_hr.leave.rules.book import Entry, lapsed_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_hr.leave.account import Account
    from officeops_hr.leave.rules.book import Book

_DAY: Final = timedelta(days=1)


class Balance(Value):
    """Somebody's balance under a policy on a day, in minutes.

    `projected` is the part that no entry has yet: what accrues until the day, and ends of years.
    `promised` are days that are approved and after the day.
    """

    account: Account
    day: date
    minutes: int
    projected: int
    promised: int


def balances(
    office: Office,
    day: date,
    *,
    person_id: int | None = None,
    policy_id: int | None = None,
) -> Iterator[Balance]:
    """Yield the balances on a day of a person or of all, as far as they are within reach."""
    for account in accounts(office, person_id=person_id, policy_id=policy_id):
        if account.has_balance:
            yield balance_of(account, day)


def balance_of(account: Account, day: date) -> Balance:
    """Return the balance of an account on a day."""
    minutes = account.balance(day)
    promised = 0
    # Canceled days have an opposite of the same kind, and come to nothing.
    for entry in account.book.entries:
        if entry.kind == "take" and entry.day > day:
            promised -= entry.minutes
    return Balance(account, day, minutes, minutes - account.book.balance(day), promised)


def statement(account: Account, until: date) -> Iterator[tuple[Entry, int, bool]]:
    """Yield the entries of an account through a day, each with the balance then and if it is due.

    Due entries are not in the ledger yet: the next night or the year's end books them. Leave that
    was carried over lapses on its own day, though the year's end books that: it is listed there.
    """
    book = account.book.copy()
    due = account.running_to(until)(book)
    # By identity: two entries of one day may be alike.
    new = set(map(id, due))
    lapsing = list(_lapsing(book, until))
    new.update(map(id, lapsing))
    booked = [entry for entry in book.entries if entry.day <= until]
    for entry in sorted([*booked, *lapsing], key=_listed_on):
        day = _listed_on(entry)
        yield entry._replace(day=day), book.balance(day), id(entry) in new


def _listed_on(entry: Entry) -> date:
    return lapsed_on(entry) or entry.day


def _lapsing(book: Book, until: date) -> Iterator[Entry]:
    """Yield the ends of lots that ended by a day, and that no year's end has let go of yet."""
    for lot, minutes in book.ended(until).items():
        if lot.ends is not None:
            yield Entry(lot.ends + _DAY, -minutes, "expire", lot)
