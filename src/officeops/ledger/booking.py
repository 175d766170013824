"""Booking: entries in, out and across accounts; a debt is repaid first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from officeops.ledger.accounts import Accounts
from officeops.ledger.chain import Chains
from officeops.ledger.counted import Begun
from officeops.ledger.limits import Limits, Posting
from officeops.ledger.refusals import BookingRefusals
from officeops.model.about import columns_of
from officeops.model.immutable import Value
from officeops.model.ledger.declaration import REPAY, TRANSFER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.ledger.accounts import Account, Portion
    from officeops.model.about import Kept, Subject
    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any
    About = Kept | Subject | None
    Fields = Mapping[str, Any]


class Draft(Value):
    """An entry that is about to be booked: its amount, its day and its other fields."""

    amount: int
    day: date
    fields: Fields


def debts(by_day: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """Return which days owe how much, from the amounts of each day in order.

    What a later day gives back is not owed.
    """
    amounts = list(by_day)
    left = -sum(amount for _, amount in amounts)
    total = 0
    owed = []
    for day, amount in amounts:
        total += amount
        here = min(-total, left)
        if here > 0:
            owed.append((day, here))
            total += here
            left -= here
    return owed


class Bookings:
    """Books the entries of a ledger, each within the limits of its account."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office
        self._accounts = Accounts(ledger, office)
        self._limits = Limits(ledger, office)
        self._refusals = BookingRefusals(ledger, office)
        self._record = office.records[ledger.meta.key]

    def post(
        self,
        amount: int,
        day: date,
        source: str | None,
        about: About,
        fields: Fields,
    ) -> Entry:
        """Book one entry, once for its source, and repay a debt with it. Raises Refused."""
        self._refusals.refuse_zero(amount)
        self._refusals.refuse_account(fields)
        attempt = 0
        if source is not None:
            booked = Chains(self._ledger, self._office).booked_for(source)
            if booked is not None:
                self._refusals.refuse_other(booked, amount, day, fields)
                return booked
            attempt = self._attempts(source)
        draft = Draft(amount, day, {**fields, "source": source, "attempt": attempt})
        if amount < 0:
            self._hold_limits([draft])
        entry = self._book(draft, about)
        if amount > 0:
            self._repay(entry)
        return entry

    def take(
        self,
        amount: int,
        day: date,
        about: About,
        fields: Fields,
    ) -> list[Entry]:
        """Book what goes out, lot by lot; what the lots lack as far as the floor allows.

        Raises Refused.
        """
        self._refusals.refuse_account(fields)
        drafts = []
        for lot, some in self._portions(amount, day, fields):
            of_lot = self._of_lot(fields, lot)
            drafts.append(Draft(-some, day, of_lot))
        self._hold_limits(drafts)
        entries: list[Entry] = []
        for draft in drafts:
            entries.append(self._book(draft, about, entries))
        return entries

    def transfer(
        self,
        amount: int,
        day: date,
        out_of: Mapping[str, int | None],
        into: Mapping[str, int | None],
        about: About,
        fields: Fields,
    ) -> list[Entry]:
        """Book an amount out of one account and into another, lot by lot. Raises Refused."""
        fields = {"kind": TRANSFER, **fields}
        entries: list[Entry] = []
        leaving, arriving = {**fields, **out_of}, {**fields, **into}
        self._refusals.refuse_account(leaving)
        self._refusals.refuse_account(arriving)
        self._refusals.refuse_same(leaving, arriving)
        for lot, some in self._portions(amount, day, leaving):
            of_lot = self._of_lot(fields, lot)
            out = Draft(-some, day, {**of_lot, **out_of})
            back_in = Draft(some, day, {**of_lot, **into})
            self._refusals.refuse_same(out.fields, back_in.fields)
            self._hold_limits([out])
            for draft in (out, back_in):
                entries.append(self._book(draft, about, entries))
        return entries

    def move_balances(self, column: str, gone: int, keep: int) -> None:
        """Book each balance of a record into the same account of another, by a pair of entries.

        No limit is asked: the amount, also one below zero, is the office's as before.
        """
        ledger = self._ledger
        if column not in ledger.keys:
            return
        keys = ", ".join(ledger.keys)
        sql = (
            f"SELECT {ledger.amount}, {keys} FROM {ledger.balance_table} "
            f"WHERE {column} = ? AND {ledger.amount} <> 0"
        )
        today = self._office.today
        for amount, *account in self._office.rows(sql, gone):
            fields = {"kind": TRANSFER, **dict(zip(ledger.keys, account, strict=True))}
            out = self._book(Draft(-amount, today, fields), None)
            self._book(Draft(amount, today, {**fields, column: keep}), None, [out])

    # -- lots -------------------------------------------------------------------------------------

    def _portions(self, amount: int, day: date, fields: Fields) -> list[Portion]:
        """Return the portions to take: of the lot that is named, else as the lots end.

        Raises Refused where there is less, and nothing may be taken ahead.
        """
        self._refusals.refuse_below_one(amount)
        lots = self._ledger.lots
        if lots and lots.by in fields:
            return [(fields[lots.by], amount)]
        account = self._account(fields)
        left = amount
        chosen: list[Portion] = []
        for lot, available in self._accounts.portions(account, day, usable=True):
            if left:
                some = min(available, left)
                chosen.append((lot, some))
                left -= some
        if not left:
            return chosen
        if self._ledger.floor is None:
            self._refusals.refuse_shortfall(account, amount, amount - left)
        # The rest is taken ahead, outside the lots, in one entry with the amount there.
        if chosen and chosen[-1][0] is None:
            left += chosen.pop()[1]
        return [*chosen, (None, left)]

    def _of_lot(self, fields: Fields, lot: int | None) -> dict[str, Any]:
        if self._ledger.lots is None:
            return dict(fields)
        return {**fields, self._ledger.lots.by: lot}

    # -- entries ----------------------------------------------------------------------------------

    def _book(
        self,
        draft: Draft,
        about: About,
        group: Sequence[Entry] = (),
    ) -> Entry:
        """Write one entry, of the group of those written before it.

        An entry of a day that a count includes is history.
        """
        values = dict(draft.fields)
        values[self._ledger.amount] = draft.amount
        values["day"] = draft.day
        values.setdefault("group_id", None)
        if group:
            values["group_id"] = group[0].id
        if about is not None:
            values |= columns_of(about)
        if self._ledger.counts:
            values["history"] = self._is_history(draft)
        return self._office.add(self._record(**values))

    def _is_history(self, draft: Draft) -> bool:
        """Whether a count includes what an entry says, so that it changes no balance."""
        if not self._ledger.counts:
            return False
        given: bool | None = draft.fields.get("history")
        if given is not None:
            return given
        if draft.day >= self._office.today:
            return False
        keys = self._account(draft.fields).values()
        first_day = Begun(self._ledger, self._office).begins(*keys)
        return draft.day.isoformat() < first_day

    def _repay(self, entry: Entry) -> None:
        """Repay debts outside the lots from an entry that came into one, the earliest first.

        Each is repaid on its own day, or on that of the entry if that is later; a lot that has
        ended by then repays nothing.
        """
        lots = self._ledger.lots
        lot = self._ledger.lot_of(entry)
        if lots is None or lot is None or not self._ledger.floor:
            return
        account = self._ledger.account_of(entry)
        same = {**account, "kind": REPAY, "group_id": entry.group_id or entry.id}
        for owed_on, owed in self._debts(account, lots.by):
            day = max(entry.day, owed_on)
            portions = self._accounts.portions(account, day, usable=True)
            amount = min(owed, dict(portions).get(lot, 0))
            if amount > 0:
                out_of_lot = Draft(-amount, day, {**same, lots.by: lot})
                into_debt = Draft(amount, day, {**same, lots.by: None})
                self._book(out_of_lot, None)
                self._book(into_debt, None)

    def _debts(self, account: Account, lot: str) -> list[tuple[date, int]]:
        """Return the days on which an account went below zero outside its lots, and how far."""
        where = " AND ".join(f"{key} = ?" for key in account)
        sql = f"""
        SELECT day, sum({self._ledger.amount}) FROM {self._ledger.table}
        WHERE {where} AND {lot} IS NULL GROUP BY day ORDER BY day"""
        rows = [
            (date.fromisoformat(day), amount)
            for day, amount in self._office.rows(sql, *account.values())
        ]
        return debts(rows)

    def _attempts(self, source: str) -> int:
        """Return how many times a source was booked."""
        sql = f"SELECT ifnull(max(attempt) + 1, 0) FROM {self._ledger.table} WHERE source = ?"
        attempts: int = self._office.value(sql, source)
        return attempts

    def _account(self, fields: Fields) -> dict[str, int]:
        return {key: fields[key] for key in self._ledger.of}

    # -- limits ------------------------------------------------------------------------------------

    def _hold_limits(self, drafts: list[Draft]) -> None:
        """Raise Refused for a take of more than there is, before it is booked."""
        live = [draft for draft in drafts if not self._is_history(draft)]
        self._limits.hold(map(self._posting, live), booked=False)

    def _posting(self, draft: Draft) -> Posting:
        lots = self._ledger.lots
        lot = draft.fields.get(lots.by) if lots else None
        account = self._account(draft.fields)
        return Posting(account, lot, draft.day, draft.amount)
