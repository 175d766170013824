"""SheetScreen: a sheet on the screen: type a value, Enter, the next row; review; book."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from officeops.model.errors import NotFound
from officeops.model.text_folding import folded
from officeops.office.sheets.entries import SheetEntries
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.sheets.cell_typing import CellTyping, too_long
from officeops.tui.sheets.foot import SheetFoot
from officeops.tui.sheets.kept_draft import KeptDraft
from officeops.tui.sheets.review_screen import ReviewScreen
from officeops.tui.sheets.sheet_keys import sheet_keys
from officeops.tui.sheets.sheet_lines import SheetLines
from officeops.tui.terminal.cells import wrapped
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line
from officeops.values import wording
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.widget import Widget

    from officeops.model.entry_sheet import EntrySheet, SheetColumn, SheetRow
    from officeops.model.office import Office as AnyOffice
    from officeops.office.office import Office
    from officeops.tui.terminal.scans import Scan

#: Keys with one character that act although every character goes to the cell.
_NEVER_TEXT: Final = frozenset({"left", "right"})


class SheetScreen(LineScreen):
    """The screen of any sheet. Subclasses add keys of their own by `sheet_keys`.

    In a column of numbers digits go to the cell and letters are keys; in a column of text, every
    character goes to the cell, and Esc goes back to the first column.
    """

    def __init__(self, office: AnyOffice, sheet: EntrySheet) -> None:
        # Plugins, which open it, know an office by its Protocol.
        opened = cast("Office", office)
        super().__init__(opened)
        self.sheet = sheet
        self.entries = SheetEntries(sheet)
        self.draft = KeptDraft(opened, self.entries)
        self.lines = SheetLines(self.entries)
        self.typing = CellTyping(self.entries)
        self._foot = SheetFoot()
        #: The row under the cursor, by its id: it is completed and kept when the cursor leaves it.
        self._row_id = ""
        #: Sentences on other people's drafts of this sheet.
        self._others: list[str] = []

    # -- for subclasses ----------------------------------------------------------------------------

    def sheet_keys(self) -> Iterable[Key]:
        """Return more keys, which act where letters are keys."""
        return ()

    # -- what the screen shows ---------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Return the rows and the lines below them."""
        return [self.list, self._foot]

    def crumb(self) -> str:
        """Return the sheet's name."""
        return safe(self.sheet.title)

    def status(self) -> str:
        """Return how many rows are typed, and whether they are not kept."""
        done = f"{len(self.entries):,} of {len(self.entries.rows):,} {self.sheet.done}"
        return f"not kept · {done}" if self.draft.why_not else done

    def unsaved(self) -> str:
        """Keep what can be kept, and return in words what leaving would lose."""
        self.keep()
        rows = len(self.entries.unkept)
        return f"{wording.count(rows, self.sheet.noun)} not booked" if rows else ""

    def reload(self) -> None:
        """Take the draft up, and read again what the office expects."""
        news = self.draft.take()
        self._others = self.draft.others()
        self.entries.read(self.office)
        self.lay_out()
        if news:
            self.say(news)

    def withdraw(self) -> None:
        """Forget the typed rows: the person's permissions changed."""
        super().withdraw()
        self.entries.forget()

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
        self._foot.show(lines)

    def _draw(self, *places: int) -> None:
        """Draw some rows alone: a whole list would lag behind the typing."""
        for place in places:
            if place < len(self.entries.rows) and place < len(self.list.lines):
                self.list.change(place, self._line(place, self.list.body_width))

    # -- where the cursor is -----------------------------------------------------------------------

    @property
    def _noun(self) -> str:
        return self.sheet.heading.lower()

    @property
    def row(self) -> SheetRow:
        """The row under the cursor. Raises NotFound where there is none."""
        if self.list.cursor >= len(self.entries.rows):
            raise NotFound(f"There is no {self._noun} on this line.", code="not-found")
        return self.entries.rows[self.list.cursor]

    @property
    def column(self) -> SheetColumn | None:
        """The column under the cursor; None for a sheet without columns."""
        shown = self.entries.shown
        return shown[self.lines.active] if shown else None

    @property
    def is_in_text(self) -> bool:
        """Whether every character goes to the cell."""
        return self.column is not None and self.column.is_text

    def on_row_view_moved(self) -> None:
        """Complete and keep the row that the cursor left."""
        left = self.entries.place(self._row_id)
        self._leave(left)
        self._row_id = self.row.id if self.list.cursor < len(self.entries.rows) else ""
        self.typing.begin()
        self._draw(self.list.cursor, *([] if left is None else [left]))

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

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterable[Key]:
        """Return the keys of the sheet."""
        return sheet_keys(self)

    def common_keys(self) -> Iterable[Key]:
        """Return the keys of every screen, but for those that are typed here."""
        keys, column = list(super().common_keys()), self.column
        if column is None:
            return keys
        if column.is_text:
            return [key.replace(keys=named) for key in keys if (named := _with_names(key))]
        return [key for key in keys if not self.typing.character(column, key.keys[0])]

    def key_named(self, name: str) -> Key | None:
        """Return the key of a name; a character that goes to the cell is typed."""
        column = self.column
        character = self.typing.character(column, name) if column else ""
        if character:
            return Key(
                (name,),
                self.sheet.types,
                partial(self.type, character),
            )
        return super().key_named(name)

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
        rest = f"m goes to those not {self.sheet.done}"
        self.say(f"That was the last {self._noun}; r reviews the differences, {rest}.")

    def back(self) -> None:
        """Go back to the first column; from there, to the screen before."""
        if self.is_in_text and self.lines.active:
            self.go_to_column(0)
            return
        typed = len(self.entries)
        below = len(self.app.screen_stack)
        super().back()
        # The screen stays where rows could not be kept, or a write is under way.
        if typed and len(self.app.screen_stack) < below:
            rows = wording.count(typed, self.sheet.noun)
            self.navigator.notify(f"{rows} kept as your draft, not booked.")

    def toggle_blind(self) -> None:
        """Hide what the office expects, or show it again."""
        self.lines.is_blind = not self.lines.is_blind
        self.lay_out()

    # -- going to rows -----------------------------------------------------------------------------

    def go(self, place: int | None, otherwise: str) -> None:
        """Go to a row, or say `otherwise` where there is none."""
        if place is None:
            self.say(otherwise)
        else:
            self.list.move_to(place)

    def go_to_row(self, row_id: str) -> None:
        """Go to a row by its id."""
        self.go(self.entries.place(row_id), "")

    def go_to_empty(self) -> None:
        """Go to the next row without anything typed, from the top again after the last."""
        rows = self.entries.rows
        after = min(self.list.cursor + 1, len(rows))
        for place in [*range(after, len(rows)), *range(after)]:
            if rows[place].id not in self.entries:
                self.list.move_to(place)
                return
        self.say(f"Everything on the sheet is {self.sheet.done}; r reviews it.")

    def read_find(self) -> None:
        """Ask for a row to go to."""
        self.ask_for(
            "Find: ",
            _typed,
            self.find,
        )

    def find(self, text: str) -> None:
        """Go to the next row with a text; without one, to the row that the text names."""
        # Words on the screen go first: a name that several rows share is stepped through.
        place = self._next_with(text)
        if place is None:
            place = self.entries.place(self.sheet.find(self.office, text))
        self.go(place, self._not_here(text))

    def _next_with(self, text: str) -> int | None:
        rows, wanted = self.entries.rows, folded(text)
        after = min(self.list.cursor + 1, len(rows))
        place: int
        for place in [*range(after, len(rows)), *range(after)]:
            if wanted in folded(f"{rows[place].label} {rows[place].also}"):
                return place
        return None

    def _not_here(self, name: str) -> str:
        adds = f"; n adds {wording.article(self._noun)} that is here anyway"
        cure = adds if self.sheet.adds else ""
        return f"{safe(name)} is not on this sheet{cure}."

    def read_row(self) -> None:
        """Ask for a row that is not on the sheet."""
        self.ask_for(
            f"{self.sheet.adds}: ",
            _typed,
            self.add_row,
        )

    def add_row(self, text: str) -> None:
        """Add the row that a text names, and go there."""
        row_id = self.sheet.add(self.office, text)
        self.entries.add(row_id)
        self.entries.read(self.office)
        self.lay_out()
        self.go_to_row(row_id)

    # -- scans and pastes --------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> None:
        """Go to the row that was scanned, and fill in the texts that the code says.

        A code without an item, such as the second of a HIBC label, is of the row under the cursor.
        In a column of text, a code of nothing is the text.
        """
        says = self.sheet.says(self.office, f"{scan.prefix}{scan.code}")
        try:
            record = self.navigator.record_of(scan)
        except NotFound:
            if says:
                self._fill(self.row, says)
            elif self.is_in_text and not scan.prefix:
                self._type_whole(scan.code)
            else:
                raise
            return
        place = self.entries.place(self.sheet.row_of(self.office, record))
        self.typing.begin()
        if place is None:
            self.say(self._not_here(record.human_key))
            return
        if self.lines.active:
            self.go_to_column(0)
        self.list.move_to(place)
        self._fill(self.entries.rows[place], says)

    def _fill(self, row: SheetRow, texts: Mapping[str, str]) -> None:
        if texts:
            self._row_id = row.id
            self.entries.put(row, texts)
            self.lay_out()

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

    # -- reviewing and booking ---------------------------------------------------------------------

    def nothing_typed(self) -> str | None:
        """Return why there is nothing to review; None where there is."""
        return None if len(self.entries) else f"nothing is {self.sheet.done} yet"

    def review(self) -> None:
        """Open the review of the differences, to book them."""
        # The row under the cursor counts as left: the review shows it, and a dropped line does not lose it.
        self._leave(self.entries.place(self._row_id))
        self.app.push_screen(
            ReviewScreen(
                self,
                self.entries,
                self.go_to_row,
                self.booked,
            )
        )

    def booked(self, words: str) -> None:
        """Leave the sheet after its rows were booked."""
        self.entries.forget()
        if self.app.screen is self:
            self.app.pop_screen()
        self.navigator.notify(words)

    def ask_to_discard(self) -> None:
        """Ask whether to discard everything typed."""
        rows = wording.count(len(self.entries), self.sheet.noun)
        self.ask(f"Discard {rows} for good?", self._discard)

    def _discard(self) -> None:
        self.draft.discard()
        self.entries.read(self.office)
        self.lay_out()
        self.say("Discarded.")

    # -- the end -----------------------------------------------------------------------------------

    def hung_up(self) -> None:
        """Keep the typed rows: the line dropped, or the program is asked to end."""
        self.draft.keep()

    def on_unmount(self) -> None:
        """Keep the typed rows: the program closes."""
        self.draft.keep()


def _with_names(key: Key) -> tuple[str, ...]:
    """Return the names of a key that are no character; left and right move between columns."""
    return tuple(
        name for name in key.keys if len(name) > 1 and name not in _NEVER_TEXT and name[0] != ":"
    )


def _typed(text: str) -> str | None:
    return text.strip() or None
