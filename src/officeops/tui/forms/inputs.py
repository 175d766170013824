"""The edits of a form's fields: a line of text, one of a few words, dots, or several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.query.candidates import words_of
from officeops.tui.widgets.line_edit import LineEdit
from officeops.tui.widgets.masked_edit import MaskedEdit
from officeops.tui.widgets.text_edit import TextEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.fields import Field

#: The keys that delete a selected text.
_DELETING = frozenset({"backspace", "delete"})


class FieldEdit(LineEdit):
    """A line whose text is selected while it is fresh: a letter replaces it, backspace deletes it."""

    def insert(self, text: str) -> None:
        """Type or paste text; several lines are pasted as one."""
        super().insert(" ".join(text.splitlines()))

    def press(self, key: str) -> bool:
        """Do what an editing key does, and return whether the key is one."""
        if self.fresh and key in _DELETING:
            self.fill("")
            return True
        return super().press(key)


class MaskedFieldEdit(MaskedEdit, FieldEdit):
    """The line of a sealed field: dots."""


class ChoiceEdit(FieldEdit):
    """A line for one of a few words. Space shows the next: no word contains one."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        super().__init__(text)
        self._words = list(words)

    def insert(self, text: str) -> None:
        """Type; a space goes through the words."""
        if text != " ":
            super().insert(text)
            return
        place = self._words.index(self.text) if self.text in self._words else -1
        self.fill(self._words[(place + 1) % len(self._words)])


def edit_for(field: Field, text: str) -> LineEdit | TextEdit:
    """Return a new edit for a field."""
    words = words_of(field)
    if field.kind.editor == "text":
        return TextEdit(text)
    if words:
        return ChoiceEdit(text, words)
    return MaskedFieldEdit(text) if field.sealed else FieldEdit(text)
