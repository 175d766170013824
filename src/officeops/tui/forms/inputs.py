"""The inputs of a form: one line of text, one of a few words, or a text of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from officeops.query.candidates import words_of
from officeops.values.scanned.refusal import SEPARATOR, SHOWN_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from officeops.model.fields import Field


class LineInput(Input):
    """An input of one line. It keeps the separator in a scanned code, as people see it."""

    def __init__(self, text: str, *, password: bool = False) -> None:
        super().__init__(
            text,
            compact=True,
            select_on_focus=False,
            password=password,
        )
        self.cursor_blink = False  # a blinking cursor costs 2 KB a second

    def on_key(self, event: events.Key) -> None:
        """Take the separator, which Textual's own input would drop."""
        if event.character == SEPARATOR:
            event.stop()
            event.prevent_default()
            self.replace(SHOWN_SEPARATOR, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        """Paste several lines as one."""
        event.prevent_default()
        event.stop()
        lines = event.text.replace(SEPARATOR, SHOWN_SEPARATOR).splitlines()
        self.replace(" ".join(lines), *sorted(self.selection))


class ChoiceInput(LineInput):
    """An input for one of a few words. Space shows the next: no word contains one."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        super().__init__(text)
        self._words = list(words)

    def on_key(self, event: events.Key) -> None:
        """Go through the words."""
        if event.key == "space":
            event.stop()
            event.prevent_default()
            place = self._words.index(self.value) if self.value in self._words else -1
            self.value = self._words[(place + 1) % len(self._words)]
            self.action_end()


class TextInput(TextArea):
    """An input of several lines. Tab leaves it."""

    def __init__(self, text: str) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
        )
        self.cursor_blink = False  # as above


def input_for(field: Field, text: str) -> LineInput | TextInput:
    """Return a new input for a field."""
    words = words_of(field)
    if field.kind.editor == "text":
        return TextInput(text)
    if words:
        return ChoiceInput(text, words)
    return LineInput(text, password=field.sealed)
