"""A printout as plain text, at most 80 columns wide: for a fax, a mail, a portal, or `lp`."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from officeops.exchange.paper.printout import Beside, Facts, Grid, Labels, Lines, Sums
from officeops.values.plain_text import WIDTH, beside, padded, width_of, wrapped
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.exchange.paper.printout import Block, Printout

#: Cells of the left one of two blocks side by side.
HALF: Final = 42
_GAP: Final = "  "
#: Cells below which a column of text gets never.
_LEAST: Final = 8
_LEAST_WIDE: Final = 16


def text_lines(printout: Printout) -> Iterator[str]:
    """Yield the lines of a printout, with a blank line between its blocks."""
    if printout.title:
        yield from beside([safe(printout.title)], [safe(printout.aside)], HALF)
    yield from map(safe, printout.under)
    for block in printout.blocks:
        # The sums of a table are right below it.
        if not isinstance(block, Sums | Labels):
            yield ""
        if isinstance(block, Labels):
            from officeops.exchange.paper.qr_code import label_lines

            yield from label_lines(block)
            continue
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Grid():
            yield from _grid(block)
        case Facts():
            yield from _facts(block)
        case Beside():
            yield from beside(_half(block.left), _half(block.right), HALF)
        case Lines(is_spaced=True):
            yield from map(safe, block.lines)
        case Lines():
            for line in block.lines:
                yield from wrapped(safe(line), WIDTH)
        case Sums():
            for line in block.lines:
                yield padded(safe(line), WIDTH, right=True)


def _half(lines: Sequence[str]) -> list[str]:
    """Return the lines of a block, its heading in capitals, wrapped to half the page."""
    heading, *rest = lines or [""]
    # Capitals are the only bold letters of plain text.
    half = [safe(heading).upper()]
    for line in rest:
        half += wrapped(safe(line), HALF - 4)
    return half


def _facts(form: Facts) -> Iterator[str]:
    width = 1 + max([width_of(label) for label, _ in form.pairs], default=0)
    for label, value in form.pairs:
        before = padded(f"{safe(label)}:", width)
        for paragraph in value.split("\n"):
            # Later lines are indented, so that the labels can be read down the edge.
            for line in wrapped(safe(paragraph), WIDTH - width - 1):
                yield f"{before} {line}".rstrip()
                before = " " * width


def _grid(grid: Grid) -> Iterator[str]:
    """Yield the rows under their labels; a text too long for its column wraps, and is never cut."""
    cells = _Cells(grid)
    yield from cells.row(grid.labels)
    yield "-" * WIDTH
    for number, row in enumerate(grid.rows):
        yield from cells.row(row, grid.text_below(number))
    yield "-" * WIDTH


class _Cells:
    """The cells of a table as lines of the width of their column."""

    def __init__(self, grid: Grid) -> None:
        self._wide = grid.wide
        self._widths = _widths(grid)
        self._blank = [" " * width for width in self._widths]
        self._is_right = [grid.is_right(place) for place in range(len(self._widths))]
        # By column: each has the same few texts again and again.
        self._known: list[dict[str, list[str]]] = [{} for _ in self._widths]

    def row(self, texts: Iterable[str], below: str = "") -> Iterator[str]:
        """Yield the lines of a row, as many as its highest cell has; `below` is under the wide one."""
        cells = [self._cell(place, text) for place, text in enumerate(texts)]
        if below:
            cells[self._wide] = [*cells[self._wide], *self._cell(self._wide, below)]
        # Blank below the text of a cell that is lower than the highest.
        for lines in zip_longest(*cells):
            line = [text or blank for text, blank in zip(lines, self._blank, strict=True)]
            yield _GAP.join(line).rstrip()

    def _cell(self, place: int, text: str) -> list[str]:
        known = self._known[place]
        if text not in known:
            width, is_right = self._widths[place], self._is_right[place]
            lines = wrapped(safe(text), width)
            known[text] = [padded(line, width, right=is_right) for line in lines]
        return known[text]


def _widths(grid: Grid) -> list[int]:
    """Return the cells of each column: as many as it needs, and the wide one has the rest.

    Without a wide one, the widest columns of text give way until the table fits.
    """
    widths = [width_of(label) for label in grid.labels]
    for place, column in enumerate(zip(*grid.rows, strict=True)):
        # Each text once: a column has the same few again and again.
        texts = [grid.labels[place], *set(column)]
        widths[place] = max(map(width_of, texts))
    # A column with a limit keeps it, also where one row has a longer text.
    for place, most in grid.most.items():
        widths[place] = min(widths[place], most)
    room = WIDTH - len(_GAP) * (len(widths) - 1)
    if grid.wide >= 0:
        others = sum(widths) - widths[grid.wide]
        widths[grid.wide] = max(room - others, _LEAST_WIDE)
        return widths
    shrinking = [place for place in range(len(widths)) if not grid.is_right(place)]
    while shrinking and sum(widths) > room:
        widest = max(shrinking, key=widths.__getitem__)
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    return widths
