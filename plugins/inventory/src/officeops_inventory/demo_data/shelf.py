"""One item's shelf at the made-up practice: plays the item's past forward, move by move."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import working_before
from officeops_inventory.demo_data.past import first_day
from officeops_inventory.demo_data.shelves import Stock, count_days

if TYPE_CHECKING:
    from officeops_inventory.demo_data.past import Drain, Past
    from officeops_inventory.demo_data.shelves import Shelves
    from officeops_inventory.demo_data.today import OddLot, SecondPlace

#: Days that usual lots last from today, at least.
FRESH: Final = 110
_LETTERS: Final = "ABCDEFGHJKLMNPRTUVWXY"


class Shelf:
    """One item's stock at its location, or at its two: plays its past forward."""

    def __init__(
        self,
        shelves: Shelves,
        past: Past,
        item: int,
        places: tuple[int, int | None],
        second: SecondPlace | None,
    ) -> None:
        """`places` are the ids of the item's locations, `second` the levels of the second one."""
        self.book, self.past, self.item, self.levels = shelves, past, item, second
        self.home, self.second = places
        self.random = shelves.demo.random(f"{past.supply.sku}/lots")
        self.often = "counted" in past.supply.words
        self.counted = count_days(shelves.today, self.home, often=self.often)
        self.stock = {place: Stock() for place in places if place}
        self.last_used: dict[int, date] = {}
        self.came: dict[int, date] = {}

    def play(self, line_of: dict[tuple[str, date], int], odd: OddLot | None) -> None:
        """Write every move of the item, day by day.

        `line_of` has the order line on which a SKU came on a day.
        """
        start, sku = first_day(self.book.today), self.past.supply.sku
        if self.past.opening:
            self._come("opening", start, self.past.opening, None)
        drains: dict[date, list[Drain]] = {}
        for drain in self.past.drains:
            drains.setdefault(drain.day, []).append(drain)
        for day in sorted({*drains, *self.past.came, *self.counted}):
            packs = self.past.came.get(day)
            if packs:
                quantity = packs * self.past.supply.size
                self._come("receive", day, quantity, line_of.get((sku, day)))
            self._leave(day, drains.get(day, []))
        self._settle()
        self._date_lots()
        if odd:
            self._add_odd(odd)

    # -- moves -------------------------------------------------------------------------------------

    def _come(
        self,
        kind: str,
        day: date,
        quantity: int,
        line: int | None,
    ) -> None:
        """Add goods at home, of a new lot where the item comes in lots."""
        lot = self._new_lot() if self.past.supply.dating else None
        if lot:
            self.came[lot] = day
        self.stock[self.home].put(lot, quantity)
        self._move(
            kind,
            day,
            quantity,
            self.home,
            lot,
            line=line,
        )

    def _leave(self, day: date, drains: list[Drain]) -> None:
        """Take the drains of a day from the shelf, then count it where the day is one for that."""
        home = self.stock[self.home]
        before = home.total
        for drain in drains:
            self._take(drain, self._places(drain))
        if day in self.counted:
            # Where use is not written down, the record still has the stock of the last count.
            self._count(day, before if self.often else home.total, home.total)

    def _places(self, drain: Drain) -> list[int]:
        """Return the locations that a drain took from, first choice first.

        Daily use is at either location in turn.
        """
        if not self.second:
            return [self.home]
        at_second = drain.kind == "use" and drain.day.weekday() % 2 == 0
        return [self.second, self.home] if at_second else [self.home, self.second]

    def _take(self, drain: Drain, places: list[int]) -> None:
        """Take from the locations in turn; the second one is filled up where it runs short."""
        wanted = drain.quantity
        if self.second == places[0]:
            stock = self.stock[self.second].total
            if stock < wanted:
                filled = wanted + self._target() - stock
                self._carry(drain.day, self.home, self.second, filled)
        for place in places:
            stock = self.stock[place].total
            for lot, quantity in self.stock[place].take(min(wanted, stock)):
                self._move(
                    drain.kind,
                    drain.day,
                    -quantity,
                    place,
                    lot,
                    since=drain.since,
                    note=drain.note,
                )
                # Stock without a lot goes by 0, which is no lot's id.
                self.last_used[lot or 0] = drain.day
                wanted -= quantity

    def _carry(
        self,
        day: date,
        source: int,
        target: int,
        quantity: int,
    ) -> None:
        """Move stock from one location to the other, as far as there is any."""
        stock = self.stock[source]
        for lot, part in stock.take(min(quantity, stock.total)):
            taken = self._move("transfer", day, -part, source, lot)
            self._move("transfer", day, part, target, lot, other_half=taken)
            self.stock[target].put(lot, part)

    def _settle(self) -> None:
        """Leave its stock of today in the second location."""
        if not self.second or not self.levels:
            return
        missing = self.levels.today - self.stock[self.second].total
        source, target = self.home, self.second
        if missing <= 0:
            source, target = target, source
        # Yesterday, so that the stock of today is as the table has it.
        yesterday = working_before(self.book.demo.day(-1))
        self._carry(yesterday, source, target, abs(missing))

    def _target(self) -> int:
        return self.levels.top if self.levels else 0

    # -- rows --------------------------------------------------------------------------------------

    def _move(
        self,
        kind: str,
        day: date,
        quantity: int,
        place: int,
        lot: int | None,
        *,
        line: int | None = None,
        since: date | None = None,
        note: str | None = None,
        other_half: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        # Rows with the same names are written fastest.
        move = {
            "item_id": self.item,
            "kind": kind,
            "quantity": quantity,
            "location_id": place,
            "lot_id": lot,
            "day": day.isoformat(),
            "line_id": line,
            "since": _text(since),
            "note": note,
            # It has no number yet; `Shelves.in_order` puts that in its place.
            "group_id": other_half,
        }
        self.book.moves.append(move)
        return move

    def _count(
        self,
        day: date,
        expected: int,
        counted: int,
    ) -> None:
        count = {
            "item_id": self.item,
            "location_id": self.home,
            "day": day.isoformat(),
            "expected": expected,
            "counted": counted,
        }
        self.book.counts.append(count)

    def _new_lot(self, status: str = "available", ends: date | None = None) -> int:
        """Add a lot with a number as makers write them, and return its id."""
        letters = "".join(self.random.choices(_LETTERS, k=2))
        lot = {
            "item_id": self.item,
            "number": f"{letters}{self.random.randrange(1000, 99_999)}",
            "status": status,
            "expires_on": _text(ends),
        }
        self.book.lots.append(lot)
        return self.book.first_lot + len(self.book.lots) - 1

    def _date_lots(self) -> None:
        """Give each lot a last day: after its last use, and well after today where some is left."""
        left = {lot for stock in self.stock.values() for lot in stock.lots()}
        dating = self.past.supply.dating or 0
        for lot, came in self.came.items():
            fresh = came + timedelta(days=dating + self.random.randrange(-60, 90))
            least = self.last_used.get(lot, came)
            # Expired stock on a shelf is unsafe, which only the odd lots are to be.
            if lot in left:
                least = self.book.today + timedelta(days=FRESH)
            ends = max(fresh, least + timedelta(days=self.random.randrange(5, 60)))
            self.book.lots[lot - self.book.first_lot]["expires_on"] = ends.isoformat()

    def _add_odd(self, odd: OddLot) -> None:
        """Add the odd lot of the item, which nothing of its past used."""
        lot = self._new_lot(odd.status, self.book.demo.day(odd.ends))
        day = working_before(self.book.demo.day(-odd.came))
        self._move(
            "receive",
            day,
            odd.quantity,
            self.home,
            lot,
            note=odd.note or None,
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
