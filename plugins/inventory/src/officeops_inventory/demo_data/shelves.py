"""The shelves of a made-up practice: every move of its stock, by lot and place, as rows to write."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, Final

from officeops_inventory.demo_data.past import counted_on, first_day, working

if TYPE_CHECKING:
    from officeops_inventory.demo_data.past import Drain, Past
    from officeops_inventory.demo_data.today import Kept, OddLot

#: Days between counts of what people write down as they take it.
COUNT_EVERY: Final = 91
#: Usual lots last at least so many days from today.
FRESH: Final = 110
_LETTERS: Final = "ABCDEFGHJKLMNPRTUVWXY"


@cache
def count_days(today: date, place: int, *, often: bool) -> frozenset[date]:
    """Return the days on which a place was counted: every second Friday, or one in a quarter."""
    days = map(date.fromordinal, range(first_day(today).toordinal(), today.toordinal()))
    if often:
        return frozenset(day for day in days if counted_on(day))
    return frozenset(day for day in days if day.toordinal() % COUNT_EVERY == 5 + 7 * (place % 13))


class Shelves:
    """Collects the lots, moves and counts of all items. Ids begin where the file's end."""

    def __init__(self, today: date, first_lot: int, seed: int) -> None:
        self.today, self.first_lot, self.seed = today, first_lot, seed
        self.lots: list[dict[str, Any]] = []
        self.moves: list[dict[str, Any]] = []
        self.counts: list[dict[str, Any]] = []

    def in_order(self) -> list[dict[str, Any]]:
        """Return the moves as they happened; what comes in on a day comes before what goes out."""
        rank = {"opening": 0, "receive": 1}
        return sorted(self.moves, key=lambda move: (move["day"], rank.get(move["kind"], 2)))


class Shelf:
    """One item's shelf, or its two: plays its past forward."""

    def __init__(
        self,
        shelves: Shelves,
        past: Past,
        item: int,
        places: tuple[int, int | None],
        kept: Kept | None,
    ) -> None:
        self.book, self.past, self.item, self.kept = shelves, past, item, kept
        self.home, self.second = places
        self.random = Random(f"{shelves.seed}/{past.supply.sku}/lots")  # noqa: S311 - made-up data
        self.often = "counted" in past.supply.words
        self.counted = count_days(shelves.today, self.home, often=self.often)
        #: What is there, oldest lot first: [lot, quantity].
        self.there: dict[int, list[list[Any]]] = {place: [] for place in places if place}
        self.last_used: dict[int, date] = {}
        self.came: dict[int, date] = {}

    def play(self, line_of: dict[tuple[str, date], int], odd: OddLot | None) -> None:
        """Write everything that happened, day by day."""
        start, sku = first_day(self.book.today), self.past.supply.sku
        if self.past.opening:
            self._come("opening", start, self.past.opening, None)
        drains: dict[date, list[Drain]] = {}
        for drain in self.past.drains:
            drains.setdefault(drain.day, []).append(drain)
        for day in sorted({*drains, *self.past.came, *self.counted}):
            if packs := self.past.came.get(day):
                self._come("receive", day, packs * self.past.supply.size, line_of.get((sku, day)))
            self._leave(day, drains.get(day, []))
        self._settle()
        self._date_lots()
        if odd:
            self._odd(odd)

    # -- what comes and goes ------------------------------------------------------------------------

    def _come(self, kind: str, day: date, quantity: int, line: int | None) -> None:
        lot = self._new_lot() if self.past.supply.dating else None
        if lot:
            self.came[lot] = day
        self.there[self.home].append([lot, quantity])
        self._move(kind, day, quantity, self.home, lot, line_id=line)

    def _leave(self, day: date, drains: list[Drain]) -> None:
        before = self._at(self.home)
        for drain in drains:
            self._take(drain, self._places(drain))
        if day in self.counted:
            after = self._at(self.home)
            self._count(day, before if self.often else after, after)

    def _places(self, drain: Drain) -> list[int]:
        """Return where something was taken, first choice first: what is used all the time, at either place in turn."""
        if not self.second:
            return [self.home]
        nearer = drain.kind == "use" and drain.day.weekday() % 2 == 0
        return [self.second, self.home] if nearer else [self.home, self.second]

    def _take(self, drain: Drain, places: list[int]) -> None:
        """Take from the places in turn, the oldest lot first; the second place is filled up when it runs short."""
        wanted = drain.quantity
        if self.second == places[0] and self._at(self.second) < wanted:
            self._carry(
                drain.day, self.home, self.second, wanted + self._target() - self._at(self.second)
            )
        for place in places:
            for lot, quantity in self._pick(place, min(wanted, self._at(place))):
                self._move(
                    drain.kind,
                    drain.day,
                    -quantity,
                    place,
                    lot,
                    since=_text(drain.since),
                    note=drain.note,
                )
                self.last_used[lot or 0] = drain.day
                wanted -= quantity

    def _carry(self, day: date, here: int, there: int, quantity: int) -> None:
        for lot, part in self._pick(here, min(quantity, self._at(here))):
            self._move("transfer", day, -part, here, lot)
            self._move("transfer", day, part, there, lot)
            self.there[there].append([lot, part])

    def _settle(self) -> None:
        """Leave in the second place what is to be there today."""
        if self.second and self.kept:
            missing = self.kept.today - self._at(self.second)
            here, there = (self.home, self.second) if missing > 0 else (self.second, self.home)
            self._carry(working(self.book.today - timedelta(days=1)), here, there, abs(missing))

    def _target(self) -> int:
        return self.kept.top if self.kept else 0

    def _at(self, place: int) -> int:
        return sum(quantity for _, quantity in self.there[place])

    def _pick(self, place: int, quantity: int) -> list[tuple[int | None, int]]:
        picked = []
        shelf = self.there[place]
        while quantity:
            lot, there = shelf[0]
            part = min(there, quantity)
            picked.append((lot, part))
            quantity -= part
            shelf[0][1] -= part
            if not shelf[0][1]:
                del shelf[0]
        return picked

    # -- rows ---------------------------------------------------------------------------------------

    def _move(
        self, kind: str, day: date, quantity: int, place: int, lot: int | None, **more: object
    ) -> None:
        row = {
            "item_id": self.item,
            "kind": kind,
            "quantity": quantity,
            "location_id": place,
            "lot_id": lot,
        }
        self.book.moves.append({**row, "day": day.isoformat(), **more})

    def _count(self, day: date, expected: int, counted: int) -> None:
        self.book.counts.append(
            {
                "item_id": self.item,
                "location_id": self.home,
                "day": day.isoformat(),
                "expected": expected,
                "counted": counted,
            }
        )

    def _new_lot(self, status: str = "available", ends: date | None = None) -> int:
        letters = "".join(self.random.choices(_LETTERS, k=2))
        number = f"{letters}{self.random.randrange(1000, 99_999)}"
        self.book.lots.append(
            {"item_id": self.item, "number": number, "status": status, "expires_on": _text(ends)}
        )
        return self.book.first_lot + len(self.book.lots) - 1

    def _date_lots(self) -> None:
        """Give each lot an end: after its last use, and well after today where some of it is left."""
        left = {lot for shelf in self.there.values() for lot, _ in shelf}
        for lot, came in self.came.items():
            fresh = came + timedelta(
                days=(self.past.supply.dating or 0) + self.random.randrange(-60, 90)
            )
            least = (
                self.book.today + timedelta(days=FRESH)
                if lot in left
                else self.last_used.get(lot, came)
            )
            ends = max(fresh, least + timedelta(days=self.random.randrange(5, 60)))
            self.book.lots[lot - self.book.first_lot]["expires_on"] = ends.isoformat()

    def _odd(self, odd: OddLot) -> None:
        lot = self._new_lot(odd.status, self.book.today + timedelta(days=odd.ends))
        day = working(self.book.today - timedelta(days=odd.came))
        self._move("receive", day, odd.quantity, self.home, lot, note=odd.note or None)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
