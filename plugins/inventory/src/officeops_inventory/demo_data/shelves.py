"""The shelves of a made-up practice: its lots, moves and counts as rows, its stock by lot."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from officeops_inventory.demo_data.past import counted_on, first_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.demo import Demo

#: Days between counts of items whose use people write down.
COUNT_EVERY: Final = 91


@cache
def count_days(
    today: date,
    place: int,
    *,
    often: bool,
) -> frozenset[date]:
    """Return the days on which a location was counted: every second Friday, or one in a quarter."""
    days = map(date.fromordinal, range(first_day(today).toordinal(), today.toordinal()))
    if often:
        return frozenset(filter(counted_on, days))
    # The locations take turns, a week apart.
    turn = 5 + 7 * (place % 13)
    return frozenset(day for day in days if day.toordinal() % COUNT_EVERY == turn)


class Shelves:
    """The lots, moves and counts of all items as rows. Ids begin after those of the file."""

    def __init__(self, demo: Demo, first_lot: int) -> None:
        self.demo, self.today, self.first_lot = demo, demo.today, first_lot
        self.lots: list[dict[str, Any]] = []
        self.moves: list[dict[str, Any]] = []
        self.counts: list[dict[str, Any]] = []

    def in_order(self, first: int) -> list[dict[str, Any]]:
        """Return the moves as they happened, numbered from `first` on.

        On a day, goods come in before others go out.
        """
        rank = {"opening": 0, "receive": 1}
        moves = sorted(self.moves, key=lambda move: (move["day"], rank.get(move["kind"], 2)))
        numbers = {id(move): first + place for place, move in enumerate(moves)}
        for move in moves:
            # The half that came in names the one that went out, as a transfer by hand does.
            if move["group_id"] is not None:
                move["group_id"] = numbers[id(move["group_id"])]
        return moves


class Stock:
    """The stock of one location, oldest lot first, in base units."""

    def __init__(self) -> None:
        self._lots: list[tuple[int | None, int]] = []

    @property
    def total(self) -> int:
        """The base units of all lots."""
        return sum(quantity for _, quantity in self._lots)

    def lots(self) -> Iterator[int | None]:
        """Yield the lots of which some is left."""
        for lot, _ in self._lots:
            yield lot

    def put(self, lot: int | None, quantity: int) -> None:
        """Add stock of a lot, behind the older ones."""
        self._lots.append((lot, quantity))

    def take(self, quantity: int) -> list[tuple[int | None, int]]:
        """Remove a quantity, the oldest lot first, and return the part of each lot."""
        parts = []
        while quantity:
            lot, available = self._lots[0]
            part = min(available, quantity)
            parts.append((lot, part))
            quantity -= part
            if part == available:
                del self._lots[0]
            else:
                self._lots[0] = (lot, available - part)
        return parts
