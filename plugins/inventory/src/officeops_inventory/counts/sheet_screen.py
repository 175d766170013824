"""The sheet of one location on the screen: type the quantities, one row after another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops import NotFound, UsageProblem
from officeops.tui import Key, Line, LineScreen, wrapped
from officeops.values import safe, wording
from officeops_inventory.counts.review_screen import ReviewScreen
from officeops_inventory.counts.sheet import TOO_LONG
from officeops_inventory.counts.sheet_lines import SheetLines, row_name
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.tui import Scan
    from officeops_inventory.counts.sheet import CountSheet
    from officeops_inventory.counts.sheet_rows import SheetRow

DIGITS = "0123456789"
#: The heading of the sheet's keys in the help.
_GROUP = "Count"
_NO_ROWS = "There is nothing to count here: no stock, and no item has a level here. n adds an item."
_LAST_ROW = "That was the last item; r reviews the differences, m goes to items not counted."
_COUNT_HELP = "Type the quantity on the shelf, in the unit of the row; expired stock too"


class ShelfScreen(LineScreen):
    """The sheet of one location. Digits go to the row under the cursor; Enter goes to the next."""

    def __init__(self, opener: LineScreen, sheet: CountSheet) -> None:
        """Share the office of the screen that opens this one."""
        super().__init__(opener.office)
        self.sheet = sheet
        self._lines = SheetLines(sheet)
        #: Whether the next digit begins the row's count afresh.
        self._afresh = True

    # -- what the screen shows ---------------------------------------------------------------------

    def crumb(self) -> str:
        """Return the location's name."""
        return safe(self.sheet.location.name)

    def status(self) -> str:
        """Return how many rows are counted."""
        return f"{len(self.sheet.entries):,} of {len(self.sheet.rows):,} counted"

    def unsaved(self) -> str:
        """Return the number of counts that are not booked, in words."""
        entries = len(self.sheet.entries)
        return f"{wording.count(entries, 'count')} not booked" if entries else ""

    def reload(self) -> None:
        """Read again what the record expects."""
        self.sheet.read(self.office)
        self.lay_out()

    def head(self, width: int) -> str:
        """Return the columns' names."""
        return self._lines.head(width)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each item."""
        if not self.sheet.rows:
            return [Line.of(part, "dim") for part in wrapped(_NO_ROWS, width)]
        return [self._lines.line(row, width) for row in self.sheet.rows]

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys that count, then those that go to another item."""
        yield from self._counting_keys()
        yield from self._finding_keys()

    def _counting_keys(self) -> Iterator[Key]:
        say_help = partial(self.say, f"{_COUNT_HELP}.")
        yield Key(
            ("0-9",),
            "count",
            say_help,
            _COUNT_HELP,
            0,
            _GROUP,
        )
        yield Key(
            ("enter",),
            "next",
            self.next_row,
            "Go to the next item",
            0,
            _GROUP,
        )
        yield Key(
            ("backspace",),
            "erase",
            self.erase,
            "Remove the last digit",
            4,
            _GROUP,
        )
        yield Key(
            ("r", ":review"),
            "review",
            self.review,
            "See the differences, then book all of it",
            1,
            _GROUP,
            self._nothing,
        )
        yield Key(
            ("v",),
            "show expected" if self._lines.is_blind else "hide expected",
            self.toggle_blind,
            "Hide what the record expects, or show it again",
            3,
            _GROUP,
        )

    def _finding_keys(self) -> Iterator[Key]:
        yield Key(
            ("/",),
            "find",
            self.read_find,
            "Go to an item by a part of its name, SKU or a barcode",
            2,
            _GROUP,
        )
        yield Key(
            ("m",),
            "uncounted",
            self.go_uncounted,
            "Go to the next item that is not counted",
            5,
            _GROUP,
        )
        yield Key(
            ("n",),
            "add",
            self.read_item,
            "Count an item that is not on the sheet",
            5,
            _GROUP,
        )

    def common_keys(self) -> Iterable[Key]:
        """Return the keys of every screen, but for the digits: here they are counts."""
        return [key for key in super().common_keys() if key.keys[0] not in DIGITS]

    def key_named(self, name: str) -> Key | None:
        """Return the key of a name; a digit is typed."""
        if len(name) == 1 and name in DIGITS:
            return Key((name,), "count", partial(self.type, name))
        return super().key_named(name)

    def _nothing(self) -> str | None:
        return None if self.sheet.entries else "nothing is counted yet"

    @property
    def row(self) -> SheetRow:
        """The row under the cursor. Raises NotFound where there is none."""
        if self.list.cursor >= len(self.sheet.rows):
            raise NotFound("There is no item on this line.", code="not-found")
        return self.sheet.rows[self.list.cursor]

    def on_row_view_moved(self) -> None:
        """Begin the row's count afresh with the next digit."""
        self._afresh, self.sheet.too_long = True, False

    def type(self, digit: str) -> None:
        """Put a digit behind the count of the row."""
        try:
            self.sheet.type(self.row, digit, afresh=self._afresh)
        finally:
            self._afresh = False
            self._draw()

    def erase(self) -> None:
        """Remove the last digit."""
        self._afresh = self.sheet.too_long
        self.sheet.erase(self.row)
        self._draw()

    def _draw(self) -> None:
        """Draw the row under the cursor alone: a whole list would lag behind the typing."""
        line = self._lines.line(self.row, self.list.body_width)
        self.list.change(self.list.cursor, line)

    def next_row(self) -> None:
        """Go to the next item, unless the number typed is too long; after the last, say so."""
        self._afresh = True
        if self.sheet.too_long:
            # Said again: a scanner types its code and Enter faster than anyone reads.
            self.sheet.too_long = False
            raise UsageProblem(TOO_LONG, code="too-long")
        if self.list.cursor + 1 < len(self.sheet.rows):
            self.list.move(1)
        else:
            self.say(_LAST_ROW)

    def toggle_blind(self) -> None:
        """Hide the expected quantities, or show them again."""
        self._lines.is_blind = not self._lines.is_blind
        self.lay_out()

    def go(self, index: int | None, otherwise: str) -> None:
        """Go to a row, or say `otherwise` where there is none."""
        if index is None:
            self.say(otherwise)
        else:
            self.list.move_to(index)

    def go_uncounted(self) -> None:
        """Go to the next item that is not counted."""
        index = self.sheet.next_uncounted(self.list.cursor)
        self.go(index, "Everything on the sheet is counted; r reviews it.")

    def scanned(self, scan: Scan) -> None:
        """Go to the row of the item that was scanned; nothing is counted by that."""
        # The code may be a pack's or a lot's, which name their item.
        record = self.navigator.record_of(scan)
        item_id = record.id if isinstance(record, Item) else getattr(record, "item_id", None)
        self._afresh = True
        self.go(self._place_of(item_id), _not_on_sheet(record.human_key))

    def go_to_item(self, item_id: int) -> None:
        """Go to an item's row, the first where it is counted by lot."""
        self.go(self._place_of(item_id), "")

    def _place_of(self, item_id: int | None) -> int | None:
        row = next((row for row in self.sheet.rows if row.item_id == item_id), None)
        return self.list.place(row_name(row)) if row else None

    def read_find(self) -> None:
        """Ask for an item to go to."""
        self.ask_for("Find: ", _typed, self._find)

    def _find(self, text: str) -> None:
        """Go to the next row with a text; without one, to the item that the text names."""
        index = self.sheet.find(text, self.list.cursor)
        if index is None:
            index = self._place_of(self.office.find(Item, text).id)
        self.go(index, _not_on_sheet(text))

    def read_item(self) -> None:
        """Ask for an item that is not on the sheet."""
        self.ask_for("Item (SKU, name or barcode): ", _typed, self._add)

    def _add(self, text: str) -> None:
        item = self.office.find(Item, text)
        self.sheet.add(self.office, item)
        self.lay_out()
        self.go_to_item(item.id)

    def review(self) -> None:
        """Open the review of the differences, to book them."""
        self.app.push_screen(ReviewScreen(self, self.sheet, self.go_to_item, self.booked))

    def booked(self, words: str) -> None:
        """Leave the sheet after its counts were booked."""
        self.sheet.entries.clear()
        if self.app.screen is self:
            self.app.pop_screen()
        self.navigator.notify(words)


def _not_on_sheet(name: str) -> str:
    return f"{safe(name)} is not on this sheet; n adds an item that is here anyway."


def _typed(text: str) -> str | None:
    return text.strip() or None
