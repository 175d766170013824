"""SheetScreen: a sheet on the screen: type a value, Enter, the next row; review; book."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.model.errors import NotFound, OfficeError
from officeops.model.text_folding import folded
from officeops.tui.sheets.review_screen import ReviewScreen
from officeops.tui.sheets.sheet_keys import sheet_keys
from officeops.tui.sheets.typing_screen import TypingScreen
from officeops.tui.terminal.keys import Key
from officeops.values import wording
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.entry_sheet import SheetRow
    from officeops.tui.terminal.scans import Scan

#: Keys that move between columns, where every character goes to the cell.
_NEVER_TEXT: Final = frozenset({"left", "right"})


class SheetScreen(TypingScreen):
    """The screen of any sheet. Subclasses add keys of their own by `sheet_keys`.

    In a column of numbers digits go to the cell and letters are keys; in a column of text, every
    character goes to the cell, and Esc goes back to the first column.
    """

    def sheet_keys(self) -> Iterable[Key]:
        """Return more keys, which act where letters are keys."""
        return ()

    # -- what the screen shows -----------------------------------------------------------------------

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
        self._failure = ""
        try:
            self.entries.read(self.office)
        except OfficeError as error:
            # Without its rows the sheet would say that there is nothing to type.
            self._show_failure(error)
            return
        self.lay_out()
        if news:
            self.say(news)

    def withdraw(self) -> None:
        """Forget the typed rows: the person's permissions changed."""
        super().withdraw()
        self.entries.forget()

    # -- keys ----------------------------------------------------------------------------------------

    def own_keys(self) -> Iterable[Key]:
        """Return the keys of the sheet."""
        return sheet_keys(self)

    def common_keys(self) -> Iterable[Key]:
        """Return the keys of every screen, but for those that are typed here."""
        keys, column = list(super().common_keys()), self.column
        if column is None:
            return keys
        if self.is_in_text:
            return [
                key.replace(keys=named, letter="") for key in keys if (named := _with_names(key))
            ]
        return [key for key in keys if not self.typing.character(column, key.names[0])]

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

    def back(self) -> None:
        """Go back to the first column; from there, to the screen before."""
        if self.is_in_text and self.column and self.column.begins:
            # The text is taken as it is; letters are keys again.
            self.go_to_column(self.lines.active)
            return
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

    # -- going to rows -------------------------------------------------------------------------------

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
        self.say(f"Everything on the sheet is {self.sheet.done}; {self.letters['do']} reviews it.")

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
        adds = f"; {self.letters['new']} adds {wording.article(self._noun)} that is here anyway"
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

    # -- reviewing and booking -----------------------------------------------------------------------

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

    def ask_to_discard_others(self) -> None:
        """Ask whether to discard what other people typed here."""
        self.ask("Discard what others typed here, for good?", self._discard_others)

    def _discard_others(self) -> None:
        words = self.draft.discard_others()
        self.reload()
        self.say(words)


def _with_names(key: Key) -> tuple[str, ...]:
    """Return the names of a key that are no character; left and right move between columns."""
    return tuple(
        name for name in key.keys if len(name) > 1 and name not in _NEVER_TEXT and name[0] != ":"
    )


def _typed(text: str) -> str | None:
    return text.strip() or None
