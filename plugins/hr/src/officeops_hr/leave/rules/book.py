"""Book: the entries of one person under one policy, as the office's ledger books them.

A copy of the ledger on which a projection is run, with the ledger's own rules: a take goes to the
lot that ends first, what the lots lack is owed outside them, and what accrues later repays it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lot(NamedTuple):
    """Leave that ends on one day: its name, and its last good day; None never ends."""

    name: str
    ends: date | None = None


class Entry(NamedTuple):
    """Minutes of leave in or out on a day, of a lot or outside the lots."""

    day: date
    minutes: int
    kind: str
    lot: Lot | None = None
    source: str = ""


_DAY: Final = timedelta(days=1)
#: Lots that never end are taken last.
_LATEST: Final = date.max


class Book:
    """Entries, and the balances that they come to; adding to it changes no office."""

    def __init__(self, entries: Iterable[Entry] = (), sources: Iterable[str] = ()) -> None:
        """Take entries, and the sources that are used up; an undone entry has none."""
        self.entries = list(entries)
        self._sources = {entry.source for entry in self.entries} | set(sources)

    def copy(self) -> Book:
        """Return a book with the same entries, to try something out."""
        return Book(self.entries, self._sources)

    def has(self, source: str) -> bool:
        """Whether something was booked for a source."""
        return source in self._sources

    def changed(self) -> set[tuple[date, str]]:
        """Return the days on which entries of a kind changed the balance; not those taken back."""
        totals: dict[tuple[date, str, Lot | None], int] = defaultdict(int)
        for entry in self.entries:
            totals[entry.day, entry.kind, entry.lot] += entry.minutes
        return {(day, kind) for (day, kind, _), minutes in totals.items() if minutes}

    # -- balances --------------------------------------------------------------------------------

    def balance(self, on: date) -> int:
        """Return the minutes there are on a day; lots that ended before it count for nothing."""
        total = 0
        for entry in self.entries:
            if entry.day <= on and _is_good(entry.lot, on):
                total += entry.minutes
        return total

    def least(self, lot: Lot | None, since: date) -> int:
        """Return the least that a lot comes to on any day from one on."""
        return min(self._running(lot, since))

    def _running(self, lot: Lot | None, since: date) -> Iterable[int]:
        before = 0
        by_day: dict[date, int] = defaultdict(int)
        for entry in self.entries:
            if entry.lot != lot:
                continue
            if entry.day <= since:
                before += entry.minutes
            else:
                by_day[entry.day] += entry.minutes
        yield before
        for day in sorted(by_day):
            before += by_day[day]
            yield before

    def ended(self, on: date) -> dict[Lot, int]:
        """Return the lots that ended before a day and still have minutes."""
        left: dict[Lot, int] = defaultdict(int)
        for entry in self.entries:
            if entry.lot and not _is_good(entry.lot, on):
                left[entry.lot] += entry.minutes
        return {lot: minutes for lot, minutes in left.items() if minutes > 0}

    def lots(self, on: date) -> list[Lot]:
        """Return the lots that are good on a day, the first to end first."""
        good = {entry.lot for entry in self.entries if entry.lot and _is_good(entry.lot, on)}
        return sorted(good, key=lambda lot: (lot.ends or _LATEST, lot.name))

    # -- bookings --------------------------------------------------------------------------------

    def post(self, entry: Entry) -> list[Entry]:
        """Book an entry, and repay debts with it; return all that was booked."""
        booked = [entry]
        self._book(entry)
        if entry.minutes > 0 and entry.lot:
            booked += self._repay(entry.day, entry.lot)
        return booked

    def take(
        self,
        minutes: int,
        day: date,
        kind: str = "take",
    ) -> list[Entry]:
        """Book a take of the lots that end first; the rest is owed outside them."""
        taken = []
        left = minutes
        for lot in self.lots(day):
            some = min(left, max(self.least(lot, day), 0))
            if some:
                taken.append(Entry(day, -some, kind, lot))
                left -= some
        if left:
            taken.append(Entry(day, -left, kind))
        for entry in taken:
            self._book(entry)
        return taken

    def _book(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._sources.add(entry.source)

    def _repay(self, day: date, lot: Lot) -> list[Entry]:
        """Repay debts outside the lots, each on its own day, as the ledger does."""
        booked: list[Entry] = []
        for owed_on, owed in self._debts():
            on = max(day, owed_on)
            minutes = min(owed, self.least(lot, on)) if _is_good(lot, on) else 0
            if minutes > 0:
                pair = [Entry(on, -minutes, "repay", lot), Entry(on, minutes, "repay")]
                for entry in pair:
                    self._book(entry)
                booked += pair
        return booked

    def _debts(self) -> list[tuple[date, int]]:
        """Return which days owe how much outside the lots; what a later day gives is not owed."""
        by_day: dict[date, int] = defaultdict(int)
        for entry in self.entries:
            if entry.lot is None:
                by_day[entry.day] += entry.minutes
        left = -sum(by_day.values())
        total = 0
        owed = []
        for day in sorted(by_day):
            total += by_day[day]
            here = min(-total, left)
            if here > 0:
                owed.append((day, here))
                total += here
                left -= here
        return owed


def lapsed_on(entry: Entry) -> date | None:
    """Return the day from which the lot of an entry was no balance any more, if that was before it.

    The end of a leave year lets go of lots that ended within the year: nobody had those any more.
    """
    if entry.kind != "expire" or entry.lot is None or entry.lot.ends is None:
        return None
    day = entry.lot.ends + _DAY
    return day if day < entry.day else None


def _is_good(lot: Lot | None, on: date) -> bool:
    """Whether leave may be taken from a lot on a day; leave outside the lots never ends."""
    return lot is None or lot.ends is None or lot.ends >= on
