"""SheetLines: the rows of a sheet as the screen shows them, and the lines below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.sealed_value import MASK
from officeops.tui.terminal.cells import cut, pad, width_of, wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.entry_sheet import SheetColumn, SheetRow, SheetTotal
    from officeops.office.sheets.entries import SheetEntries
    from officeops.tui.widgets.rows import Span

#: Cells of the columns beside those typed into, with the gaps before them.
EXPECTED, UNIT = 11, 9
#: The most cells of the last column, whose heading may be longer than its texts.
WIDEST = 14
#: Marks that a text of a grid may begin with; they are shown in the gap before its cell.
MARKS: Final = frozenset("!*>?+")
#: What an empty cell shows that waits for a value.
EMPTY = "·"


class SheetLines:
    """Makes the lines of a sheet. Blind, it hides what the office expects."""

    def __init__(self, entries: SheetEntries) -> None:
        self._entries = entries
        self._sheet = entries.sheet
        self.is_blind = False
        #: The column under the cursor, by its place among those shown.
        self.active = 0

    # -- the columns that fit ----------------------------------------------------------------------

    def columns(self, width: int) -> Sequence[SheetColumn]:
        """Return the columns that fit beside the label, the one under the cursor among them."""
        shown = self._entries.shown
        room = width - self._sheet.label_width - self._beside()
        # From the left until the active column fits, then as many to its right as there is room for.
        first, last = 0, len(shown)
        while first < self.active and _cells(shown[first : self.active + 1]) > room:
            first += 1
        while last > self.active + 1 and _cells(shown[first:last]) > room:
            last -= 1
        return shown[first:last]

    def _beside(self) -> int:
        """Return the cells beside the label and the columns."""
        widths = [(self._sheet.expects, EXPECTED), (self._units, UNIT)]
        return sum(width for is_shown, width in widths if is_shown) + self._differs

    @property
    def _units(self) -> bool:
        return any(row.unit for row in self._entries.rows)

    @property
    def _is_grid(self) -> bool:
        return len(self._entries.shown) > 1

    # -- the lines ---------------------------------------------------------------------------------

    def head(self, width: int) -> str:
        """Return the columns' names."""
        is_grid = self._is_grid
        cells = [
            _cell(
                column,
                headline(column.heading or column.field.words),
                is_grid=is_grid,
            )
            for column in self.columns(width)
        ]
        expected = "" if self.is_blind else self._sheet.expects
        return self._arranged(
            width,
            headline(self._sheet.heading),
            headline(expected),
            cells,
            "",
        ) + self._last(headline(self._sheet.beside_heading()))

    @property
    def _differs(self) -> int:
        heading = width_of(self._sheet.beside_heading())
        return min(max(self._sheet.beside_width, heading + 1), WIDEST) if heading else 0

    def _last(self, text: str) -> str:
        """Return a text of the last column, apart from the one before it."""
        return pad(f" {pad(text, self._differs - 1, right=True)}", self._differs)

    def line(
        self,
        row: SheetRow,
        width: int,
        *,
        is_here: bool,
    ) -> Line:
        """Return the line of a row, its active cell in brackets where the cursor is on it."""
        cells = list(
            self._cells(
                row,
                width,
                is_here=is_here,
            )
        )
        expected = "" if self.is_blind else safe(row.expected)
        text = self._arranged(
            width,
            safe(row.label),
            expected,
            cells,
            safe(row.unit),
        )
        return Line(
            ((text, ""), self._mark(row)),
            row,
            row.id,
        )

    def _cells(
        self,
        row: SheetRow,
        width: int,
        *,
        is_here: bool,
    ) -> Iterator[str]:
        active = self._entries.shown[self.active] if is_here and self._is_grid else None
        for column in self.columns(width):
            text = self._shown_text(
                row,
                column,
                is_active=column is active,
            )
            yield _cell(
                column,
                text,
                is_grid=self._is_grid,
                is_active=column is active,
            )

    def _shown_text(
        self,
        row: SheetRow,
        column: SheetColumn,
        *,
        is_active: bool,
    ) -> str:
        text = self._entries.text(row, column.name)
        if text and column.field.sealed and not is_active:
            return MASK
        # Under the cursor the very characters that were typed, so that they can be gone on with.
        if not (text and is_active):
            text = self._sheet.cell(row, column.name, self._entries.typed_in(row))
        if text or is_active:
            return safe(text)
        is_first = column is self._entries.shown[0]
        is_needed = row.id in self._entries and column.name in self._entries.missing(row)
        if is_first or is_needed:
            return EMPTY
        return safe(row.offered.get(column.name, ""))

    def _mark(self, row: SheetRow) -> Span:
        """Return the last column: that the row changed, is not in order, or how it differs."""
        if self._entries.is_changed(row):
            return self._last(self._sheet.changed), "alarm"
        beside = "" if self.is_blind else self._entries.beside(row)
        return self._last(safe(beside)), ""

    def notes(self, row: SheetRow | None, width: int) -> list[Line]:
        """Return the lines on the cell under the cursor: always as many, so that the list stays."""
        most, shown = self._sheet.note_lines, self._entries.shown
        words: list[str] = []
        if row is not None and shown and most:
            column = shown[self.active].name
            for note in self._sheet.notes(row, column, self._entries.all_typed()):
                words += wrapped(safe(note), width)
        if len(words) > most:
            words = [*words[: most - 1], f"{cut(words[most - 1], width - 2)} …"]
        return [Line.of(text) for text in words] + [Line()] * (most - len(words))

    def totals(self, width: int) -> list[Line]:
        """Return the lines below the rows."""
        totals = self._sheet.totals(self._entries.rows, self._entries.all_typed())
        return [self._total(total, width) for total in totals]

    def _total(self, total: SheetTotal, width: int) -> Line:
        cells = [self._total_cell(column, total.cells) for column in self.columns(width)]
        text = self._arranged(
            width,
            safe(total.label),
            "",
            cells,
            "",
        )
        return Line.of(text, "alarm" if total.alarm else "dim")

    def _total_cell(self, column: SheetColumn, cells: Mapping[str, str]) -> str:
        return _cell(
            column,
            safe(cells.get(column.name, "")),
            is_grid=self._is_grid,
        )

    def _arranged(
        self,
        width: int,
        label: str,
        expected: str,
        cells: Sequence[str],
        unit: str,
    ) -> str:
        """Return a line without its last column: the unit is behind the first cell."""
        parts = []
        if self._sheet.expects:
            parts.append(
                pad(
                    expected,
                    EXPECTED,
                    right=True,
                )
            )
        parts += cells[:1]
        if self._units:
            parts.append(" " + pad(unit, UNIT - 1))
        parts += cells[1:]
        text = "".join(parts)
        return pad(label, width - width_of(text) - self._differs) + text


def headline(words: str) -> str:
    """Return the words of a heading as headings begin: with a capital."""
    return words[:1].upper() + words[1:]


def _cells(columns: Sequence[SheetColumn]) -> int:
    return sum(column.width for column in columns)


def _cell(
    column: SheetColumn,
    text: str,
    *,
    is_grid: bool,
    is_active: bool = False,
) -> str:
    """Return a cell: a number at the right edge, a text at the left, in brackets under the cursor.

    Of a text that is too long while it is typed, the end shows.
    """
    if not is_grid:
        return pad(
            text,
            column.width,
            right=True,
        )
    if column.begins:
        return _tight_cell(column, text, is_active=is_active)
    room = column.width - 2
    # A roster's cell shows the beginning of its choice without an ellipsis: one letter is enough.
    if column.field.choices:
        text = text[:room]
    while is_active and width_of(text) > room:
        text = text[1:]
    inside = pad(
        text,
        room,
        right=column.is_number,
    )
    if is_active:
        return f"[{inside}]"
    return f" {inside} "


def _tight_cell(
    column: SheetColumn,
    text: str,
    *,
    is_active: bool,
) -> str:
    """Return a cell without a gap behind it: seven days of them fit beside the names."""
    mark = " "
    if text[:1] in MARKS:
        mark, text = text[0], text[1:]
    room = column.width - 1
    if not is_active:
        return mark + pad(text, room)
    # A text as wide as its cell leaves no room for the bracket behind it.
    bracketed = f"[{text[-room:]}]"
    return pad(bracketed[: column.width], column.width)
