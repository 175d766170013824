"""BookingRefusals: refuses a booking for its amount, its account or its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from officeops.ledger.accounts import Accounts
from officeops.model.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from officeops.ledger.accounts import Account
    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    Fields = Mapping[str, Any]


class BookingRefusals:
    """Refuses bookings that no balance is needed for: each method raises Refused."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office
        self._accounts = Accounts(ledger, office)
        self._meta = ledger.meta
        self._record = office.records[ledger.meta.key]

    def refuse_zero(self, amount: int) -> None:
        """Refuse an entry of nothing."""
        if not amount:
            why = "must not be 0: above 0 it comes in, below 0 it leaves"
            raise Refused([Problem(why, self._ledger.amount, code="out-of-range")])

    def refuse_below_one(self, amount: int) -> None:
        """Refuse to take or transfer an amount below one."""
        if amount < 1:
            problem = Problem(
                "must be 1 or more",
                self._ledger.amount,
                code="out-of-range",
                facts={"minimum": 1},
            )
            raise Refused([problem])

    def refuse_account(self, fields: Fields) -> None:
        """Refuse fields that do not name an account, or one out of reach.

        That is before another refusal says how much an account has.
        """
        problems = list(self._missing(fields))
        if not problems and self._meta.scope is not None:
            # The entry is not made yet, and the scope needs only its account.
            blank = {field.name: None for field in self._meta.fields}
            entry = self._record.from_values({**blank, **self._account(fields)})
            problems = list(self._office.whose(entry))
        if problems:
            raise Refused(problems, self._meta.label)

    def refuse_same(self, leaving: Fields, arriving: Fields) -> None:
        """Refuse a transfer to the account, and the lot, that it comes from."""
        for key in self._ledger.keys:
            if leaving.get(key) != arriving.get(key):
                return
        account = self._account(leaving)
        why = "the amount would go where it comes from; name another account to transfer it to"
        problem = Problem(why, code="nothing-to-do")
        raise Refused([problem], self._accounts.name(account))

    def refuse_other(self, booked: Any, amount: int, day: date, fields: Fields) -> None:  # noqa: ANN401 - an entry
        """Refuse to book a source that was booked as something else."""
        wanted = {key: fields.get(key) for key in self._ledger.keys}
        wanted |= {self._ledger.amount: amount, "day": day}
        if all(getattr(booked, name) == value for name, value in wanted.items()):
            return
        was, facts = f"{booked.source} was booked already", {}
        # Beyond the person's reach the refusal tells nothing of the entry.
        if self._office.in_reach(self._record, booked.id):
            amount = self._ledger.amount_of(booked)
            was += f", as entry #{booked.id}: {self._accounts.shown(amount)} on {booked.day}"
            facts = {"id": booked.id}
        problem = Problem(was, "source", code="contradicts-record", facts=facts)
        raise Refused([problem])

    def refuse_shortfall(
        self,
        account: Account,
        wanted: int,
        available: int,
    ) -> NoReturn:
        """Refuse to take more than there is, where nothing may be taken ahead."""
        shown = self._accounts.shown
        problem = Problem(
            f"only {shown(available)} can be taken, not {shown(wanted)}",
            self._ledger.amount,
            code="below-floor",
            facts={"balance": available, "wanted": wanted},
        )
        raise Refused([problem], self._accounts.name(account))

    def _missing(self, fields: Fields) -> Iterator[Problem]:
        for key in self._ledger.of:
            if fields.get(key) is None:
                name = self._meta.by_name[key].public_name
                yield Problem("is needed", name, code="needed")

    def _account(self, fields: Fields) -> dict[str, int]:
        return {key: fields[key] for key in self._ledger.of}
