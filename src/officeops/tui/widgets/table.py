"""RecordTable: a list of records, however long, read a page at a time."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import pad
from officeops.tui.widgets.columns import GAP, Column, fit
from officeops.tui.widgets.error_text import sentence
from officeops.tui.widgets.rows import RowView, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.fields import Field
    from officeops.tui.widgets.row_pager import Pages


class RecordTable(RowView):
    """Records as rows. The cursor keeps to its record while rows come and go around it."""

    head_lines = 1

    def __init__(self) -> None:
        super().__init__()
        self.pages: Pages | None = None
        self.marked: set[int] = set()
        self.sort = ""
        self._columns: list[Column] = []
        #: Labels of the columns that have no room, without those that are blank in the rows in sight.
        self.left_out: tuple[str, ...] = ()

    def show(self, pages: Pages, cursor_id: int = 0) -> None:
        """Show other rows: the cursor is on a record's row where it is among them, else where it was."""
        self.pages = pages
        place = pages.place(cursor_id) if cursor_id else 0
        self.rows_changed(place)

    def rows_changed(self, cursor: int | None = None) -> None:
        """Fit the columns to the rows and the width."""
        self._columns, self.left_out = [], ()
        if self.pages:
            sample = self._sample(cursor if cursor is not None else self.cursor)
            self._columns = fit(self.pages.fields, sample, self.body_width, self._sorted_field)
            self.left_out = tuple(self._without_room(self.pages.fields, sample))
        super().rows_changed(cursor)

    def _without_room(
        self, fields: Sequence[Field], sample: Sequence[Sequence[str]]
    ) -> Iterator[str]:
        shown = {column.at for column in self._columns}
        for at, field in enumerate(fields):
            if at not in shown and any(row[at].strip() for row in sample):
                yield field.label

    def _sample(self, index: int) -> Sequence[tuple[str, ...]]:
        try:
            return self.pages.sample(index) if self.pages else []
        except sqlite3.Error:
            return []

    @property
    def current_id(self) -> int:
        """The id of the record under the cursor; 0 where there is none."""
        return (
            self.pages.ids[self.cursor] if self.pages and self.cursor < len(self.pages.ids) else 0
        )

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in sight."""
        return self._columns

    def row_count(self) -> int:
        """Return how many rows there are."""
        return len(self.pages.ids) if self.pages else 0

    def is_marked(self, index: int) -> bool:
        """Whether a row's record is marked."""
        return bool(self.marked) and self.pages is not None and self.pages.ids[index] in self.marked

    def head_spans(self, width: int) -> list[Span]:  # noqa: ARG002 - the columns were fitted to it
        """Return the columns' labels; an arrow marks the sorted one."""
        return [(self._joined([self._label(column) for column in self._columns]), "head")]

    def _label(self, column: Column) -> str:
        if column.field is not self._sorted_field:
            return column.field.label
        return f"{column.field.label} {'↓' if self.sort.strip().startswith('-') else '↑'}"

    @property
    def _sorted_field(self) -> Field | None:
        name = self.sort.partition(",")[0].strip().lstrip("-")
        fields = self.pages.fields if self.pages else ()
        return next((field for field in fields if name in {field.name, field.public_name}), None)

    def row_spans(self, index: int, width: int) -> list[Span]:  # noqa: ARG002
        """Return a row's values, one piece for all of them: each change of style costs bytes."""
        try:
            row = self.pages.row(index) if self.pages else None
        except sqlite3.Error as error:
            return [(f"This row cannot be read: {sentence(error)}", "alarm")]
        if row is None:
            return [("(gone)", "dim")]
        return [(self._joined([row[column.at] for column in self._columns]), "")]

    def _joined(self, values: list[str]) -> str:
        pairs = zip(values, self._columns, strict=True)
        return (" " * GAP).join(
            pad(value, column.width, right=column.right) for value, column in pairs
        )
