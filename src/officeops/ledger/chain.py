"""Chains: an entry and what took it back, booked it again, and so on, each one the opposite.

Even places of a chain count, odd ones take away; its last place alone decides. A person reverses
whole groups, undo the entries of its action.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.ledger.accounts import label, must_hold, name
from officeops.ledger.counted import counted_since, relied_on
from officeops.model.errors import Reason, Refused, problem_of
from officeops.model.ledger.declaration import REVERSAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any

#: Before the id of the entry that an undo took back, as the source of what took it back.
UNDO = "undo:"


class Chain:
    """The chain that an entry is in: its entries, the first first, and the entry's place."""

    def __init__(self, ledger: LedgerDeclaration, office: Office, entry: Entry) -> None:
        record = office.records[ledger.meta.key]
        self.entries: list[Entry] = [entry]
        while before := self.entries[0].reverses_id:
            self.entries.insert(0, office.get(record, before))
        self.place = len(self.entries) - 1
        while after := office.first(record, "reverses_id = ?", self.entries[-1].id):
            self.entries.append(after)

    @property
    def first(self) -> Entry:
        """The entry that was booked, and is taken back or not."""
        return self.entries[0]

    @property
    def last(self) -> Entry:
        """The entry that decides."""
        return self.entries[-1]

    @property
    def counts(self) -> bool:
        """Whether its first entry counts now."""
        return len(self.entries) % 2 == 1

    @property
    def is_undone(self) -> bool:
        """Whether an undo took it back, so that its source is free."""
        return not self.counts and _by_undo(self.last)

    @property
    def is_as_after(self) -> bool:
        """Whether the chain counts now as it did after the entry."""
        return (len(self.entries) - 1 - self.place) % 2 == 0


def booked_for(ledger: LedgerDeclaration, office: Office, source: str) -> Entry | None:
    """Find the entry of a source that was not undone.

    One that was reversed by hand is there: no job books it once more.
    """
    for entry in office.all(office.records[ledger.meta.key], "source = ?", source):
        if not Chain(ledger, office, entry).is_undone:
            return entry
    return None


def members(ledger: LedgerDeclaration, office: Office, entry: Entry) -> Iterator[Entry]:
    """Yield the entries that are reversed together, the first first."""
    head = entry.group_id or Chain(ledger, office, entry).first.id
    record = office.records[ledger.meta.key]
    yield from office.all(record, "(id = ? OR group_id = ?) AND reverses_id IS NULL", head, head)


def why_not(
    ledger: LedgerDeclaration, office: Office, entry: Entry, also: Iterable[Entry] = ()
) -> Reason | None:
    """Return why an entry cannot be reversed, or None."""
    chain = Chain(ledger, office, entry)
    if chain.place % 2:
        return Reason("it is itself a reversal; book the entry again", code="is-a-reversal")
    if not chain.is_as_after:
        return Reason("it was reversed already", code="reversed-already")
    return _counted_in_part(ledger, office, [*members(ledger, office, entry), *also])


def reverse(
    ledger: LedgerDeclaration,
    office: Office,
    entry: Entry,
    note: str | None,
    also: Iterable[Entry] = (),
) -> list[Entry]:
    """Book the opposite of each entry of a group that counts, the last first."""
    group = [*members(ledger, office, entry), *also]
    if why := why_not(ledger, office, entry, also):
        raise Refused([problem_of(why)], f"{ledger.meta.label} #{entry.id}")
    booked: list[Entry] = []
    for member in reversed(group):
        chain = Chain(ledger, office, member)
        if not chain.counts:
            continue
        if relied_on(ledger, office, chain.first):
            raise _relied_on(ledger, entry)
        seen = (
            chain.last.history or counted_since(ledger, office, chain.last) if ledger.counts else ""
        )
        booked.append(
            _opposite(ledger, office, chain.last, note=note, source=None, seen=bool(seen))
        )
    _must_hold(ledger, office, booked)
    return booked


def undo(ledger: LedgerDeclaration, office: Office, entries: Iterable[Entry]) -> None:
    """Take entries back, or book them again, as undo and redo do; short on the way is allowed."""
    booked = []
    for entry in entries:
        chain = Chain(ledger, office, entry)
        _refuse_counted(ledger, office, entry)
        if not chain.is_as_after:
            done = "booked again" if chain.place % 2 else "reversed"
            why = f"it was {done} since, as entry #{chain.last.id}"
            raise Refused(why, f"{ledger.meta.label} #{entry.id}", code="changed-since")
        returns = chain.place % 2 == 1
        if returns:
            _refuse_spent(ledger, office, chain.first)
        # Done again, a reversal is one by hand if it was one.
        by_hand = chain.place > 1 and not _by_undo(chain.entries[chain.place - 1])
        source = None if returns or by_hand else f"{UNDO}{chain.last.id}"
        note = chain.first.note if returns else None
        # It takes back what the entry did: one that changed no balance is taken back without any.
        seen = bool(ledger.counts and entry.history)
        booked.append(_opposite(ledger, office, chain.last, note=note, source=source, seen=seen))
    _must_hold(ledger, office, booked)


# -- inside ------------------------------------------------------------------------------------


def _by_undo(entry: Entry) -> bool:
    return (entry.source or "").startswith(UNDO)


def _opposite(
    ledger: LedgerDeclaration,
    office: Office,
    entry: Entry,
    *,
    note: str | None,
    source: str | None,
    seen: bool = False,
) -> Entry:
    """Book the opposite of the last entry of a chain, on its day and in its group."""
    values = {field.name: getattr(entry, field.name) for field in ledger.meta.fields}
    kind = REVERSAL
    if entry.reverses_id and entry.kind == REVERSAL:
        kind = office.get(type(entry), entry.reverses_id).kind
    values |= {"kind": kind, "reverses_id": entry.id, "source": source, "attempt": 0, "note": note}
    values[ledger.amount] = -getattr(entry, ledger.amount)
    if ledger.counts:
        values["history"] = seen
    return office.add(type(entry)(**values))


def _must_hold(ledger: LedgerDeclaration, office: Office, booked: list[Entry]) -> None:
    """Raise Refused where more was taken, all in all, than there is."""
    totals: dict[tuple[int | None, ...], int] = {}
    first: dict[tuple[int | None, ...], date] = {}
    for entry in booked:
        if ledger.counts and entry.history:
            continue
        key = tuple(getattr(entry, column) for column in ledger.keys)
        totals[key] = totals.get(key, 0) + getattr(entry, ledger.amount)
        first[key] = min(entry.day, first.get(key, entry.day))
    taken = []
    for key, total in totals.items():
        # By day, what adds nothing in the end may still lack on a day between.
        if total < 0 or ledger.by_day:
            account = dict(zip(ledger.of, key, strict=False))
            lot = key[len(ledger.of)] if ledger.lots else None
            taken.append((account, lot, first[key], total))
    must_hold(ledger, office, taken, booked=True)  # type: ignore[arg-type] # the columns of an account are set


def _refuse_spent(ledger: LedgerDeclaration, office: Office, entry: Entry) -> None:
    """Raise Refused for an entry that is booked again while its source was booked by another."""
    other = booked_for(ledger, office, entry.source) if entry.source else None
    if other is not None and other.id != entry.id:
        why = f"{entry.source} was booked since, as entry #{other.id}"
        raise Refused(why, f"{ledger.meta.label} #{entry.id}", code="changed-since")


# -- counts ------------------------------------------------------------------------------------


def _counted_in_part(
    ledger: LedgerDeclaration, office: Office, group: list[Entry]
) -> Reason | None:
    """Return why a group stays of which some accounts were counted since, and others not.

    A count has seen what left, or arrived; reversing the rest alone would lose or make as much.
    """
    if not ledger.counts:
        return None
    days = {entry.id: counted_since(ledger, office, entry) for entry in group}
    if all(days.values()) or not any(days.values()):
        return None
    counted = next(entry for entry in group if days[entry.id])
    account = {key: getattr(counted, key) for key in ledger.of}
    day = days[counted.id]
    why = f"{name(ledger, office, account)} was counted on {day}, after it; carry it back instead"
    return Reason(why, code="counted-since", facts={"day": day})


def _refuse_counted(ledger: LedgerDeclaration, office: Office, entry: Entry) -> None:
    """Raise Refused where a balance no longer rests on an entry that is to be undone."""
    if not ledger.counts:
        return
    if relied_on(ledger, office, entry):
        raise _relied_on(ledger, entry)
    day = "" if entry.history else counted_since(ledger, office, entry)
    if day:
        what = ", ".join(label(ledger, office, key, getattr(entry, key)) for key in ledger.of)
        why = f"{what} was counted on {day}, after it; undo the count first"
        about = f"{ledger.meta.label} #{entry.id}"
        raise Refused(why, about, code="counted-since", facts={"day": day})


def _relied_on(ledger: LedgerDeclaration, entry: Entry) -> Refused:
    why = (
        "entries of the days before it changed nothing, because it includes them; undo those first"
    )
    about = f"{ledger.meta.label} #{entry.id}"
    return Refused(why, about, code="counted-since", facts={"day": str(entry.day)})
