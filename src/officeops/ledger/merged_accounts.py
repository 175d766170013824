"""Merged accounts: what an opposite gives an account whose record was merged goes on to the other one.

A merge moves balances and leaves entries where they are, so an opposite has to be booked there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from officeops.model.errors import Refused
from officeops.model.ledger.declaration import TRANSFER
from officeops.query.merged import record_that_stays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any

#: The numbers of an account, and of the lot, in the order of the ledger's keys.
Place: TypeAlias = tuple[int | None, ...]


class MergedAccounts:
    """Moves what opposites change of accounts that were merged since."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office
        self._record = office.records[ledger.meta.key]

    def carry(self, booked: Sequence[Entry]) -> list[Entry]:
        """Move what new entries change of merged accounts; return the entries that do it."""
        moved: list[Entry] = []
        if not booked:
            return moved
        changed = self._totals(booked)
        arrived: dict[Place, int] = {}
        for place, amount in changed.items():
            stays = self._stays(place)
            arrived[stays] = arrived.get(stays, 0) + amount
        for place, amount in changed.items():
            stays = self._stays(place)
            # An undo of the merge itself gives the one what it takes from the other.
            if place != stays and amount and arrived[stays]:
                last = self._last(booked, place)
                moved += self._move(last, amount, place, stays)
        return moved

    def refuse_moved(self, entries: Sequence[Entry]) -> None:
        """Refuse to take a merge back after which something more was moved between its accounts."""
        own = {entry.id for entry in entries}
        for entry in entries:
            place = self._place(entry)
            if entry.kind != TRANSFER or place == self._stays(place):
                continue
            for later in self._later_moves(entry):
                if later in own:
                    continue
                why = f"#{later} was moved to the record that stays since; undo that first"
                name = f"{self._ledger.meta.label} #{entry.id}"
                raise Refused(why, name, code="changed-since")

    def _later_moves(self, entry: Entry) -> Iterator[int]:
        """Yield the later moves of an account that were not undone."""
        account = self._ledger.account_of(entry)
        same = " AND ".join(f"e.{key} = ?" for key in account)
        sql = f"""
        SELECT e.id FROM {self._ledger.table} e
        WHERE {same} AND e.id > ? AND e.kind = ? AND e.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM {self._ledger.table} r WHERE r.reverses_id = e.id)"""
        for (number,) in self._office.rows(sql, *account.values(), entry.id, TRANSFER):
            yield number

    def _totals(self, booked: Iterable[Entry]) -> dict[Place, int]:
        totals: dict[Place, int] = {}
        for entry in booked:
            # What a count has seen changes no balance.
            if self._ledger.counts and entry.history:
                continue
            place = self._place(entry)
            totals[place] = totals.get(place, 0) + self._ledger.amount_of(entry)
        return totals

    def _move(
        self,
        entry: Entry,
        amount: int,
        place: Place,
        stays: Place,
    ) -> list[Entry]:
        """Book a pair on the day of an entry and in its group: what comes back leaves at once."""
        both = []
        for where, some in ((place, -amount), (stays, amount)):
            values: dict[str, Any] = {
                **dict(zip(self._ledger.keys, where, strict=True)),
                self._ledger.amount: some,
                "day": entry.day,
                "kind": TRANSFER,
                "group_id": entry.id,
            }
            both.append(self._office.add(self._record(**values)))
        return both

    def _last(self, booked: Sequence[Entry], place: Place) -> Entry:
        return next(entry for entry in reversed(booked) if self._place(entry) == place)

    def _place(self, entry: Entry) -> Place:
        return tuple(getattr(entry, key) for key in self._ledger.keys)

    def _stays(self, place: Place) -> Place:
        """Return the same account of the records that stay."""
        return tuple(
            self._record_that_stays(key, number)
            for key, number in zip(self._ledger.keys, place, strict=True)
        )

    def _record_that_stays(self, key: str, number: int | None) -> int | None:
        if number is None:
            return None
        target = self._ledger.meta.by_name[key].target
        return record_that_stays(self._office, self._office.records[target], number)
