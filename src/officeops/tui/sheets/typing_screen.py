"""TypingScreen: the rows of a sheet, and the cell under the cursor, into which people type."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.errors import NotFound
from officeops.office.sheets.entries import SheetEntries
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.sheets.cell_typing import CellTyping, too_long
from officeops.tui.sheets.kept_draft import KeptDraft
from officeops.tui.sheets.sheet_lines import SheetLines
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.foot import Foot
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.widget import Widget

    from officeops.model.entry_sheet import EntrySheet, SheetColumn, SheetRow
    from officeops.model.office import Office as AnyOffice


class TypingScreen(LineScreen):
    """Shows a sheet's rows, types into one cell at a time, and keeps each row that is left."""

    def __init__(self, office: AnyOffice, sheet: EntrySheet) -> None:
        super().__init__(office)
        self.sheet = sheet
        self.entries = SheetEntries(sheet)
        self.draft = KeptDraft(self.office, self.entries)
        self.lines = SheetLines(self.entries)
        self.typing = CellTyping(self.entries)
        self._foot = Foot()
        #: The row under the cursor, by its id: it is completed and kept when the cursor leaves it.
        self._row_id = ""
        #: Sentences on other people's drafts of this sheet.
        self._others: list[str] = []

    # -- the rows ------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Return the rows and the lines below them."""
        return [self.list, self._foot]

    def head(self, width: int) -> str:
        """Return the columns' names."""
        return self.lines.head(width)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each row."""
        if not self.entries.rows:
            return [Line.of(part, "dim") for part in wrapped(self.sheet.nothing, width)]
        return [self._line(place, width) for place in range(len(self.entries.rows))]

    def _line(self, place: int, width: int) -> Line:
        row = self.entries.rows[place]
        return self.lines.line(
            row,
            width,
            is_here=place == self.list.cursor,
        )

    def lay_out(self) -> None:
        """Make the lines, and those below them, again."""
        self.lines.active = min(self.lines.active, max(len(self.entries.shown) - 1, 0))
        super().lay_out()
        self._show_foot()

    def _show_foot(self) -> None:
        width = self.list.body_width
        lines = self.lines.totals(width)
        lines += [Line.of(sentence, "dim") for sentence in self._others]
        lines += self.lines.notes(self._row_or_none(), width)
        self._foot.show(lines)

    def _draw(self, *places: int) -> None:
        """Draw some rows alone: a whole list would lag behind the typing."""
        for place in places:
            if place < len(self.entries.rows) and place < len(self.list.lines):
                self.list.change(place, self._line(place, self.list.body_width))

    # -- where the cursor is -------------------------------------------------------------------------

    @property
    def _noun(self) -> str:
        return self.sheet.heading.lower()

    @property
    def row(self) -> SheetRow:
        """The row under the cursor. Raises NotFound where there is none."""
        if self.list.cursor >= len(self.entries.rows):
            raise NotFound(f"There is no {self._noun} on this line.", code="not-found")
        return self.entries.rows[self.list.cursor]

    def _row_or_none(self) -> SheetRow | None:
        rows, place = self.entries.rows, self.list.cursor
        return rows[place] if place < len(rows) else None

    @property
    def column(self) -> SheetColumn | None:
        """The column under the cursor; None for a sheet without columns."""
        shown = self.entries.shown
        return shown[self.lines.active] if shown else None

    @property
    def is_in_text(self) -> bool:
        """Whether every character goes to the cell."""
        column = self.column
        if column is None or not column.is_text:
            return False
        return not column.begins or self.typing.is_begun

    def on_row_view_moved(self) -> None:
        """Complete and keep the row that the cursor left."""
        left = self.entries.place(self._row_id)
        self._leave(left)
        self._row_id = self.row.id if self.list.cursor < len(self.entries.rows) else ""
        self.typing.begin()
        self._draw(self.list.cursor, *([] if left is None else [left]))
        if self.sheet.note_lines:
            self._show_foot()
            self.show_bars()

    def _leave(self, place: int | None) -> None:
        if place is not None and self.entries.rows[place].id in self.entries.unkept:
            self.entries.complete(self.office, self.entries.rows[place])
            self.keep()

    def keep(self) -> None:
        """Keep the typed rows in the file; say so where that fails for the first time."""
        before = self.draft.why_not
        if not self.draft.keep():
            self.say(f"Not kept if this screen closes: {self.draft.why_not}")
        if before != self.draft.why_not:
            self.show_bars()
        self._show_foot()

    def go_to_column(self, place: int) -> None:
        """Put the cursor on another column of its row."""
        if 0 <= place < len(self.entries.shown):
            self.lines.active = place
            self.typing.begin()
            self.list.head = self.head(self.list.body_width)
            self.lay_out()

    # -- typing --------------------------------------------------------------------------------------

    def type(self, character: str) -> None:
        """Put a character behind the text of the cell; a choice goes on to the next column."""
        row, column = self.row, self.column
        if column is None:
            return
        self._row_id = row.id
        try:
            self.typing.type(
                row,
                column,
                character,
            )
        finally:
            self._draw(self.list.cursor)
        if column.field.choices:
            self._show_foot()
            self.go_to_column(self.lines.active + 1)

    def step(self, by: int) -> None:
        """Change a number by one, from the typed or the offered one."""
        row, column = self.row, self.column
        if column is None:
            return
        text = self.entries.text(row, column.name) or row.offered.get(column.name, "0")
        # Nobody receives fewer than none; a text that is no number begins at none.
        number = max(int(text) + by, 0) if text.isdecimal() else 0
        self._row_id = row.id
        self.typing.begin()
        self.entries.put(row, {column.name: str(number)})
        self._draw(self.list.cursor)

    def erase(self) -> None:
        """Remove the last character."""
        if self.column is not None:
            self._row_id = self.row.id
            self.typing.erase(self.row, self.column)
            self._draw(self.list.cursor)
            self._show_foot()

    def next_cell(self) -> None:
        """Take the cell, then go to the next that the row needs, else to the next row.

        A number that is too long, and a text that cannot be read, keeps the cursor where it is.
        """
        column = self.column
        if self.typing.is_too_long and column:
            # Said again: a scanner types its code and Enter faster than anyone reads.
            self.typing.begin()
            raise too_long(column)
        row = self.row
        if column is not None:
            self._take(row, column)
            if problem := self.entries.cell_problem(row, column.name):
                self.typing.begin()
                self.say(safe(f"{problem}."))
                return
        for name in self.entries.missing(row):
            if column is None or name != column.name:
                self.go_to_column(self._place_of_column(name))
                return
        if self.sheet.goes_right and self.lines.active + 1 < len(self.entries.shown):
            self.go_to_column(self.lines.active + 1)
            return
        self._next_row()

    def _take(self, row: SheetRow, column: SheetColumn) -> None:
        """Take what a row offers where nothing is typed, and what follows from the rest."""
        self._row_id = row.id
        offered = row.offered.get(column.name, "")
        if offered and not self.entries.text(row, column.name):
            self.entries.put(row, {column.name: offered})
        self.entries.complete(self.office, row)
        self._draw(self.list.cursor)

    def _place_of_column(self, name: str) -> int:
        names = [column.name for column in self.entries.shown]
        return names.index(name) if name in names else self.lines.active

    def _next_row(self) -> None:
        if self.lines.active:
            self.go_to_column(0)
        if self.list.cursor + 1 < len(self.entries.rows):
            self.list.move(1)
            return
        self.typing.begin()
        self.keep()
        said = f"That was the last {self._noun}"
        if self.is_in_text:
            # Letters go to the cell there.
            self.say(f"{said}; ctrl+s reviews the differences.")
            return
        rest = f"{self.letters['next']} goes to those not {self.sheet.done}"
        self.say(f"{said}; {self.letters['do']} reviews the differences, {rest}.")

    def _type_whole(self, text: str) -> None:
        for character in text:
            self.type(character)
        self.next_cell()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt line, or into a cell of text."""
        if self.prompt.busy or not self.is_in_text:
            super().on_paste(event)
            return
        for character in event.text.splitlines()[0] if event.text.strip() else "":
            self.guarded(partial(self.type, character if character.isprintable() else " "))

    # -- the end -------------------------------------------------------------------------------------

    def hung_up(self) -> None:
        """Keep the typed rows: the line dropped, or the program is asked to end."""
        self.draft.keep()

    def on_unmount(self) -> None:
        """Keep the typed rows: the program closes."""
        self.draft.keep()
