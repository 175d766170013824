"""The columns of a table on a page: how wide each one is, in points, and how its texts break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.exchange.formats.writing import Unwritable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.exchange.paper.fonts import Fonts, Style
    from officeops.exchange.paper.printout import Grid

#: Points between two columns.
GAP: Final = 8.0
#: Points below which no column gets: five digits, or a few letters of a word.
_LEAST: Final = 26.0
#: Points up to which a single word keeps a column wide; a longer word is broken.
_LONGEST_WORD: Final = 110.0
#: A column of text narrower than this gives nothing while another one is wider.
_SOFT_LEAST: Final = 60.0


class Columns:
    """The columns of a grid in the letters of one size; `widths` are set by `fit`."""

    def __init__(self, grid: Grid, fonts: Fonts, size: float) -> None:
        self._grid, self._fonts, self._size = grid, fonts, size
        self.count = len(grid.labels)
        self._whole = [self._width(label, "bold") for label in grid.labels]
        self._words = [self._word(label, "bold") for label in grid.labels]
        for row in grid.rows:
            for place, text in enumerate(row):
                self._measure(place, text)
        for text in grid.below:
            self._measure(grid.wide, text)
        self.widths = self._whole

    @property
    def whole(self) -> float:
        """The points that the table takes if nothing breaks."""
        return sum(self._whole) + GAP * (self.count - 1)

    @property
    def least(self) -> float:
        """The points that the table takes if its texts break between words."""
        return sum(map(self._least, range(self.count))) + GAP * (self.count - 1)

    def fit(self, room: float) -> None:
        """Set the widths, so that the table fits in `room` points.

        Numbers never break; texts do between words, and the widest ones first. Raises Unwritable for more
        columns than the page has room for.
        """
        spare = room - GAP * (self.count - 1)
        if self.count * _LEAST > spare:
            most = int((room + GAP) // (_LEAST + GAP))
            raise Unwritable(
                f"A page has room for {most} columns, and these are {self.count}. Name the columns "
                "you need with --columns, or write XLSX instead."
            )
        least = [self._least(place) for place in range(self.count)]
        if sum(least) > spare:
            least = [max(_LEAST, width * spare / sum(least)) for width in least]
        self.widths = _shared(self._whole, least, spare)

    def lines(self, place: int, text: str, style: Style = "plain") -> list[str]:
        """Return a text of a column as the lines it takes there, at least one."""
        return broken(text, self.widths[place], self._fonts, style, self._size)

    def _measure(self, place: int, text: str) -> None:
        for line in text.split("\n"):
            self._whole[place] = max(self._whole[place], self._width(line, "plain"))
            self._words[place] = max(self._words[place], self._word(line, "plain"))

    def _least(self, place: int) -> float:
        if self._grid.is_right(place):
            return self._whole[place]
        word = min(self._words[place], _LONGEST_WORD)
        return max(word, min(self._whole[place], _SOFT_LEAST))

    def _word(self, text: str, style: Style) -> float:
        return max([self._width(word, style) for word in text.split()], default=0)

    def _width(self, text: str, style: Style) -> float:
        return self._fonts.width(text, style, self._size)


def _shared(whole: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return the widths: each column whole where there is room, else its least and a part of the rest.

    The rest of the room goes to the columns by how much each one lacks.
    """
    if sum(whole) <= room:
        return list(whole)
    wanted = [max(width, low) for width, low in zip(whole, least, strict=True)]
    lacking = sum(wanted) - sum(least)
    rest = max(room - sum(least), 0)
    part = rest / lacking if lacking else 0
    return [low + (width - low) * part for width, low in zip(wanted, least, strict=True)]


def broken(text: str, width: float, fonts: Fonts, style: Style, size: float) -> list[str]:
    """Return a text as lines of at most `width` points; a longer word is broken."""
    # Most texts fit.
    if "\n" not in text and fonts.width(text, style, size) <= width:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if fonts.width(longer, style, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, width, fonts, style, size)
            lines += full
        lines.append(line)
    return lines


def _pieces(word: str, width: float, fonts: Fonts, style: Style, size: float) -> list[str]:
    """Return a word in pieces of at most `width` points, each of one letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and fonts.width(pieces[-1] + letter, style, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
