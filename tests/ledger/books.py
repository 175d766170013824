"""The two ledgers of the tests in one shape: an account, its lots, and a slow model of both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from officeops.ledger.chain import Chains

if TYPE_CHECKING:
    from officeops.office.office import Office

#: A record of the plugin of these tests, which is loaded by name.
Any_: TypeAlias = Any
#: The first day of the tests; days are counted from it. Today is later than any.
START = date(2026, 1, 1)
#: A lot is good for so many days, or for ever.
GOOD_FOR = (5, 10, 20, None)


def day(number: int) -> date:
    return START + timedelta(days=number)


class Books:
    """One account of a ledger, with the lots that it may have amounts of."""

    def __init__(self, office: Office, kind: str, number: int, *, ahead: int = 0) -> None:
        self.office, self.kind, self.ahead = office, kind, ahead
        with office.acting("ledgers.test.begin"):
            if kind == "leave":
                person = self._new("holder", name=f"Person {number}", ahead=ahead)
                leave_type = self._new("leave-type", name=f"Leave {number}")
                self.account = {"person_id": person.id, "type_id": leave_type.id}
            else:
                thing = self._new("thing", name=f"Thing {number}")
                shelf = self._new("shelf", name=f"Shelf {number}")
                self.account = {"thing_id": thing.id, "shelf_id": shelf.id}
            noun = "off-grant" if kind == "leave" else "batch"
            self.lots = []
            for index, good in enumerate(GOOD_FOR):
                ends = None if good is None else day(good)
                self.lots.append(self._new(noun, name=f"Lot {number}-{index}", expires_on=ends))
        self.entry: Any_ = office.record("off-entry" if kind == "leave" else "shelf-move")
        #: Its declaration, which a record knows as less than it is.
        self.ledger: Any_ = self.entry.__dict__["ledger"]
        self.lot_column: str = self.ledger.lots.by

    def _new(self, noun: str, **values: object) -> Any_:
        return self.office.add(self.office.record(noun)(**values))

    # -- what a person does -----------------------------------------------------------------------

    def post(self, amount: int, number: int, lot: int | None = None, **more: Any_) -> Any_:
        fields = {**self.account, self.lot_column: None if lot is None else self.lots[lot].id}
        with self.office.acting("ledgers.test.post"):
            return self.ledger.post(self.office, amount, day(number), **fields, **more)

    def take(self, amount: int, number: int) -> list[Any_]:
        with self.office.acting("ledgers.test.take"):
            taken: list[Any_] = self.ledger.take(self.office, amount, day(number), **self.account)
        return taken

    def reverse(self, entry_id: int) -> None:
        with self.office.acting("ledgers.test.reverse"):
            entry = self.office.get(self.entry, entry_id)
            self.ledger.reverse(self.office, entry, note="wrong")

    # -- what is there ----------------------------------------------------------------------------

    def entries(self) -> list[Any_]:
        where = " AND ".join(f"{key} = ?" for key in self.account)
        return [*self.office.all(self.entry, where, *self.account.values())]

    def balance(self, **how: Any_) -> int:
        return int(self.ledger.balance(self.office, **{"usable": False, **how}, **self.account))

    def amount(self, entry: Any_) -> int:
        return int(getattr(entry, self.ledger.amount))

    def lot(self, entry: Any_) -> int | None:
        lot_id: int | None = getattr(entry, self.lot_column)
        return lot_id

    # -- the slow model ---------------------------------------------------------------------------

    def model_least(self, lot: int | None, since: date | None) -> int:
        """Return the least a lot comes to from a day on; with no days, what it comes to at all."""
        entries = [entry for entry in self.entries() if self.lot(entry) == lot]
        if since is None or not self.ledger.by_day:
            return sum(map(self.amount, entries))
        days = {since, *(entry.day for entry in entries if entry.day >= since)}
        return min(self._until(entries, last) for last in days)

    def _until(self, entries: list[Any_], last: date) -> int:
        return sum(self.amount(entry) for entry in entries if entry.day <= last)

    def model_take(self, amount: int, when: date) -> list[tuple[int | None, int]] | None:
        """Return the lots and amounts that a take has to be of; None where there is too little."""
        good = [lot for lot in self.lots if lot.expires_on is None or lot.expires_on >= when]
        good.sort(key=lambda lot: (lot.expires_on or date.max, lot.id))
        taken: list[tuple[int | None, int]] = []
        for lot in good:
            some = min(amount, max(self.model_least(lot.id, when), 0))
            if some:
                taken.append((lot.id, some))
                amount -= some
        if amount and self.model_least(None, when) - amount < -self.ahead:
            return None
        return [*taken, (None, amount)] if amount else taken

    def _sources_must_agree(self) -> None:
        """Assert that all entries read at once say what each says followed by itself."""
        sources, chains = self.ledger.sources(self.office), Chains(self.ledger, self.office)
        for entry in self.entries():
            if entry.reverses_id:
                continue
            chain = chains.of(entry)
            assert sources.counts(entry.id) == chain.counts
            assert sources.is_undone(entry.id) == chain.is_undone
            if entry.source and not chain.is_undone:
                assert sources.attempt(entry.source) == entry.attempt
            elif entry.source and chains.booked_for(entry.source) is None:
                assert sources.attempt(entry.source) > entry.attempt

    def must_be_in_order(self) -> None:
        """Assert what holds after every step."""
        assert [*self.ledger.problems(self.office)] == []
        assert self.balance() == sum(map(self.amount, self.entries()))
        self._sources_must_agree()
        ends = {lot.id: lot.expires_on for lot in self.lots}
        for lot in (*ends, None):
            least = -self.ahead if lot is None else 0
            assert self.model_least(lot, START if self.ledger.by_day else None) >= least
        for entry in self.entries():
            end = ends.get(self.lot(entry))
            if entry.kind == "out":
                assert end is None or end >= entry.day
