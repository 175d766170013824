"""The review of a count round: what differs, booked as what; and the booking of all of it in one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import Key, Line, LineScreen, pad, wrapped
from officeops.values.convert import safe
from officeops_inventory.counts.cycle import SheetRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from officeops.office.office import Office
    from officeops_inventory.counts.sheet import CountSheet

#: Cells of the columns after the name, with the gaps before them: expected, counted, differs, booked as.
EXPECTED, COUNTED, DIFFERS, BOOKED = 11, 10, 10, 16


class ReviewScreen(LineScreen):
    """What differs from the record at one location. Nothing is written before it is booked here."""

    def __init__(
        self,
        office: Office,
        sheet: CountSheet,
        recount: Callable[[int], object],
        booked: Callable[[str], object],
    ) -> None:
        super().__init__(office)
        self.sheet, self._recount, self._booked = sheet, recount, booked

    # -- what is shown ------------------------------------------------------------------------------

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Review"

    def status(self) -> str:
        """Return how the round comes out."""
        short, over = self._sums()
        return f"{len(self.sheet.entries):,} counted, {short} short, {over} over"

    def _sums(self) -> tuple[int, int]:
        found = [self.sheet.difference(row) for row in self.sheet.rows]
        return sum(each < 0 for each in found), sum(each > 0 for each in found)

    def reload(self) -> None:
        """Read again what the record expects."""
        self.sheet.read(self.office)
        self.lay_out()

    def head(self, width: int) -> str:
        """Return the columns' names."""
        labels = (("expected", EXPECTED), ("counted", COUNTED), ("differs", DIFFERS))
        figures = "".join(pad(label, cells, right=True) for label, cells in labels)
        return f"{pad('Item', self._room(width))}{figures}  {pad('booked as', BOOKED - 2)}"

    def _room(self, width: int) -> int:
        return width - EXPECTED - COUNTED - DIFFERS - BOOKED

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each difference, then what is said of the rest."""
        found = [self._line(row, width) for row in self.sheet.differing()]
        return [*found, *([Line()] if found else []), *self._rest(width)]

    def _line(self, row: SheetRow, width: int) -> Line:
        entry, difference = self.sheet.entries[row.key], self.sheet.difference(row)
        figures = (
            (f"{row.expected}", EXPECTED),
            (f"{entry.counted}", COUNTED),
            (f"{difference:+}", DIFFERS),
        )
        text = pad(safe(row.title), self._room(width)) + "".join(
            pad(each, cells, right=True) for each, cells in figures
        )
        moved = self.sheet.moved(row)
        word = " ".join(
            each for each in (self.sheet.booked_as(row), "(moved)" if moved else "") if each
        )
        return Line(((text, ""), (f"  {word}", "alarm" if moved else "")), row, f"item {row.key}")

    def _rest(self, width: int) -> Iterator[Line]:
        sheet = self.sheet
        same = sum(row.key in sheet.entries and not sheet.difference(row) for row in sheet.rows)
        left = len(sheet.rows) - len(sheet.entries)
        notes = [f"{same:,} counted as expected."] if same else []
        notes += (
            [f"{left:,} of {len(sheet.rows):,} not counted: they stay as the record has them."]
            if left
            else []
        )
        if any(sheet.moved(row) for row in sheet.rows):
            notes.append(
                "Moved: stock was booked since you counted it. Enter goes back to it; count it again."
            )
        yield from (Line.of(part, "dim") for note in notes for part in wrapped(note, width))

    # -- keys ---------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the review."""
        group = "Review"
        yield Key(
            ("s", ":book"), "book", self.ask_to_book, "Book every count, in one action", 0, group
        )
        words = "What this shortfall is: used, wasted, expired, or the record was wrong"
        yield Key(("r",), "reason", self.turn_reason, words, 1, group, self._not_short)
        yield Key(("R",), "reason of all", self.turn_all, "The same for every shortfall", 2, group)
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
        if self.row and self.sheet.difference(self.row) >= 0:
            return "only a shortfall has a reason; a surplus corrects the record"
        return self._no_row()

    def turn_reason(self) -> None:
        """Say another reason for the shortfall under the cursor."""
        if self.row:
            self.sheet.turn_reason(self.row)
            self.lay_out()

    def turn_all(self) -> None:
        """Say another reason for every shortfall."""
        self.sheet.turn_all()
        self.lay_out()
        self.say(f"Every shortfall is booked as {self.sheet.reason}.")

    def recount(self) -> None:
        """Go back to the item on the sheet."""
        if row := self.row:
            self.app.pop_screen()
            self._recount(row.item_id)

    def ask_to_book(self) -> None:
        """Ask whether to book."""
        count = len(self.sheet.entries)
        short, over = self._sums()
        what = f"{count} count{'' if count == 1 else 's'}: {short} short, {over} over"
        self.ask(f"Book {what}?", self._book)

    def _book(self) -> None:
        self.write(self.sheet.book, self._done)

    def _done(self, words: str) -> None:
        if self.app.screen is self:
            self.app.pop_screen()
        self._booked(words)
