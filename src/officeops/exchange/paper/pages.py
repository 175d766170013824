"""A printout as PDF pages: Letter or A4, black on white, with the head of a table on each page."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.exchange.formats.writing import Unwritable
from officeops.exchange.paper.columns import GAP, Columns
from officeops.exchange.paper.fonts import Fonts
from officeops.exchange.paper.lettering import Lettering
from officeops.exchange.paper.page import LEADING, MARGIN, SHEETS, SIZE, Page, Paper
from officeops.exchange.paper.printout import Beside, Facts, Grid, Labels, Lines, Sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.exchange.paper.fonts import Style
    from officeops.exchange.paper.printout import Block, Printout

#: The most rows of a table on pages, some 500 of them: nobody reads more on paper.
MOST_ROWS: Final = 20_000
#: Points of the letters of a table whose columns do not fit at the usual size, in that order.
_SIZES: Final = (SIZE, 8.0, 7.0)
#: Points of the letters of lines that are columns made of blanks: 80 of them fit a Letter sheet.
_SPACED: Final = 8.5
_PAD: Final = 2.5
#: The title and the head of a table take the room of so many rows.
_ABOVE: Final = 4
_BETWEEN: Final = 10.0


def write_pdf(
    out: BinaryIO,
    printout: Printout,
    paper: Paper = "letter",
) -> tuple[str, str]:
    """Write a printout as PDF, and return the letters that no font has, and scripts not joined.

    Those letters are `?` there. The sheet is landscape where a table needs it. Raises Unwritable for a table of more rows
    or columns than pages hold.
    """
    fonts = Fonts()
    if labels := [block for block in printout.blocks if isinstance(block, Labels)]:
        from officeops.exchange.paper.label_sheets import write_labels

        write_labels(out, labels[0], paper, fonts)
        return "".join(fonts.missing), ", ".join(fonts.unjoined)
    width, height = SHEETS[paper]
    portrait, landscape = width - 2 * MARGIN, height - 2 * MARGIN
    tables = {}
    for grid in printout.grids:
        if len(grid.rows) > MOST_ROWS:
            raise Unwritable(
                f"Pages hold at most {MOST_ROWS:,} rows of a table, and these are "
                f"{len(grid.rows):,}. Ask for fewer, or write XLSX instead."
            )
        tables[id(grid)] = _Table(grid, fonts, portrait, landscape)
    is_wide = any(table.is_wide for table in tables.values())
    page = Page(out, printout, paper, is_wide=is_wide, fonts=fonts)
    for table in tables.values():
        table.columns.fit(page.room)
    for number, block in enumerate(printout.blocks):
        # The sums of a table are right below it.
        if number and not isinstance(block, Sums):
            page.down(_BETWEEN)
        if isinstance(block, Grid):
            tables[id(block)].draw(page)
        else:
            _draw(page, block)
    page.save()
    return "".join(fonts.missing), ", ".join(fonts.unjoined)


class _Table:
    """A grid and the size of its letters: the largest in which no word of it breaks.

    The sheet is landscape for a table that would break its texts on a portrait one.
    """

    def __init__(
        self,
        grid: Grid,
        fonts: Fonts,
        portrait: float,
        landscape: float,
    ) -> None:
        self._grid = grid
        # Smaller letters before broken words: half a SKU is not a SKU.
        for size in _SIZES:
            self._size = size
            self.columns = Columns(grid, fonts, size)
            if self.columns.least <= landscape:
                break
        # A column that takes the rest of the width wraps on a portrait sheet.
        self.is_wide = self.columns.whole > portrait and grid.wide < 0
        # The short side of the sheet is the height of a page that is turned.
        if self.is_wide and self._height > portrait:
            self._stand_up(fonts, portrait)

    @property
    def _leading(self) -> float:
        return self._size * LEADING

    @property
    def _height(self) -> float:
        """The points that its rows take with one line each, the head and the title included."""
        rows = len(self._grid.rows) + _ABOVE
        return rows * (self._leading + 2 * _PAD)

    def _stand_up(self, fonts: Fonts, portrait: float) -> None:
        """Take smaller letters on a portrait sheet, which has room for more rows."""
        # A week of thirty people is one page on the wall, and not one and a few lines.
        for size in _SIZES:
            columns = Columns(self._grid, fonts, size)
            if columns.whole <= portrait:
                self._size, self.columns, self.is_wide = size, columns, False
                return

    def draw(self, page: Page) -> None:
        """Write the table, its head again on each page that it takes."""
        self._head(page)
        for number, row in enumerate(self._grid.rows):
            lines = [self.columns.lines(place, text) for place, text in enumerate(row)]
            below = self._grid.text_below(number)
            # Under the text it explains, in the same column.
            if below:
                lines[self._grid.wide] += self.columns.lines(self._grid.wide, below)
            self._row(page, lines)

    def _head(self, page: Page) -> None:
        labels = enumerate(self._grid.labels)
        lines = [self.columns.label_lines(place, label) for place, label in labels]
        height = max(map(len, lines)) * self._leading
        # A head alone at the bottom of a page would say nothing.
        if page.left < height + 2 * self._leading:
            page.turn()
        for texts in zip_longest(*lines, fillvalue=""):
            self._line(page, texts, "bold")
        page.rule(thick=True)
        page.down(_PAD)

    def _row(self, page: Page, lines: Sequence[Sequence[str]]) -> None:
        height = max(map(len, lines)) * self._leading + 2 * _PAD
        # A row stays on one page unless it is longer than one.
        if page.left < min(height, page.whole - 4 * self._leading):
            self._turn(page)
        for texts in zip_longest(*lines, fillvalue=""):
            if page.left < self._leading:
                self._turn(page)
            self._line(page, texts, "plain")
        page.down(_PAD)
        page.rule()
        page.down(_PAD)

    def _turn(self, page: Page) -> None:
        page.turn()
        self._head(page)

    def _line(
        self,
        page: Page,
        texts: Iterable[str],
        style: Style,
    ) -> None:
        x = 0.0
        for place, text in enumerate(texts):
            width = self.columns.width(place)
            right = self._grid.is_right(place)
            page.text(text, x + width if right else x, style=style, size=self._size, right=right)
            x += width + GAP
        page.down(self._leading)


def _draw(page: Page, block: Block) -> None:
    """Write a block other than a table."""
    match block:
        case Facts():
            _facts(page, block)
        case Beside():
            _beside(page, block)
        case Lines():
            style: Style = "spaced" if block.is_spaced else "plain"
            letters = Lettering(page.fonts, style, _SPACED if block.is_spaced else SIZE)
            for line in block.lines:
                for text in letters.lines(line, page.room):
                    _feed(page)
                    page.text(text, 0, style=style, size=letters.size)
                    page.down(letters.size * LEADING)
        case Sums():
            for line in block.lines:
                _feed(page)
                page.text(line, page.room, style="bold", right=True)
                page.down(SIZE * LEADING)


def _facts(page: Page, form: Facts) -> None:
    bold, plain = Lettering(page.fonts, "bold", SIZE), Lettering(page.fonts, "plain", SIZE)
    # A long label must not push the values off the page.
    widest = max([bold.width(label) for label, _ in form.pairs], default=0)
    start = min(widest, page.room / 3) + GAP
    for label, value in form.pairs:
        names = bold.lines(label, start - GAP)
        values = plain.lines(value, page.room - start)
        for name, text in zip_longest(names, values, fillvalue=""):
            _feed(page)
            page.text(name, 0, style="bold")
            page.text(text, start)
            page.down(SIZE * LEADING)
        page.down(_PAD)


def _beside(page: Page, block: Beside) -> None:
    half = page.room / 2
    for number, (left, right) in enumerate(zip_longest(block.left, block.right, fillvalue="")):
        # The first line of each block is its heading.
        style: Style = "plain" if number else "bold"
        letters = Lettering(page.fonts, style, SIZE)
        lefts = letters.lines(left, half - GAP)
        rights = letters.lines(right, half)
        for one, other in zip_longest(lefts, rights, fillvalue=""):
            _feed(page)
            page.text(one, 0, style=style)
            page.text(other, half, style=style)
            page.down(SIZE * LEADING)


def _feed(page: Page) -> None:
    """Begin the next page where no line fits on this one."""
    if page.left < SIZE * LEADING:
        page.turn()
