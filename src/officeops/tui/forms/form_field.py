"""One field of a form: its label, where it is typed, and under it what may be meant or what is wrong."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from officeops.model.errors import OfficeError
from officeops.tui.forms.form_state import candidates
from officeops.tui.terminal.cells import cut, pad, width_of
from officeops.tui.terminal.scans import SEPARATOR, SHOWN_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from officeops.model.fields import Field
    from officeops.office.office import Office

LABEL = 20


class LineInput(Input):
    """An input of one line. A separator in a scanned code is kept, as people see it."""

    def __init__(self, text: str, *, password: bool = False) -> None:
        super().__init__(text, compact=True, select_on_focus=False, password=password)

    def on_key(self, event: events.Key) -> None:
        """Take what an input of Textual's would drop."""
        if event.character == SEPARATOR:
            event.stop()
            event.prevent_default()
            self.replace(SHOWN_SEPARATOR, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the line what has more lines as one."""
        event.prevent_default()
        event.stop()
        text = event.text.replace(SEPARATOR, SHOWN_SEPARATOR)
        self.replace(" ".join(text.splitlines()), *sorted(self.selection))


class ChoiceInput(LineInput):
    """An input for one of a few words. Space shows the next: it is in none of them."""

    def __init__(self, text: str, words: tuple[str, ...]) -> None:
        super().__init__(text)
        self._words = words

    def on_key(self, event: events.Key) -> None:
        """Go through the words."""
        if event.key == "space":
            event.stop()
            event.prevent_default()
            at = self._words.index(self.value) if self.value in self._words else -1
            self.value = self._words[(at + 1) % len(self._words)]
            self.action_end()


class FieldRow(Vertical):
    """A field of a form. Under it stand candidates while one types, or the error that keeps it from being saved."""

    DEFAULT_CSS = """
    FieldRow { height: auto; }
    FieldRow > Horizontal { height: auto; }
    FieldRow .label { width: 22; height: 1; color: $text-muted; }
    FieldRow .label:ansi { color: ansi_default; }
    FieldRow.-here .label { color: $foreground; text-style: bold; }
    FieldRow Input { width: 1fr; background: $surface; }
    FieldRow TextArea { width: 1fr; height: 3; border: none; padding: 0; background: $surface; }
    FieldRow TextArea:focus { border: none; }
    FieldRow Input:ansi, FieldRow TextArea:ansi { background: ansi_default; text-style: underline; }
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
            self.name, self.text = name, text

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
        self.office, self.field, self._within = office, field, within
        self._start = text
        self._offered: list[tuple[str, str]] = []
        self._chosen = -1
        self._noted = ("", False)

    def compose(self) -> ComposeResult:
        """Label and input side by side, the note under them."""
        needed = "*" if self.field.required else " "
        with Horizontal():
            yield Static(
                Content(pad(f" {needed}{self.field.label}", LABEL)), classes="label", markup=False
            )
            yield self._input()
        yield Static("", classes="note", markup=False)

    def _input(self) -> Input | TextArea:
        kind, words = (
            self.field.kind,
            ("yes", "no") if self.field.kind == "yes_no" else self.field.choices,
        )
        if kind == "long_text":
            return TextArea(
                self._start, soft_wrap=True, tab_behavior="focus", show_line_numbers=False
            )
        if words:
            return ChoiceInput(self._start, words)
        return LineInput(self._start, password=self.field.sealed)

    def on_mount(self) -> None:
        """Keep the cursor still: a blinking one costs 2 KB a second."""
        for each in self.query(Input):
            each.cursor_blink = False
        for area in self.query(TextArea):
            area.cursor_blink = False

    @property
    def control(self) -> Input | TextArea:
        """Where the text is typed."""
        return self.query_one(TextArea) if self.field.kind == "long_text" else self.query_one(Input)

    def enter(self) -> None:
        """Come to the field. The first letter typed replaces what nobody typed; a key that moves in it keeps it."""
        control = self.control
        if isinstance(control, Input) and control.value == self._start:
            control.select_all()
        self.screen.set_focus(control)

    @property
    def is_open(self) -> bool:
        """Whether candidates are offered."""
        return bool(self._offered)

    def note(self, text: str, *, wrong: bool = False) -> None:
        """Show something under the field; blank takes it away. The same again costs nothing."""
        if (text, wrong) == self._noted:
            return
        self._noted = text, wrong
        self.set_class(bool(text), "-noted")
        self.set_class(wrong and bool(text), "-wrong")
        self.query_one(".note", Static).update(Content(f"! {text}" if wrong and text else text))

    def put(self, text: str) -> None:
        """Put another text into the field; nobody typed it."""
        self._start = text
        if not self.is_mounted:
            return
        control = self.control
        with control.prevent(Input.Changed, TextArea.Changed):
            if isinstance(control, TextArea):
                control.load_text(text)
            elif control.value != text:
                control.value = text
                control.cursor_position = len(text)

    def step(self, by: int) -> None:
        """Choose the next or previous candidate."""
        self._chosen = (
            (self._chosen + by) % len(self._offered)
            if self._chosen >= 0 or by > 0
            else len(self._offered) - 1
        )
        self._fill(self._offered[self._chosen][0])
        self._show_offered()

    def settle(self) -> None:
        """Leave the field: the only candidate is taken, and the offer goes."""
        if len(self._offered) == 1 and self._chosen < 0:
            self._fill(self._offered[0][0])
        self.shut()

    def shut(self) -> None:
        """Take the offer away."""
        if self._offered:
            self._offered, self._chosen = [], -1
            self.note("")

    def _fill(self, word: str) -> None:
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = word
        field.cursor_position = len(word)
        self.post_message(self.Typed(self.field.name, word))

    @property
    def _room(self) -> int:
        """How many cells a note has."""
        return max(self.size.width - LABEL - 6, 20)

    def fitted(self, parts: Sequence[str]) -> str:
        """Return the parts of a note: side by side where they fit, else one under another."""
        line = "   ".join(parts)
        return (
            line
            if width_of(line) <= self._room
            else "\n".join(cut(part, self._room) for part in parts)
        )

    def _show_offered(self) -> None:
        width = self._room
        longest = max((width_of(word) for word, _ in self._offered), default=0)
        lines = [
            cut(f"{'>' if i == self._chosen else ' '} {pad(word, longest)}  {more}".rstrip(), width)
            for i, (word, more) in enumerate(self._offered)
        ]
        self.note("\n".join(lines))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what the text may be on its way to."""
        event.stop()
        self.post_message(self.Typed(self.field.name, event.value))
        if event.input.has_focus and self.field.kind in {"reference", "choice", "yes_no"}:
            self._chosen = -1
            found = self._candidates(event.value)
            self._offered = [] if [word for word, _ in found] == [event.value] else found
            if self._offered:
                self._show_offered()
            else:
                self.note("nothing like it" if not found and event.value.strip() else "")

    def _candidates(self, text: str) -> list[tuple[str, str]]:
        try:
            return candidates(self.office, self.field, text, self._within(self.office, self.field))
        except (OfficeError, sqlite3.Error):
            return []  # saving says what is the matter

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(self.Typed(self.field.name, event.text_area.text))

    def on_descendant_focus(self) -> None:
        """Say where the person is."""
        self.add_class("-here")
        self.post_message(self.Entered(self.field))

    def on_descendant_blur(self) -> None:
        """Close the offer."""
        self.remove_class("-here")
        self.settle()
