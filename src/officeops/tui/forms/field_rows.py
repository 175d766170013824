"""FieldRows: the rows of a form, one below another, and the one where the person is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.tui.forms.form_row import FormRow


class FieldRows:
    """The rows of a form in order, and which of them the person is in."""

    def __init__(self, rows: Sequence[FormRow]) -> None:
        self._rows = list(rows)
        self._place = 0

    def __iter__(self) -> Iterator[FormRow]:
        return iter(list(self._rows))

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def here(self) -> FormRow | None:
        """The row where the person is; None in a form without any."""
        return self._rows[self._place] if self._rows else None

    @property
    def is_last(self) -> bool:
        """Whether the person is in the last row."""
        return self._place >= len(self._rows) - 1

    def enter(self, row: FormRow) -> None:
        """Go to a row."""
        if self.here is not row and self.here is not None:
            self.here.leave()
        self._place = self._rows.index(row)
        row.enter()

    def go(self, by: int) -> None:
        """Go to another row; after the last comes the first."""
        if self._rows:
            self.enter(self._rows[(self._place + by) % len(self._rows)])

    def remove(self, row: FormRow) -> None:
        """Take a row off the form."""
        self._rows.remove(row)
        self._place = max(min(self._place, len(self._rows) - 1), 0)
