"""FieldRows: the fields of a form, one below another, and the way from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from officeops.tui.forms.child_section import ChildSection
    from officeops.tui.forms.field_row import FieldRow

    #: A row that the form goes to: a field, or the children of one kind.
    FormRow = FieldRow | ChildSection


class FieldRows:
    """The rows of a form in order. `here` is the row with the focus, or the first."""

    def __init__(self, rows: Sequence[FormRow]) -> None:
        self._rows = list(rows)

    def __iter__(self) -> Iterator[FormRow]:
        return iter(list(self._rows))

    def __bool__(self) -> bool:
        return bool(self._rows)

    def place(self, focused: Widget | None) -> int:
        """Return the number of the row with the focus, from 0; the first if none has it."""
        for number, row in enumerate(self._rows):
            if row.control is focused:
                return number
        return 0

    def here(self, focused: Widget | None) -> FormRow:
        """Return the row with the focus."""
        return self._rows[self.place(focused)]

    def is_last(self, focused: Widget | None) -> bool:
        """Whether the last row has the focus."""
        return self.place(focused) == len(self._rows) - 1

    def enter_first(self) -> None:
        """Go to the first row."""
        if self._rows:
            self._rows[0].enter()

    def go(self, focused: Widget | None, by: int) -> None:
        """Go to another row; after the last comes the first."""
        if self._rows:
            self._rows[(self.place(focused) + by) % len(self._rows)].enter()

    def remove(self, row: FormRow) -> None:
        """Take a row off the form."""
        self._rows.remove(row)
        # Textual removes it a moment later; it must not be seen until then.
        row.display = False
        if row.parent:
            row.remove()
