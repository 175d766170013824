"""A count round on the screen: which location, in the order one walks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, Value
from officeops.tui import Key, Line, LineScreen, pad
from officeops.values.convert import safe
from officeops_inventory.counts.cycle import last_counted, to_count
from officeops_inventory.counts.sheet import CountSheet
from officeops_inventory.counts.sheet_screen import ShelfScreen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office


class Shelf(Value):
    """A location: how many items are to count there, and when anything last was."""

    location: Location
    items: int
    last: str


class CountScreen(LineScreen):
    """Where to count: the locations in the order one walks them."""

    slow = True

    def gather(self, office: Office) -> list[Shelf]:
        """Read the locations and what there is to count."""
        items, last = to_count(office), last_counted(office)
        places = sorted(
            office.all(Location), key=lambda each: (each.count_order, each.name.casefold())
        )
        return [Shelf(each, items.get(each.id, 0), last.get(each.id, "")) for each in places]

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Count"

    def head(self, width: int) -> str:
        """Return the columns' names."""
        return f"{pad('Location', width - 30)}{pad('items', 10, right=True)}  {pad('last counted', 18)}"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each location."""
        if self.gathered is None:
            return [Line.of("Looking what there is to count…", "dim")]
        shelves: list[Shelf] = self.gathered
        if not shelves:
            return [
                Line.of(
                    "There are no locations yet; :location lists them, and n adds one there.", "dim"
                )
            ]
        return [self._line(each, width) for each in shelves]

    def _line(self, shelf: Shelf, width: int) -> Line:
        last = shelf.last or "never"
        text = f"{pad(safe(shelf.location.name), width - 30)}{pad(f'{shelf.items:,}', 10, right=True)}  {last}"
        return Line.of(text, "" if shelf.items else "dim", shelf, f"location {shelf.location.id}")

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key of its own."""
        yield Key(("enter", "right", "l"), "count", self.open, "Count the shelf", 1, "Count")

    def open(self) -> None:
        """Open the sheet of the location under the cursor."""
        if isinstance(self.selected, Shelf):
            self.app.push_screen(ShelfScreen(self.office, CountSheet(self.selected.location)))
