"""FieldRow: one field of a form: its label, its input, and below it suggestions or an error."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from officeops.model.errors import OfficeError
from officeops.query.candidates import candidates
from officeops.tui.forms.inputs import LineInput, TextInput, input_for
from officeops.tui.terminal.cells import cut, pad, width_of
from officeops.tui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from officeops.model.fields import Field
    from officeops.office.office import Office

#: Cells of the label, and the fewest of a note.
LABEL = 20
FEWEST = 20
#: The kinds of field that offer suggestions.
SUGGESTING = frozenset({"reference", "choice"})


class FieldRow(Vertical):
    """A field of a form."""

    DEFAULT_CSS = """
    FieldRow { height: auto; }
    FieldRow > Horizontal { height: auto; }
    FieldRow .label { width: 22; height: 1; color: $text-muted; }
    FieldRow .label:ansi { color: ansi_default; }
    FieldRow.-here .label { color: $foreground; text-style: bold; }
    FieldRow Input { width: 1fr; background: $surface; }
    FieldRow TextArea { width: 1fr; height: 3; border: none; padding: 0; background: $surface; }
    FieldRow TextArea:focus { border: none; }
    FieldRow Input:ansi, FieldRow TextArea:ansi {
        background: ansi_default; text-style: underline;
    }
    FieldRow Input:nocolor > .input--cursor { text-style: reverse; }
    FieldRow > .note { display: none; height: auto; margin-left: 22; }
    FieldRow.-noted > .note { display: block; }
    FieldRow.-wrong > .note { color: $text-error; text-style: bold; }
    FieldRow.-wrong:ansi > .note { color: ansi_default; }
    """

    class Typed(Message):
        """The text of a field changed."""

        def __init__(self, name: str, text: str) -> None:
            super().__init__()
            self.name = name
            self.text = text

    class Entered(Message):
        """The person came to a field."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(
        self,
        office: Office,
        field: Field,
        text: str,
        within: Callable[[Office, Field], Mapping[str, int]],
    ) -> None:
        super().__init__()
        self.office = office
        self.field = field
        self._within = within
        #: The text that nobody typed.
        self._start = text
        self._suggestions = Suggestions()
        self._noted = ("", False)

    def compose(self) -> ComposeResult:
        """Arrange label and input side by side, the note below them."""
        needed = "*" if self.field.required else " "
        label = Content(pad(f" {needed}{self.field.label}", LABEL))
        with Horizontal():
            yield Static(label, classes="label", markup=False)
            yield input_for(self.field, self._start)
        yield Static("", classes="note", markup=False)

    @property
    def control(self) -> LineInput | TextInput:
        """The input."""
        if self.field.kind.editor == "text":
            return self.query_one(TextInput)
        return self.query_one(LineInput)

    def enter(self) -> None:
        """Come to the field.

        The first letter typed replaces a text nobody typed; moving in it keeps it.
        """
        control = self.control
        if isinstance(control, Input) and control.value == self._start:
            control.select_all()
        self.screen.set_focus(control)

    def put(self, text: str) -> None:
        """Put another text into the field, as one that nobody typed."""
        self._start = text
        if not self.is_mounted:
            return
        control = self.control
        # Without this, the text would count as typed.
        with control.prevent(Input.Changed, TextArea.Changed):
            if isinstance(control, TextArea):
                control.load_text(text)
            elif control.value != text:
                control.value = text
                control.cursor_position = len(text)

    # -- the note below ----------------------------------------------------------------------------

    def note(self, text: str, *, wrong: bool = False) -> None:
        """Show a note below the field; blank removes it. The same note again costs nothing."""
        if (text, wrong) == self._noted:
            return
        self._noted = text, wrong
        self.set_class(bool(text), "-noted")
        self.set_class(wrong and bool(text), "-wrong")
        shown = f"! {text}" if wrong and text else text
        self.query_one(".note", Static).update(Content(shown))

    def fitted(self, parts: Sequence[str]) -> str:
        """Return the parts of a note side by side if they fit, else one below another."""
        line = "   ".join(parts)
        if width_of(line) <= self._room:
            return line
        return "\n".join(cut(part, self._room) for part in parts)

    @property
    def _room(self) -> int:
        """How many cells a note has."""
        return max(self.size.width - LABEL - 6, FEWEST)

    # -- suggestions -------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether suggestions are offered."""
        return self._suggestions.is_open

    def moves(self, by: int) -> bool:
        """Choose the next or previous suggestion, if any are offered."""
        if not self.is_open:
            return False
        self.step(by)
        return True

    def step(self, by: int) -> None:
        """Choose the next or previous suggestion."""
        self._fill(self._suggestions.step(by))
        self.note(self._suggestions.text(self._room))

    def settle(self) -> None:
        """Leave the field: a single suggestion is taken, and the list closes."""
        only = self._suggestions.only()
        if only is not None:
            self._fill(only)
        self.shut()

    def shut(self) -> None:
        """Close the list of suggestions."""
        if self._suggestions.is_open:
            self._suggestions.offer([])
            self.note("")

    def _fill(self, word: str) -> None:
        control = self.query_one(LineInput)
        with control.prevent(Input.Changed):
            control.value = word
        control.cursor_position = len(word)
        self.post_message(self.Typed(self.field.name, word))

    def _suggest(self, text: str) -> None:
        """Offer the candidates of a text, unless it is the only one already."""
        offered = self._candidates(text)
        words = [word for word, _ in offered]
        if words == [text]:
            self._suggestions.offer([])
            self.note("")
            return
        self._suggestions.offer(offered)
        if offered:
            self.note(self._suggestions.text(self._room))
        else:
            self.note("nothing like it" if text.strip() else "")

    def _candidates(self, text: str) -> list[tuple[str, str]]:
        if self.field.target and not text.strip():
            return []
        try:
            within = self._within(self.office, self.field)
            return candidates(self.office, self.field, text, within)
        except (OfficeError, sqlite3.Error):
            return []  # saving shows the error

    # -- events ------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on the text, and suggest."""
        event.stop()
        self.post_message(self.Typed(self.field.name, event.value))
        # A text put in from elsewhere needs no suggestions.
        if event.input.has_focus and self.field.kind.editor in SUGGESTING:
            self._suggest(event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Pass on the text."""
        event.stop()
        self.post_message(self.Typed(self.field.name, event.text_area.text))

    def on_descendant_focus(self) -> None:
        """Report where the person is."""
        self.add_class("-here")
        self.post_message(self.Entered(self.field))

    def on_descendant_blur(self) -> None:
        """Close the list of suggestions."""
        self.remove_class("-here")
        self.settle()
