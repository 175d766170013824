"""Limits: how low the accounts of a ledger may go, and the refusal of anything lower."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.ledger.accounts import Accounts
from officeops.model.declarations import named
from officeops.model.errors import Problem, Refused
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops.ledger.accounts import Account
    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any


class Posting(Value):
    """The amount that entries add to an account: to a lot of it, or outside its lots."""

    account: Account
    lot: int | None
    day: date
    amount: int

    def plus(self, other: Posting) -> Posting:
        """Add another posting to the same account, from the earlier day on."""
        day = min(self.day, other.day)
        return Posting(self.account, self.lot, day, self.amount + other.amount)


def posting_of(ledger: LedgerDeclaration, entry: Entry) -> Posting:
    """Return what an entry adds to its account."""
    account, lot = ledger.account_of(entry), ledger.lot_of(entry)
    return Posting(account, lot, entry.day, ledger.amount_of(entry))


class Limits:
    """The least that each account of a ledger may come to.

    A lot never goes below zero, an account outside its lots never below its floor.
    """

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office
        self._accounts = Accounts(ledger, office)

    def hold(self, postings: Iterable[Posting], *, booked: bool) -> None:
        """Raise Refused for the first posting that leaves too little.

        By day, every day from its own on counts. `booked` says whether the postings are in the
        ledger already.
        """
        for posting in postings:
            floor = self.floor(posting.account, posting.lot)
            least = self._accounts.least(posting.account, posting.lot, posting.day)
            if not booked:
                least += posting.amount
            if least < floor:
                raise self._refusal(posting, least, floor, back=booked)

    def floor(self, account: Account, lot: int | None) -> int:
        """Return the least that a lot of an account, or what has no lot, may come to."""
        if self._ledger.floor is None or lot is not None:
            return 0
        return self._ledger.floor(self._office, account)

    def _refusal(
        self,
        posting: Posting,
        least: int,
        floor: int,
        *,
        back: bool,
    ) -> Exception:
        """Return the refusal in the plugin's own words, or the general one."""
        shortage = self._ledger.shortage
        if shortage:
            # By name, so that a declaration imports no code that only refusals need.
            refusal_of = named(shortage) if isinstance(shortage, str) else shortage
            wanted = -posting.amount
            on_hand = least + wanted
            refusal: Exception = refusal_of(
                self._office, posting.account, posting.lot, wanted, on_hand, back
            )
            return refusal
        of_lot = ""
        if posting.lot is not None and self._ledger.lots:
            of_lot = f" of {self._accounts.label(self._ledger.lots.by, posting.lot)}"
        shown = self._accounts.shown
        problem = Problem(
            f"would leave {shown(least)}{of_lot}; the least is {shown(floor)}",
            self._ledger.amount,
            code="below-floor",
            facts={"balance": least, "minimum": floor},
        )
        return Refused([problem], self._accounts.name(posting.account))
