"""The first screen of a count: the locations, in the order one walks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, Value
from officeops.commands import draft_notes
from officeops.tui import Key, Line, LineScreen, SheetScreen, pad
from officeops.values import safe, wording
from officeops_inventory.counts.sheet import CountSheet
from officeops_inventory.counts.sheet_rows import last_counted, left_behind, to_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops.commands import DraftNote

#: Cells of the columns after the name, with the gap before the last one.
_ITEMS, _LAST = 10, 18
_GAP = "  "
_READING = "Looking what there is to count…"
_NO_LOCATION = "There are no locations yet; :location lists them, and n adds one there."


class Shelf(Value):
    """A location to count: how many items its sheet has, and when anything was last counted."""

    location: Location
    items: int
    last: str
    #: The counts that people typed there and did not book.
    drafts: tuple[DraftNote, ...] = ()


class CountScreen(LineScreen):
    """The locations to count, in the order one walks them."""

    # An office of a thousand items has stock rows enough to hold a screen up.
    slow = True

    def gather(self, office: Office) -> list[Shelf]:
        """Read the locations and the number of items to count at each."""
        items, last = to_count(office), last_counted(office)
        drafts: dict[str, list[DraftNote]] = {}
        for note in draft_notes(office, CountSheet.key):
            drafts.setdefault(note.subject, []).append(note)
        present = [*office.all(Location), *left_behind(office)]
        locations = sorted(present, key=_in_walking_order)
        return [
            Shelf(
                location,
                items.get(location.id, 0),
                last.get(location.id, ""),
                tuple(drafts.get(str(location.id), ())),
            )
            for location in locations
        ]

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Count"

    def head(self, width: int) -> str:
        """Return the columns' names."""
        return _in_columns(
            width,
            "Location",
            "items",
            pad("last counted", _LAST),
        )

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each location."""
        if self.gathered is None:
            return [Line.of(_READING, "dim")]
        shelves: list[Shelf] = self.gathered
        if not shelves:
            return [Line.of(_NO_LOCATION, "dim")]
        return [self._line(shelf, width) for shelf in shelves]

    def _line(self, shelf: Shelf, width: int) -> Line:
        name = safe(shelf.location.name)
        if shelf.location.archived_at is not None:
            name += " · archived"
        for note in shelf.drafts:
            counts = wording.count(note.rows, CountSheet.noun)
            name += f" · {safe(note.person)}: {counts} not booked"
        text = _in_columns(
            width,
            name,
            f"{shelf.items:,}",
            shelf.last or "never",
        )
        key = f"location {shelf.location.id}"
        return Line.of(
            text,
            "" if shelf.items else "dim",
            shelf,
            key,
        )

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key of its own."""
        yield Key(
            ("enter", "right"),
            "count",
            self.open,
            "Count the shelf",
            1,
            "Count",
        )

    def open(self) -> None:
        """Open the sheet of the location under the cursor."""
        if isinstance(self.selected, Shelf):
            self.app.push_screen(SheetScreen(self.office, CountSheet(self.selected.location)))


def _in_walking_order(location: Location) -> tuple[int, str]:
    return location.count_order, location.name.casefold()


def _in_columns(width: int, location: str, items: str, last: str) -> str:
    room = width - _ITEMS - len(_GAP) - _LAST
    return (
        pad(location, room)
        + pad(
            items,
            _ITEMS,
            right=True,
        )
        + _GAP
        + last
    )
