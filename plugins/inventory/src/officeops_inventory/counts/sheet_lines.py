"""Sheet lines: the rows of a count sheet as the screen shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import Line, pad
from officeops.values import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.tui import Span
    from officeops_inventory.counts.sheet import CountSheet
    from officeops_inventory.counts.sheet_rows import SheetRow

#: Cells of the columns after the name, with the gaps before them.
EXPECTED, COUNTED, UNIT, DIFFERS = 11, 10, 9, 9


class SheetLines:
    """Makes the lines of a sheet. Blind, it hides what the record expects."""

    def __init__(self, sheet: CountSheet) -> None:
        self._sheet = sheet
        self.is_blind = False

    def head(self, width: int) -> str:
        """Return the columns' names."""
        item = pad("Item", _room(width))
        expected = "" if self.is_blind else "expected"
        quantities = _quantities(expected, "counted")
        differs = pad("differs", DIFFERS, right=True)
        return item + quantities + " " * UNIT + differs

    def line(self, row: SheetRow, width: int) -> Line:
        """Return the line of a row."""
        spans = tuple(self._spans(row, width))
        return Line(spans, row, row_name(row))

    def _spans(self, row: SheetRow, width: int) -> Iterator[Span]:
        """Yield a row's text and, in its own color, its last column: moved, or the difference."""
        item = pad(safe(row.title), _room(width))
        entry = self._sheet.entries.get(row.key)
        expected = "" if self.is_blind else str(row.expected)
        counted = str(entry.counted) if entry else "·"
        unit = pad(safe(row.unit), UNIT - 1)
        yield f"{item}{_quantities(expected, counted)} {unit}", ""
        if self._sheet.moved(row):
            yield pad("moved", DIFFERS, right=True), "alarm"
        else:
            yield pad(self._difference(row), DIFFERS, right=True), ""

    def _difference(self, row: SheetRow) -> str:
        difference = self._sheet.difference(row)
        if self.is_blind or not difference:
            return ""
        return f"{difference:+}"


def row_name(row: SheetRow) -> str:
    """Return the name by which the screen finds a row's line again."""
    name = f"item {row.item_id}"
    if row.lot:
        name += f" lot {row.lot.number}"
    return name


def _quantities(expected: str, counted: str) -> str:
    return pad(expected, EXPECTED, right=True) + pad(counted, COUNTED, right=True)


def _room(width: int) -> int:
    """Return the cells that are left for the item."""
    return width - EXPECTED - COUNTED - UNIT - DIFFERS
