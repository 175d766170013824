"""RecordTable: a list of records of any length, read a page at a time."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import cut, cut_inside, pad, width_of
from officeops.tui.widgets.columns import GAP, Column, fit
from officeops.tui.widgets.error_text import sentence
from officeops.tui.widgets.rows import RowView, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.fields import Field
    from officeops.tui.widgets.row_pager import Pages


class RecordTable(RowView):
    """Records as rows. The cursor keeps to its record while rows come and go around it."""

    head_lines = 1

    def __init__(self) -> None:
        super().__init__()
        self._pages: Pages | None = None
        self._marked: set[int] = set()
        self._sort = ""
        self._columns: list[Column] = []
        #: By column, the starts that several values in sight have: only their ends differ.
        self._shared_starts: dict[int, frozenset[str]] = {}
        #: Labels of the columns that have no room, without columns that are blank in the rows in
        #: sight.
        self.left_out: tuple[str, ...] = ()

    # -- content -----------------------------------------------------------------------------

    def describe(self, sort: str, marked: set[int]) -> None:
        """Set the order whose column gets an arrow, and the ids that get a mark."""
        self._sort = sort
        self._marked = marked

    def show(self, pages: Pages, cursor_id: int = 0) -> None:
        """Show other rows. The cursor goes to a record's row if it is among them, else it stays."""
        self._pages = pages
        place = pages.place(cursor_id) if cursor_id else 0
        self.rows_changed(place)

    def clear(self) -> None:
        """Forget the rows; `rows_changed` takes them off the screen."""
        self._pages = None

    @property
    def is_blank(self) -> bool:
        """Whether no rows were read, not even none."""
        return self._pages is None

    @property
    def current_id(self) -> int:
        """The id of the record under the cursor; 0 if there is none."""
        if self._pages is None or self.cursor >= len(self._pages.ids):
            return 0
        return self._pages.ids[self.cursor]

    # -- columns -----------------------------------------------------------------------------------

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in sight."""
        return self._columns

    def rows_changed(self, cursor: int | None = None) -> None:
        """Fit the columns to the rows and the width."""
        self._columns, self.left_out, self._shared_starts = [], (), {}
        if self._pages:
            fields = self._pages.fields
            # Widths come from the page in sight: a longer value elsewhere costs nothing.
            sample = self._sample(self._pages, self.cursor if cursor is None else cursor)
            self._columns = fit(
                fields,
                sample,
                self.body_width,
                self._sorted_field,
            )
            self.left_out = tuple(self._without_room(fields, sample))
            self._shared_starts = dict(_shared_starts(self._columns, sample))
        super().rows_changed(cursor)

    def _sample(self, pages: Pages, index: int) -> Sequence[tuple[str, ...]]:
        try:
            return pages.sample(index)
        except sqlite3.Error:
            return []  # drawing the rows shows the error

    def _without_room(
        self,
        fields: Sequence[Field],
        sample: Sequence[Sequence[str]],
    ) -> Iterator[str]:
        shown = {column.at for column in self._columns}
        for place, field in enumerate(fields):
            has_text = any(row[place].strip() for row in sample)
            if place not in shown and has_text:
                yield field.label

    @property
    def _sorted_field(self) -> Field | None:
        name = self._sort.partition(",")[0].strip().lstrip("-")
        for field in self._pages.fields if self._pages else ():
            if name in {field.name, field.public_name}:
                return field
        return None

    def _label(self, column: Column) -> str:
        label = column.field.label
        if column.field is not self._sorted_field:
            return label
        arrow = "↓" if self._sort.strip().startswith("-") else "↑"
        return f"{label} {arrow}"

    # -- rows --------------------------------------------------------------------------------------

    def row_count(self) -> int:
        """Return how many rows there are."""
        return len(self._pages.ids) if self._pages else 0

    def is_marked(self, index: int) -> bool:
        """Whether a row's record is marked."""
        return self._pages is not None and self._pages.ids[index] in self._marked

    def head_spans(self, width: int) -> list[Span]:  # noqa: ARG002 - the columns were fitted to it
        """Return the columns' labels; an arrow marks the sorted one."""
        labels = [self._label(column) for column in self._columns]
        return [(self._joined(labels), "head")]

    def row_spans(self, index: int, width: int) -> list[Span]:  # noqa: ARG002 - as above
        """Return a row's values as one piece: each change of style costs bytes."""
        try:
            row = self._pages.row(index) if self._pages else None
        except sqlite3.Error as error:
            return [(f"This row cannot be read: {sentence(error)}", "alarm")]
        if row is None:
            return [("(gone)", "dim")]
        values = [row[column.at] for column in self._columns]
        return [(self._joined(values), "")]

    def _joined(self, values: Sequence[str]) -> str:
        cells = []
        for value, column in zip(values, self._columns, strict=True):
            starts = self._shared_starts.get(column.at, ())
            if starts and cut(value, column.width) in starts:
                value = cut_inside(value, column.width)  # noqa: PLW2901 - the same value, shorter
            cells.append(pad(value, column.width, right=column.right))
        return (" " * GAP).join(cells)


def _shared_starts(
    columns: Iterable[Column],
    sample: Sequence[Sequence[str]],
) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the columns in which different values look the same once they are cut, and how."""
    for column in columns:
        long = {row[column.at] for row in sample if width_of(row[column.at]) > column.width}
        counted = Counter(cut(value, column.width) for value in long)
        if alike := frozenset(start for start, number in counted.items() if number > 1):
            yield column.at, alike
