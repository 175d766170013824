"""Reversals: a person takes back a whole group of entries, undo the entries of its action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.ledger.accounts import Accounts
from officeops.ledger.chain import UNDO, Chains
from officeops.ledger.counted import CountHistory
from officeops.ledger.limits import Limits, posting_of
from officeops.ledger.merged_accounts import MergedAccounts
from officeops.model.errors import Reason, Refused, problem_of
from officeops.model.ledger.declaration import REVERSAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.ledger.chain import Chain
    from officeops.ledger.limits import Posting
    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any


class Reversals:
    """Takes entries of a ledger back by booking their opposites, as far as counts and limits allow."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office
        self._accounts = Accounts(ledger, office)
        self._chains = Chains(ledger, office)
        self._counts = CountHistory(ledger, office)
        self._limits = Limits(ledger, office)
        self._merged = MergedAccounts(ledger, office)
        self._record = office.records[ledger.meta.key]

    def why_not(self, entry: Entry, also: Iterable[Entry] = ()) -> Reason | None:
        """Return why an entry cannot be reversed, with its group and `also`, or None."""
        chain = self._chains.of(entry)
        if chain.takes_away:
            return Reason("it is itself a reversal; book the entry again", code="is-a-reversal")
        if not chain.is_as_after:
            return Reason("it was reversed already", code="reversed-already")
        group = [*self._chains.group(entry), *also]
        return self._beyond(group) or self._counted_in_part(group)

    def reverse(
        self,
        entry: Entry,
        note: str | None,
        also: Iterable[Entry] = (),
    ) -> list[Entry]:
        """Book the opposite of each entry of a group that counts, the last first.

        Raises Refused.
        """
        group = [*self._chains.group(entry), *also]
        if why := self.why_not(entry, also):
            raise Refused([problem_of(why)], self._named(entry))
        booked: list[Entry] = []
        for member in reversed(group):
            chain = self._chains.of(member)
            if chain.counts:
                opposite = self._reverse_one(chain, entry, note)
                booked.append(opposite)
        self._hold_limits([*booked, *self._merged.carry(booked)])
        return booked

    def undo(self, entries: Iterable[Entry]) -> None:
        """Take entries back, or book them again, as undo and redo do.

        An account may fall short on the way, never at the end. Raises Refused.
        """
        booked = []
        entries = [*entries]
        if why := self._beyond(entries):
            raise Refused([problem_of(why)], self._ledger.meta.label)
        self._merged.refuse_moved(entries)
        for entry in entries:
            chain = self._chains.of(entry)
            self._refuse_counted(entry)
            self._refuse_changed(entry, chain)
            opposite = self._undo_one(entry, chain)
            booked.append(opposite)
        self._hold_limits([*booked, *self._merged.carry(booked)])

    # -- one entry --------------------------------------------------------------------------------

    def _reverse_one(self, chain: Chain, entry: Entry, note: str | None) -> Entry:
        """Reverse one chain of the group of `entry`.

        What a count has seen stays as counted: its reversal is history. Raises Refused for an
        entry that other entries rest on.
        """
        if self._counts.relied_on(chain.first):
            raise self._relied_on(entry)
        last = chain.last
        seen = ""
        if self._ledger.counts:
            seen = last.history or self._counts.counted_since(last)
        opposite = self._opposite(last)
        opposite["note"] = note
        return self._book(opposite, is_history=bool(seen))

    def _undo_one(self, entry: Entry, chain: Chain) -> Entry:
        """Take one entry back, or book it again where it took another back.

        An entry that changed no balance is taken back without changing any.
        """
        opposite = self._opposite(chain.last)
        if chain.takes_away:
            self._refuse_spent(chain.first)
            opposite["note"] = chain.first.note
        elif not chain.was_by_hand:
            opposite["source"] = f"{UNDO}{chain.last.id}"
        changed_nothing = self._ledger.counts and entry.history
        return self._book(opposite, is_history=bool(changed_nothing))

    def _opposite(self, entry: Entry) -> dict[str, Any]:
        """Return the values of an entry's opposite, on its day and in its group.

        It has no source and no note of its own yet.
        """
        values = {}
        for field in self._ledger.meta.fields:
            values[field.name] = getattr(entry, field.name)
        values |= {"source": None, "attempt": 0, "note": None}
        values["reverses_id"] = entry.id
        values["kind"] = self._kind_of_opposite(entry)
        values[self._ledger.amount] = -self._ledger.amount_of(entry)
        return values

    def _kind_of_opposite(self, entry: Entry) -> str:
        """Return the kind of an opposite: that of a reversal has the kind of the reversed entry."""
        if entry.kind != REVERSAL or not entry.reverses_id:
            return REVERSAL
        reversed_entry: Entry = self._office.get(self._record, entry.reverses_id)
        kind: str = reversed_entry.kind
        return kind

    def _book(self, values: dict[str, Any], *, is_history: bool) -> Entry:
        if self._ledger.counts:
            values["history"] = is_history
        return self._office.add_made(self._record(**values))

    # -- refusals ---------------------------------------------------------------------------------

    def _hold_limits(self, booked: list[Entry]) -> None:
        """Raise Refused where more was taken, all in all, than there is."""
        totals: dict[tuple[int | None, ...], Posting] = {}
        for entry in booked:
            if self._ledger.counts and entry.history:
                continue
            posting = posting_of(self._ledger, entry)
            key = (*posting.account.values(), posting.lot)
            before = totals.get(key)
            totals[key] = before.plus(posting) if before else posting
        taken = list(totals.values())
        # By day, what adds nothing in the end may still lack on a day between.
        if not self._ledger.by_day:
            taken = [total for total in taken if total.amount < 0]
        self._limits.hold(taken, booked=True)

    def _refuse_changed(self, entry: Entry, chain: Chain) -> None:
        """Raise Refused for an entry that was taken back, or booked again, since."""
        if not chain.is_as_after:
            done = "booked again" if chain.takes_away else "reversed"
            why = f"it was {done} since, as entry #{chain.last.id}"
            raise Refused(why, self._named(entry), code="changed-since")

    def _refuse_spent(self, entry: Entry) -> None:
        """Raise Refused for an entry that is booked again while another has its source."""
        other = self._chains.booked_for(entry.source) if entry.source else None
        if other is not None and other.id != entry.id:
            why = f"{entry.source} was booked since, as entry #{other.id}"
            raise Refused(why, self._named(entry), code="changed-since")

    def _refuse_counted(self, entry: Entry) -> None:
        """Raise Refused where a balance no longer rests on an entry that is to be undone."""
        if not self._ledger.counts:
            return
        if self._counts.relied_on(entry):
            raise self._relied_on(entry)
        day = "" if entry.history else self._counts.counted_since(entry)
        if day:
            why = (
                f"{self._account_name(entry)} was counted on {day}, after it; undo the count first"
            )
            raise self._counted_since(entry, why, day)

    def _beyond(self, group: list[Entry]) -> Reason | None:
        """Return why a group stays of which some accounts are out of reach, naming none of them."""
        if self._ledger.meta.scope is None:
            return None
        for entry in group:
            for problem in self._office.whose(entry):
                return problem.reason()
        return None

    def _counted_in_part(self, group: list[Entry]) -> Reason | None:
        """Return why a group stays of which some accounts were counted since, and others not.

        A count has seen what left, or arrived; reversing the rest alone would lose or make as much.
        """
        counted: dict[str, Entry] = {}
        not_counted = 0
        for entry in group:
            day = self._counts.counted_since(entry)
            if day:
                counted.setdefault(day, entry)
            else:
                not_counted += 1
        if not counted or not not_counted:
            return None
        day, entry = next(iter(counted.items()))
        why = f"{self._account_name(entry)} was counted on {day}, after it; carry it back instead"
        return Reason(why, code="counted-since", facts={"day": day})

    def _relied_on(self, entry: Entry) -> Refused:
        """Return the refusal of an opening or a count that entries of earlier days rest on."""
        why = "entries of the days before it changed nothing, because it includes them"
        return self._counted_since(entry, f"{why}; undo those first", str(entry.day))

    def _counted_since(self, entry: Entry, why: str, day: str) -> Refused:
        return Refused(why, self._named(entry), code="counted-since", facts={"day": day})

    # -- words ------------------------------------------------------------------------------------

    def _named(self, entry: Entry) -> str:
        return f"{self._ledger.meta.label} #{entry.id}"

    def _account_name(self, entry: Entry) -> str:
        account = self._ledger.account_of(entry)
        return self._accounts.name(account)
