"""The review of a sheet: its differences, and what the booking makes of each. All is booked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.entry_sheet import SheetRow
from officeops.model.errors import Already
from officeops.model.sealed_value import MASK
from officeops.office.sheets.booking import book_sheet
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.sheets.sheet_lines import headline
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line
from officeops.values import wording
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from officeops.office.office import Office
    from officeops.office.sheets.entries import SheetEntries
    from officeops.tui.widgets.rows import Span

#: Cells of the columns after the label, with the gaps before them.
EXPECTED, TYPED, DIFFERS, BOOKED = 11, 10, 10, 16
_GROUP = "Review"


class ReviewScreen(LineScreen):
    """The rows that differ from what the office expects.

    Nothing is written before it is booked here.
    """

    def __init__(
        self,
        opener: LineScreen,
        entries: SheetEntries,
        go_back_to: Callable[[str], object],
        booked: Callable[[str], object],
    ) -> None:
        """Share the office of the screen that opens this one.

        `go_back_to` goes to a row of the sheet; `booked` gets the sentence on the booking.
        """
        super().__init__(opener.office)
        self.entries, self.sheet = entries, entries.sheet
        self._go_back_to, self._booked = go_back_to, booked
        #: The place of the choice that every row has; rows may have others of their own.
        self._chosen_for_all = 0

    # -- what the screen shows ---------------------------------------------------------------------

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Review"

    def status(self) -> str:
        """Return how many rows are typed, and how they differ."""
        return f"{len(self.entries):,} {self.sheet.done}, {self._summary()}"

    def _summary(self) -> str:
        return self.sheet.summary(self.entries.rows, self.entries.all_typed())

    def reload(self) -> None:
        """Read again what the office expects."""
        self.entries.read(self.office)
        self.lay_out()

    def head(self, width: int) -> str:
        """Return the columns' names."""
        first = self.entries.shown[0].field.words if self.entries.shown else ""
        cells = _in_columns(
            headline(self.sheet.expects),
            headline(first),
            headline(self.sheet.differing),
        )
        label = pad(headline(self.sheet.heading), self._room(width))
        return f"{label}{cells}  {pad('Booked as', BOOKED - 2)}"

    def _room(self, width: int) -> int:
        return width - EXPECTED - TYPED - DIFFERS - BOOKED

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each row to look over, then the notes on the other rows."""
        lines = [self._line(row, width) for row in self.entries.to_look_over()]
        if lines:
            lines.append(Line())
        return [*lines, *self._notes(width)]

    def _line(self, row: SheetRow, width: int) -> Line:
        cells = _in_columns(
            row.expected,
            self._typed(row),
            self.entries.difference(row),
        )
        return Line(
            ((pad(safe(row.label), self._room(width)) + safe(cells), ""), self._booked_as(row)),
            row,
            row.id,
        )

    def _typed(self, row: SheetRow) -> str:
        """Return the first cell of a row as it may be shown."""
        for column in self.entries.shown[:1]:
            text = self.entries.text(row, column.name)
            return MASK if text and column.field.sealed else text
        return ""

    def _booked_as(self, row: SheetRow) -> Span:
        """Return what becomes of a row, or what keeps it from being booked."""
        entry = self.entries.typed_in(row)
        words = self.sheet.booked_as(row, entry) if entry else ""
        # In words, not by the color alone.
        if self.entries.is_changed(row):
            return f"  {safe(words)} ({self.sheet.changed})", "alarm"
        if self.entries.problems(row):
            return "  not in order", "alarm"
        return f"  {safe(words)}".rstrip(), ""

    def _notes(self, width: int) -> Iterator[Line]:
        """Yield a note on the rows that do not differ, and on those that are not in order."""
        for note in [*self._counts(), *self._faults()]:
            for part in wrapped(note, width):
                yield Line.of(part, "dim")

    def _counts(self) -> Iterator[str]:
        rows, done = self.entries.rows, self.sheet.done
        same = len(self.entries) - len(self.entries.to_look_over())
        if same:
            yield f"{same:,} {done} as expected."
        left = len(rows) - len(self.entries)
        if left:
            yield f"{left:,} of {len(rows):,} not {done}: {self.sheet.untouched}."

    def _faults(self) -> Iterator[str]:
        rows, changed = self.entries.rows, self.sheet.changed
        if any(self.entries.is_changed(row) for row in rows):
            yield (
                f"{changed.capitalize()}: the office expects something else since you typed it. "
                "Enter goes back to the row; space agrees to what you typed."
            )
        for row in rows:
            for problem in self.entries.problems(row):
                if problem.code != "changed-since":
                    yield safe(f"{problem}.")

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the review."""
        words = "Book every row, in one action"
        yield Key(
            ("ctrl+s", ":book"),
            "book",
            self.ask_to_book,
            words,
            0,
            _GROUP,
            means="do",
        )
        words = "Go back to the row on the sheet"
        yield Key(
            ("enter",),
            "go back to it",
            self.go_back,
            words,
            1,
            _GROUP,
            self._no_row,
        )
        if any(self.entries.is_changed(row) for row in self.entries.rows):
            words = "Agree to what you typed, though the office expects something else now"
            yield Key(
                ("space", ":agree"),
                "agree",
                self.agree,
                words,
                1,
                _GROUP,
                self._not_changed,
            )
        if self.sheet.reviewed:
            name = self.sheet.reviewed.field.words
            words = self.sheet.reviewed.field.help
            yield Key(
                (":turn",),
                name,
                self.turn,
                words,
                1,
                _GROUP,
                self._why_not,
                means="why",
            )
            yield Key(
                ("*",),
                f"{name} of all",
                self.turn_all,
                "The same for every row",
                2,
                _GROUP,
            )

    @property
    def row(self) -> SheetRow | None:
        """The row under the cursor."""
        return self.selected if isinstance(self.selected, SheetRow) else None

    def _no_row(self) -> str | None:
        return None if self.row else "move to a row first"

    def _not_changed(self) -> str | None:
        if self.row and not self.entries.is_changed(self.row):
            return "nothing changed here since you typed it"
        return self._no_row()

    def _why_not(self) -> str | None:
        """Return why the row under the cursor has no choice; None where it has."""
        typed = self.entries.typed_in(self.row) if self.row else None
        if self.row and typed:
            return self.sheet.why_not_reviewed(self.row, typed)
        return self._no_row()

    def turn(self) -> None:
        """Give the row under the cursor the next choice."""
        column = self.sheet.reviewed
        if self.row and column:
            choices = column.field.choices
            now = self.entries.text(self.row, column.name) or choices[0]
            self._choose(self.row, choices[(choices.index(now) + 1) % len(choices)])
            self.lay_out()

    def turn_all(self) -> None:
        """Give every row the next choice."""
        column = self.sheet.reviewed
        if column is None:
            return
        choices = column.field.choices
        self._chosen_for_all = (self._chosen_for_all + 1) % len(choices)
        chosen = choices[self._chosen_for_all]
        for row in self.entries.rows:
            typed = self.entries.typed_in(row)
            if typed and not self.sheet.why_not_reviewed(row, typed):
                self._choose(row, chosen)
        self.lay_out()
        self.say(f"{column.field.label} of every row: {chosen}.")

    def _choose(self, row: SheetRow, chosen: str) -> None:
        # Choosing a reason is no agreement to a row that changed.
        if self.sheet.reviewed:
            self.entries.put(
                row,
                {self.sheet.reviewed.name: chosen},
                agreed=False,
            )

    def agree(self) -> None:
        """Agree to a row that changed after it was typed."""
        if self.row:
            self.entries.confirm(self.row)
            self.lay_out()

    def go_back(self) -> None:
        """Go back to the row on the sheet."""
        row = self.row
        if row:
            self.app.pop_screen()
            self._go_back_to(row.id)

    # -- booking -----------------------------------------------------------------------------------

    def ask_to_book(self) -> None:
        """Ask whether to book. Raises Refused with everything that is not in order."""
        self.entries.bookable()
        rows = wording.count(len(self.entries), self.sheet.noun)
        self.ask(f"Book {rows}: {self._summary()}?", self._book)

    def _book(self) -> None:
        self.write(self._book_in, self._done)

    def _book_in(self, office: Office) -> str:
        try:
            return book_sheet(office, self.entries)
        except Already as done:
            # It was booked, though the answer never arrived.
            return done.outcome

    def _done(self, words: str) -> None:
        """Leave the review after its rows were booked, and hand the sentence to the sheet."""
        # The person may have left while the rows were written in their thread.
        if self.app.screen is self:
            self.app.pop_screen()
        self._booked(safe(words))


def _in_columns(
    expected: str,
    typed: str,
    differs: str,
) -> str:
    columns = [
        pad(
            expected,
            EXPECTED,
            right=True,
        ),
        pad(
            typed,
            TYPED,
            right=True,
        ),
        pad(
            differs,
            DIFFERS,
            right=True,
        ),
    ]
    return "".join(columns)
