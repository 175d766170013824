"""ChildSection: the children of one kind in a form: a label, and a line for each beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.fields import Field
from officeops.tui.forms.form_row import FormRow
from officeops.tui.terminal.cells import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.tui.forms.child_entries import ChildEntries, ChildEntry
    from officeops.tui.forms.form_row import FormLine

_NONE = " none"


class ChildSection(FormRow):
    """A section of a form; the form goes to it as to a field."""

    def __init__(self, entries: ChildEntries) -> None:
        self.entries = entries
        self.place = 0
        label = entries.child.options.replace("-", " ").capitalize()
        super().__init__(Field("text", default=None, label=label).named(entries.child.option, ""))

    @property
    def here(self) -> ChildEntry | None:
        """The row under the cursor."""
        rows = self.entries.rows
        # The row under the cursor may be gone.
        self.place = max(min(self.place, len(rows) - 1), 0)
        return rows[self.place] if rows else None

    def moves(self, by: int) -> bool:
        """Go to another row, if there is one in that direction."""
        if not 0 <= self.place + by < len(self.entries.rows):
            return False
        self.place += by
        return True

    def height(self) -> int:
        """Return how many lines there are; a line says that there are none."""
        return max(len(self.entries.rows), 1)

    def text_lines(self, width: int, *, is_here: bool) -> Iterable[FormLine]:
        """Yield a line for each row, with a cursor while the section is the place."""
        rows = self.entries.rows
        here = self.here
        if not rows:
            yield [((">" if is_here else " ") + _NONE, "")]
        for entry in rows:
            cursor = ">" if is_here and entry is here else " "
            yield [(cursor + cut(self.entries.line(entry), width - 1), "")]

    def caret(self, width: int) -> tuple[int, int]:  # noqa: ARG002 - a row begins at the edge
        """Return the line of the cursor."""
        return self.place, 0
