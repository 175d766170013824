"""Chains: an entry and what took it back, booked it again, and so on, each one the opposite.

Even places of a chain count, odd ones take away; its last place alone decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any

#: Before the id of the entry that an undo took back, as the source of what took it back.
UNDO = "undo:"


class Chain:
    """One chain: its entries, the first first, and the place in it of the entry asked for."""

    def __init__(self, entries: list[Entry], place: int) -> None:
        self.entries = entries
        self.place = place

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
        return not self.counts and is_by_undo(self.last)

    @property
    def is_as_after(self) -> bool:
        """Whether the chain counts now as it did after the entry."""
        later = len(self.entries) - 1 - self.place
        return later % 2 == 0

    @property
    def takes_away(self) -> bool:
        """Whether the entry took another back, rather than booked something."""
        return self.place % 2 == 1

    @property
    def was_by_hand(self) -> bool:
        """Whether the entry does again what a person, not an undo, had done."""
        return self.place > 1 and not is_by_undo(self.entries[self.place - 1])


class Chains:
    """The chains of a ledger, found by an entry or by the source that it was booked for."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._office = office
        self._record = office.records[ledger.meta.key]

    def of(self, entry: Entry) -> Chain:
        """Find the chain that an entry is in."""
        entries = [entry]
        while before := entries[0].reverses_id:
            entries.insert(0, self._office.get(self._record, before))
        place = len(entries) - 1
        while after := self._office.first(self._record, "reverses_id = ?", entries[-1].id):
            entries.append(after)
        return Chain(entries, place)

    def booked_for(self, source: str) -> Entry | None:
        """Find the entry of a source that was not undone.

        One that was reversed by hand is there: no job books it once more.
        """
        for entry in self._office.all(self._record, "source = ?", source):
            if not self.of(entry).is_undone:
                return entry
        return None

    def group(self, entry: Entry) -> Iterator[Entry]:
        """Yield the entries that are reversed together, the first first."""
        head = entry.group_id or self.of(entry).first.id
        where = "(id = ? OR group_id = ?) AND reverses_id IS NULL"
        yield from self._office.all(self._record, where, head, head)


def is_by_undo(entry: Entry) -> bool:
    """Whether an undo booked an entry."""
    source: str = entry.source or ""
    return source.startswith(UNDO)
