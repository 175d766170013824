"""Tables for people: aligned columns, which give way where a terminal is too narrow."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from officeops.cli.on_page import page
from officeops.values.text import safe
from officeops.values.window_size import window_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The least cells of a column that wraps; others give way before it gets narrower.
LEAST_WRAPPED: Final = 50
#: Added to the rank of a column that may go before all others.
LAST: Final = 100
#: A text column is not cut below this many cells.
_LEAST_TEXT: Final = 8
#: Cells between two columns.
_GAP: Final = 2


class _Column:
    """A column of a table: its place in a row, how it lines up, its width in cells, and its rank.

    The column with the highest rank gives way first.
    """

    def __init__(
        self,
        place: int,
        label: str,
        rows: Sequence[Sequence[str]],
    ) -> None:
        self.place, self.label = place, label
        self.right, self.rank = False, 0
        self.whole = max([_width(label), *(_width(row[place]) for row in rows)])
        self.width = self.whole

    def is_blank(self, rows: Iterable[Sequence[str]]) -> bool:
        """Return whether no row has a text in this column."""
        return not any(row[self.place].strip() for row in rows)


def print_table(
    labels: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    ranks: Sequence[int],
    *,
    wraps: int = -1,
) -> None:
    """Print an aligned table with a row of labels; `right` says which columns line up on the right.

    On a terminal, the columns with the highest ranks give way until the table fits, and are named
    below it on stderr. The column at `wraps` goes on in the next line where it is too long, and is
    never cut.
    """
    if on_page := page():
        from officeops.exchange.paper.printout import Grid

        on_page.add(Grid(labels, rows, right))
        return
    columns = []
    for place, label in enumerate(labels):
        column = _Column(place, label, rows)
        column.right, column.rank = right[place], ranks[place]
        columns.append(column)
    room = window_columns() if sys.stdout.isatty() else 0
    if not room:
        # A file or a pipe has no width, and some terminals do not know theirs: all is written.
        _write([labels, *rows], columns)
        return
    shown = _fitted(columns, rows, room, columns[wraps] if wraps >= 0 else None)
    lines: list[Sequence[str]] = []
    for row in (labels, *rows):
        if wraps >= 0 and columns[wraps] in shown:
            lines += _continued(row, wraps, columns[wraps].width)
        else:
            lines.append(row)
    _write(lines, shown)
    _say_left_out(columns, shown, rows, room)


def _fitted(
    columns: Sequence[_Column],
    rows: Sequence[Sequence[str]],
    room: int,
    wrapping: _Column | None,
) -> list[_Column]:
    """Return the columns that are shown in `room` cells, and set their widths."""
    for column in columns:
        # A column nobody filled in goes before any other.
        if column.is_blank(rows):
            column.rank += LAST
    if wrapping:
        wrapping.width = min(wrapping.whole, LEAST_WRAPPED)
    shown = _fitting(columns, room)
    if wrapping in shown:
        # What the other columns leave over, the wrapping one takes, up to its whole width.
        spare = max(room - _total(shown), 0)
        wrapping.width = min(wrapping.whole, wrapping.width + spare)
    _narrow(shown, room)
    return shown


def _total(columns: Iterable[_Column]) -> int:
    """Return the cells of a line with the gaps between its columns."""
    return sum(column.width + _GAP for column in columns) - _GAP


def _fitting(columns: Sequence[_Column], room: int) -> list[_Column]:
    """Return the columns that fit, dropping the highest rank first; ranks 0 and 1 always stay."""
    shown = list(columns)
    while len(shown) > 1 and _total(shown) > room:
        least = max(shown, key=lambda column: (column.rank, column.place))
        if least.rank <= 1:
            break
        shown.remove(least)
    return shown


def _narrow(shown: Sequence[_Column], room: int) -> None:
    """Narrow the widest text column cell by cell until the table fits, as far as one can be cut."""
    # Numbers line up on the right and are never cut: a part of a number is another number.
    text = [column for column in shown if not column.right]
    while _total(shown) > room and text:
        widest = max(text, key=lambda column: column.width)
        if widest.width <= _LEAST_TEXT:
            break
        widest.width -= 1


def _say_left_out(
    columns: Iterable[_Column],
    shown: Sequence[_Column],
    rows: Sequence[Sequence[str]],
    room: int,
) -> None:
    left_out = [column for column in columns if column not in shown]
    # Nobody misses a blank column.
    labels = [column.label for column in left_out if not column.is_blank(rows)]
    if labels:
        names = safe(", ".join(labels))
        sentence = f"Not shown at {room} columns: {names}. A wider terminal shows them."
        click.echo(sentence, err=True)


def _continued(
    row: Sequence[str],
    at: int,
    width: int,
) -> list[Sequence[str]]:
    """Return a row as several where the text at `at` is longer than its column."""
    from officeops.values.plain_text import wrapped

    first, *rest = wrapped(row[at], width)
    first_line = list(row)
    first_line[at] = first
    lines: list[Sequence[str]] = [first_line]
    for text in rest:
        below = [""] * len(row)
        below[at] = text
        lines.append(below)
    return lines


def _write(lines: Iterable[Sequence[str]], columns: Sequence[_Column]) -> None:
    texts = []
    for line in lines:
        cells = (_cell(line[column.place], column.width, column.right) for column in columns)
        texts.append("  ".join(cells).rstrip())
    sys.stdout.write("\n".join(texts) + "\n")


def _cell(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - as a column has it
    # The common case first: this runs once for each cell of a list.
    if len(text) == width and text.isascii():
        return text
    short = _width(text)
    if short > width:
        text = _cut(text, width)
        short = _width(text)
    pad = " " * (width - short)
    return pad + text if right else text + pad


def _width(text: str) -> int:
    """Return the terminal cells of a text: none for a combining mark, two for a wide sign."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    cells = 0
    for character in text:
        if category(character) not in {"Mn", "Me", "Cf"}:
            cells += 2 if east_asian_width(character) in "WF" else 1
    return cells


def _cut(text: str, width: int) -> str:
    while text and _width(text) > width - 1:
        text = text[:-1]
    return text + "…"
