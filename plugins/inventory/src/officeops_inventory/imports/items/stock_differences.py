"""Stock differences: the quantities of a sheet that the record has otherwise, and how to book them.

No import changes stock or orders that the office has: stock is counted, orders are received.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from officeops import Location, Value
from officeops.values import wording
from officeops_inventory.model import Item
from officeops_inventory.stock.elsewhere import carried

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_inventory.imports.finder import Finder

#: The most rows that a sentence names.
_NAMED: Final = 5


class OtherStock(Value):
    """A row's quantity on hand that differs from the record's, both in base units.

    `location_id` is None where the row names none; `shelves` is the record's stock of the item or
    the lot, by location.
    """

    item_id: int
    stated: int
    recorded: int
    location_id: int | None
    shelves: dict[int, int]
    lot: str = ""

    @property
    def moved(self) -> bool:
        """Whether the record has the stock at other locations alone: a count would double it."""
        if self.location_id is None or self.recorded:
            return False
        return max(self.shelves.values(), default=0) > 0

    @property
    def place(self) -> int | None:
        """The location to count: the row's, or the only one with stock; None where several have."""
        if self.location_id is not None:
            return self.location_id
        return next(iter(self.shelves)) if len(self.shelves) == 1 else None


class OtherOrder(Value):
    """A row's quantity on order that differs from the record's, both in base units."""

    item_id: int
    stated: int
    recorded: int


class StockDifferences:
    """Collects the differences of a file and says how to book them."""

    def __init__(self, office: Office, find: Finder) -> None:
        self._office, self._find = office, find
        self.stock: list[OtherStock] = []
        self.orders: list[OtherOrder] = []

    def sentences(self) -> Iterator[str]:
        """Yield a count for each location, and a transfer for stock that is elsewhere."""
        counts = [other for other in self.stock if not other.moved]
        transfers = [other for other in self.stock if other.moved]
        yield from self._counts(counts)
        yield from self._transfers(transfers)
        if self.orders:
            yield (
                f"{_rows_say(self.orders)} other quantities on order "
                f"({self._listed(self.orders)}): receive what came, or order the missing goods; "
                "the orders are as they were."
            )

    def _counts(self, others: list[OtherStock]) -> Iterator[str]:
        """Yield a sentence for each location to count; one for all rows that name none."""
        by_place: defaultdict[int | None, list[OtherStock]] = defaultdict(list)
        for other in others:
            # Without a location and without recorded stock, the default location is counted.
            is_anywhere = not other.shelves and not other.location_id
            by_place[self._find.place if is_anywhere else other.place].append(other)
        for place, of_place in by_place.items():
            rows, listed = _rows_say(of_place), self._listed(of_place)
            if place is None:
                yield (
                    f"{rows} other stock without saying where ({listed}): "
                    "count each location by itself."
                )
                continue
            name = self._office.label(Location, place)
            at_place = f" at {name}" if of_place[0].location_id else ""
            count = f'`officeops count "{name}" {self._counted(place, of_place)}'
            yield f"{rows} other stock{at_place} ({listed}): book it with {count}."

    def _counted(self, place: int, others: list[OtherStock]) -> str:
        """Return the end of the command that counts a location: the file itself where it can."""
        unplaced = any(other.location_id is None for other in others)
        if unplaced and place != self._find.place:
            # Every row without a location would be counted there.
            return "SKU=QUANTITY`"
        return "--file FILE`, which reads this file"

    def _transfers(self, others: list[OtherStock]) -> Iterator[str]:
        """Yield the transfer of each row whose stock the record has at other locations."""
        for other in others[:_NAMED]:
            shelves = {place: quantity for place, quantity in other.shelves.items() if quantity > 0}
            item = self._office.get(Item, other.item_id)
            place = other.location_id or 0
            yield carried(
                self._office,
                item,
                other.stated,
                place,
                shelves,
                other.lot,
            )
        if len(others) > _NAMED:
            yield (
                f"{len(others) - _NAMED:,} more rows say stock where the record has none, and "
                "other locations have some: book transfers."
            )

    def _listed(self, differences: Sequence[OtherStock | OtherOrder]) -> str:
        """Return the first differences: the item, the row's quantity and the record's."""
        named = []
        for other in differences[:_NAMED]:
            sku = self._office.get(Item, other.item_id).sku
            recorded = f"{other.recorded:,}{self._beside(other)}"
            named.append(f"{sku} {other.stated:,}; the record has {recorded}")
        if len(differences) > _NAMED:
            named.append(f"{len(differences) - _NAMED:,} more")
        return ", ".join(named)

    def _beside(self, other: OtherStock | OtherOrder) -> str:
        """Return the locations of recorded stock where a row names none of several."""
        if isinstance(other, OtherOrder) or other.location_id is not None:
            return ""
        if len(other.shelves) < 2:
            return ""
        words = ""
        for place, quantity in other.shelves.items():
            if quantity:
                words += f", {quantity:,} at {self._office.label(Location, place)}"
        return words


def _rows_say(differences: Sequence[OtherStock | OtherOrder]) -> str:
    rows = wording.count(len(differences), "row")
    return f"{rows} {'says' if len(differences) == 1 else 'say'}"
