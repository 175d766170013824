"""The review of a count: the differences, each with its reason; all are booked in one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import Key, Line, LineScreen, pad, wrapped
from officeops.values import safe, wording
from officeops_inventory.counts.sheet_rows import SheetRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from officeops.tui import Span
    from officeops_inventory.counts.sheet import CountSheet

#: Cells of the columns after the name, with the gaps before them.
EXPECTED, COUNTED, DIFFERS, BOOKED = 11, 10, 10, 16
_MOVED = "Moved: stock was booked since you counted it. Enter goes back to it; count it again."
_REASON_HELP = "Why this shortfall: used, wasted, expired, or the record was wrong"


class ReviewScreen(LineScreen):
    """The differences from the record at one location.

    Nothing is written before it is booked here.
    """

    def __init__(
        self,
        opener: LineScreen,
        sheet: CountSheet,
        recount: Callable[[int], object],
        booked: Callable[[str], object],
    ) -> None:
        """Share the office of the screen that opens this one.

        `recount` goes to an item's row on the sheet; `booked` gets the sentence on the booking.
        """
        super().__init__(opener.office)
        self.sheet, self._recount, self._booked = sheet, recount, booked

    # -- what the screen shows ---------------------------------------------------------------------

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Review"

    def status(self) -> str:
        """Return how many rows are counted, short and over."""
        short, over = self._sums()
        return f"{len(self.sheet.entries):,} counted, {short} short, {over} over"

    def _sums(self) -> tuple[int, int]:
        """Return how many rows are short, and how many are over."""
        differences = [self.sheet.difference(row) for row in self.sheet.rows]
        short = sum(difference < 0 for difference in differences)
        over = sum(difference > 0 for difference in differences)
        return short, over

    def reload(self) -> None:
        """Read again what the record expects."""
        self.sheet.read(self.office)
        self.lay_out()

    def head(self, width: int) -> str:
        """Return the columns' names."""
        quantities = _in_columns("expected", "counted", "differs")
        return f"{pad('Item', self._room(width))}{quantities}  {pad('booked as', BOOKED - 2)}"

    def _room(self, width: int) -> int:
        return width - EXPECTED - COUNTED - DIFFERS - BOOKED

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each difference, then the notes on the other rows."""
        lines = [self._line(row, width) for row in self.sheet.differing()]
        if lines:
            lines.append(Line())
        return [*lines, *self._notes(width)]

    def _line(self, row: SheetRow, width: int) -> Line:
        entry, difference = self.sheet.entries[row.key], self.sheet.difference(row)
        quantities = _in_columns(f"{row.expected}", f"{entry.counted}", f"{difference:+}")
        text = pad(safe(row.title), self._room(width)) + quantities
        moved = self.sheet.moved(row)
        words = [self.sheet.booked_as(row), "(moved)" if moved else ""]
        booked: Span = (f"  {' '.join(filter(None, words))}", "alarm" if moved else "")
        return Line(((text, ""), booked), row, f"item {row.key}")

    def _notes(self, width: int) -> Iterator[Line]:
        """Yield a note on the rows that do not differ, and on those that moved."""
        sheet = self.sheet
        notes = []
        same = sum(row.key in sheet.entries and not sheet.difference(row) for row in sheet.rows)
        if same:
            notes.append(f"{same:,} counted as expected.")
        left = len(sheet.rows) - len(sheet.entries)
        if left:
            of_all = f"{left:,} of {len(sheet.rows):,}"
            notes.append(f"{of_all} not counted: they stay as the record has them.")
        if any(sheet.moved(row) for row in sheet.rows):
            notes.append(_MOVED)
        for note in notes:
            for part in wrapped(note, width):
                yield Line.of(part, "dim")

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the review."""
        group = "Review"
        yield Key(
            ("s", ":book"),
            "book",
            self.ask_to_book,
            "Book every count, in one action",
            0,
            group,
        )
        yield Key(
            ("r",),
            "reason",
            self.turn_reason,
            _REASON_HELP,
            1,
            group,
            self._not_short,
        )
        yield Key(
            ("R",),
            "reason of all",
            self.turn_all,
            "The same for every shortfall",
            2,
            group,
        )
        yield Key(
            ("enter",),
            "count again",
            self.recount,
            "Go back to the item on the sheet",
            1,
            group,
            self._no_row,
        )

    @property
    def row(self) -> SheetRow | None:
        """The row under the cursor."""
        return self.selected if isinstance(self.selected, SheetRow) else None

    def _no_row(self) -> str | None:
        return None if self.row else "move to an item first"

    def _not_short(self) -> str | None:
        """Return why the row under the cursor has no reason to choose; None where it has."""
        if self.row and self.sheet.difference(self.row) >= 0:
            return "only a shortfall has a reason; a surplus corrects the record"
        return self._no_row()

    def turn_reason(self) -> None:
        """Give the shortfall under the cursor the next reason."""
        if self.row:
            self.sheet.turn_reason(self.row)
            self.lay_out()

    def turn_all(self) -> None:
        """Give every shortfall the next reason."""
        self.sheet.turn_all()
        self.lay_out()
        self.say(f"Every shortfall is booked as {self.sheet.reason}.")

    def recount(self) -> None:
        """Go back to the item on the sheet."""
        row = self.row
        if row:
            self.app.pop_screen()
            self._recount(row.item_id)

    def ask_to_book(self) -> None:
        """Ask whether to book."""
        short, over = self._sums()
        counts = wording.count(len(self.sheet.entries), "count")
        self.ask(f"Book {counts}: {short} short, {over} over?", self._book)

    def _book(self) -> None:
        self.write(self.sheet.book, self._done)

    def _done(self, words: str) -> None:
        """Leave the review after its counts were booked, and hand the sentence to the sheet."""
        # The person may have left while the counts were written in their thread.
        if self.app.screen is self:
            self.app.pop_screen()
        self._booked(words)


def _in_columns(expected: str, counted: str, differs: str) -> str:
    columns = [
        pad(expected, EXPECTED, right=True),
        pad(counted, COUNTED, right=True),
        pad(differs, DIFFERS, right=True),
    ]
    return "".join(columns)
