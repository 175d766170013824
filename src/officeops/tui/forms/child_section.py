"""ChildSection: the children of one kind in a form: a label, and a line for each below another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from officeops.model.fields import Field
from officeops.tui.forms.field_row import LABEL
from officeops.tui.terminal.cells import cut, pad

if TYPE_CHECKING:
    from textual.app import ComposeResult, RenderResult

    from officeops.tui.forms.child_entries import ChildEntries, ChildEntry

_NONE = "  none"


class ChildList(Widget, can_focus=True):
    """The lines of a section, with a cursor in them while it has the focus."""

    DEFAULT_CSS = """
    ChildList { width: 1fr; height: auto; }
    """

    def __init__(self, entries: ChildEntries) -> None:
        super().__init__()
        self.entries = entries
        self.place = 0

    def render(self) -> RenderResult:
        """Draw the lines."""
        return Content("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Return the lines as they are drawn."""
        rows = self.entries.rows
        if not rows:
            return [f"{'>' if self.has_focus else ' '}{_NONE[1:]}"]
        # Before the first layout a widget has no width.
        width = max(self.size.width - 1, 10)
        lines = []
        for place, entry in enumerate(rows):
            cursor = ">" if self.has_focus and place == self.place else " "
            lines.append(cursor + cut(self.entries.line(entry), width))
        return lines

    @property
    def here(self) -> ChildEntry | None:
        """The row under the cursor."""
        rows = self.entries.rows
        return rows[min(self.place, len(rows) - 1)] if rows else None


class ChildSection(Vertical):
    """A section of a form; the form goes to it as to a field."""

    DEFAULT_CSS = """
    ChildSection { height: auto; }
    ChildSection > Horizontal { height: auto; }
    ChildSection .label { width: 22; height: 1; color: $text-muted; }
    ChildSection .label:ansi { color: ansi_default; }
    ChildSection.-here .label { color: $foreground; text-style: bold; }
    ChildSection > .note { display: none; height: auto; margin-left: 22; }
    ChildSection.-noted > .note { display: block; color: $text-error; text-style: bold; }
    ChildSection.-noted:ansi > .note { color: ansi_default; }
    """
    #: It offers no suggestions.
    is_open = False

    def __init__(self, entries: ChildEntries) -> None:
        super().__init__()
        self.entries = entries
        label = entries.child.options.replace("-", " ").capitalize()
        #: What its problems are about.
        self.field = Field("text", default=None, label=label).named(entries.child.option, "")
        self.control = ChildList(entries)
        self._noted = ""

    def compose(self) -> ComposeResult:
        """Arrange label and lines side by side, the note below them."""
        with Horizontal():
            label = Content(pad(f"  {self.field.label}", LABEL))
            yield Static(label, classes="label", markup=False)
            yield self.control
        yield Static("", classes="note", markup=False)

    def enter(self) -> None:
        """Come to the section."""
        self.screen.set_focus(self.control)

    def moves(self, by: int) -> bool:
        """Go to another row, if there is one in that direction."""
        place = self.control.place + by
        if not 0 <= place < len(self.entries.rows):
            return False
        self.control.place = place
        self.control.refresh()
        return True

    def draw(self) -> None:
        """Draw the lines again, as there may be more or fewer."""
        rows = self.entries.rows
        # The row under the cursor may be gone.
        self.control.place = max(min(self.control.place, len(rows) - 1), 0)
        self.control.refresh(layout=True)

    def note(self, text: str, *, wrong: bool = False) -> None:
        """Show a note below the rows; blank removes it."""
        if text == self._noted:
            return
        self._noted = text
        self.set_class(bool(text), "-noted")
        self.query_one(".note", Static).update(Content(f"! {text}" if text and wrong else text))

    def put(self, text: str) -> None:
        """Take no text: the rows are typed in forms of their own."""

    def settle(self) -> None:
        """Leave the section as it is."""

    def shut(self) -> None:
        """Leave the section as it is: it offers nothing."""

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        self.add_class("-here")
        self.control.refresh()

    def on_descendant_blur(self) -> None:
        """Hide the cursor."""
        self.remove_class("-here")
        self.control.refresh()
