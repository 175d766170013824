"""FormConflicts: asks field by field whose text to keep.

A form needs it after someone else saved the same record.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from officeops.model.sealed_value import MASK
from officeops.tui.forms.field_row import FieldRow
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.model.errors import Conflict
    from officeops.tui.forms.conflict import FieldConflict
    from officeops.tui.forms.field_rows import FieldRows
    from officeops.tui.forms.form_row import FormRow
    from officeops.tui.forms.form_state import FormState


class AskingForm(Protocol):
    """The parts of a form's screen that its conflicts use."""

    def say(self, text: str) -> None:
        """Show a message."""

    def choose(
        self,
        question: str,
        answers: Mapping[str, Callable[[], object]],
        hint: str,
    ) -> None:
        """Ask for one of a few letters."""

    def enter(self, row: FormRow) -> None:
        """Go to a row."""

    def show_notes(self) -> None:
        """Show the errors below the rows."""


class FormConflicts:
    """The conflicts of one form. None is settled without an answer."""

    def __init__(
        self,
        screen: AskingForm,
        state: FormState,
        rows: FieldRows,
    ) -> None:
        self._screen = screen
        self._state = state
        self._rows = rows
        self._by: Mapping[str, str] = {}

    def begin(
        self,
        error: Conflict,
        now: Mapping[str, str],
        by: Mapping[str, str],
    ) -> None:
        """Take over the texts of the record as it is now, and ask about the fields both changed.

        `by` has who changed a field last and when, by field.
        """
        self._by = by
        self._state.rebase(now, error.mine)
        for row in self._rows:
            row.put(self._state.texts[row.field.name])
        if self._state.conflicts:
            self.ask_next()
        else:
            change = error.archived or "changed"
            then = "ctrl+s saves yours anyway"
            if error.archived == "archived":
                then = "once somebody unarchives it, ctrl+s saves yours"
            self._screen.say(f"{safe(error.about)} was {change} since then; {then}.")

    def ask_next(self) -> None:
        """Ask about the first field that is not settled."""
        self._screen.show_notes()
        row = self._first_row()
        if row is None:
            self._screen.say("Every field is settled; ctrl+s saves.")
            return
        self._screen.enter(row)
        count = len(self._state.conflicts)
        more = f"{count} fields were changed by someone else too. " if count > 1 else ""
        answers = {
            "m": partial(self._settle, row, theirs=False),
            "t": partial(self._settle, row, theirs=True),
        }
        self._screen.choose(
            f"{more}{row.field.label}: keep yours, or take theirs?",
            answers,
            "m mine  t theirs  any other key neither yet",
        )

    def _first_row(self) -> FieldRow | None:
        for row in self._rows:
            # A section of children settles its conflicts row by row, with keys of its own.
            if isinstance(row, FieldRow) and row.field.name in self._state.conflicts:
                return row
        return None

    def _settle(self, row: FieldRow, *, theirs: bool) -> None:
        row.put(self._state.settle(row.field.name, theirs=theirs))
        self.ask_next()

    def notes(self, row: FormRow) -> list[str]:
        """Return the note below a field in parts: the texts of its conflict, or its error."""
        name = row.field.name
        conflict = self._state.conflicts.get(name)
        if conflict and isinstance(row, FieldRow):
            return self._sides(row, conflict)
        return [self._state.errors.get(name, "")]

    def _sides(self, row: FieldRow, conflict: FieldConflict) -> list[str]:
        texts = {
            "yours": self._state.texts[row.field.name],
            "theirs": conflict.theirs,
            "before": conflict.before,
        }
        sides = []
        for side, text in texts.items():
            # A text of several lines has one line in the note.
            line = " ".join(text.split("\n")) or "blank"
            by = self._by.get(row.field.name) if side == "theirs" else ""
            who = f" ({by})" if by else ""
            sides.append(f"{side} {MASK if row.field.sealed else line}{who}")
        return sides
