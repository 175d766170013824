"""CellTyping: what a key does to the cell under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.entry_sheet import DIGITS
from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from officeops.model.entry_sheet import SheetColumn, SheetRow
    from officeops.office.sheets.entries import SheetEntries

#: Keys with a name whose character goes to a cell of text.
_NAMED = {"space": " "}


class CellTyping:
    """Types into one cell at a time. Each cell begins afresh when the cursor comes to it."""

    def __init__(self, entries: SheetEntries) -> None:
        self._entries = entries
        self._is_afresh = True
        #: Whether the number being typed is too long: then none of it counts, however it goes on.
        self.is_too_long = False
        self._before = ""

    @property
    def is_begun(self) -> bool:
        """Whether a text is being typed."""
        return not self._is_afresh

    def begin(self) -> None:
        """Begin afresh with the next key: the cursor came to another cell."""
        self._is_afresh, self.is_too_long = True, False

    def character(self, column: SheetColumn, name: str) -> str:
        """Return the character that a key types in a column; blank for a key of the screen."""
        character = _NAMED.get(name, name if len(name) == 1 else "")
        if column.begins and not self.is_begun:
            return character if character and character in column.begins else ""
        if column.is_text:
            return character
        if column.is_number:
            return character if character and character in column.characters else ""
        return character if character and column.choice_of(character) else ""

    def type(
        self,
        row: SheetRow,
        column: SheetColumn,
        character: str,
    ) -> None:
        """Put a character behind a cell's text.

        Raises UsageProblem for a number that is too long, and for every digit after that. The cell
        then is as it was before: a part of the digits would be a wrong number.
        """
        now = self._entries.text(row, column.name)
        if self._is_afresh:
            self._before, self.is_too_long = now, False
        text = character if self._is_afresh else now + character
        self._is_afresh = False
        if column.field.choices:
            text = column.choice_of(character)
        elif column.is_number and _is_digits(text):
            text = str(int(text))
            self.is_too_long = self.is_too_long or int(text) > column.most
        if self.is_too_long:
            self._entries.put(row, {column.name: self._before})
            raise too_long(column)
        self._entries.put(row, {column.name: text})

    def erase(self, row: SheetRow, column: SheetColumn) -> None:
        """Remove the last character of a cell. A number that is too long is removed whole."""
        if self.is_too_long:
            self._is_afresh, self.is_too_long = True, False
            return
        text = self._entries.text(row, column.name)
        self._is_afresh = False
        left = "" if column.field.choices else text[:-1]
        if not left:
            self._before = ""
            # With nothing left of it, letters are keys of the screen again.
            self._is_afresh = bool(column.begins)
        self._entries.put(row, {column.name: left})


def too_long(column: SheetColumn) -> UsageProblem:
    """Return the refusal of a number over the most of a column."""
    why = f"Over {column.most:,} is {column.beyond}: none of it is taken; type it again."
    return UsageProblem(why, code="too-long")


def _is_digits(text: str) -> bool:
    return bool(text) and all(character in DIGITS for character in text)
