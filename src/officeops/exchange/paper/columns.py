"""The columns of a table on a page: how wide each one is, in points, and how its texts break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.exchange.formats.writing import Unwritable
from officeops.exchange.paper.lettering import Lettering

if TYPE_CHECKING:
    from officeops.exchange.paper.fonts import Fonts
    from officeops.exchange.paper.printout import Grid

#: Points between two columns.
GAP: Final = 8.0
#: Points below which no column gets: five digits, or a few letters of a word.
_LEAST: Final = 26.0
#: Points up to which a single word keeps a column wide; a longer word is broken.
_LONGEST_WORD: Final = 110.0
#: Points that a column without any text gets where there is room: somebody writes in it by hand.
_TO_WRITE_IN: Final = 90.0
#: A column of text narrower than this gives nothing while another one is wider.
_SOFT_LEAST: Final = 60.0


class _Column:
    """A column: the points that its longest text and its longest word take, and those it gets."""

    def __init__(
        self,
        label: str,
        plain: Lettering,
        bold: Lettering,
        *,
        right: bool,
    ) -> None:
        self.right = right
        self._plain = plain
        # The label is bold, and as much a text of the column as any.
        self.whole = bold.width(label)
        self._word = max(map(bold.width, label.split()), default=0)
        self.width = self.whole
        self.is_blank = True

    def measure(self, text: str) -> None:
        """Take a text of the column into account."""
        self.is_blank = self.is_blank and not text.strip()
        for line in text.split("\n"):
            self.whole = max(self.whole, self._plain.width(line))
        for word in text.split():
            self._word = max(self._word, self._plain.width(word))

    @property
    def least(self) -> float:
        """The points below which its texts would break inside a word."""
        # A number never breaks: a part of it is another number.
        if self.right:
            return self.whole
        word = min(self._word, _LONGEST_WORD)
        return max(word, min(self.whole, _SOFT_LEAST))


class Columns:
    """The columns of a grid in letters of one size; `fit` sets their widths."""

    def __init__(
        self,
        grid: Grid,
        fonts: Fonts,
        size: float,
    ) -> None:
        self._plain = Lettering(fonts, "plain", size)
        self._bold = Lettering(fonts, "bold", size)
        self._columns = []
        for place, label in enumerate(grid.labels):
            column = _Column(label, self._plain, self._bold, right=grid.is_right(place))
            self._columns.append(column)
        for row in grid.rows:
            for column, text in zip(self._columns, row, strict=True):
                column.measure(text)
        for text in grid.below:
            self._columns[grid.wide].measure(text)

    @property
    def whole(self) -> float:
        """The points that the table takes if nothing breaks."""
        return sum(column.whole for column in self._columns) + self._gaps

    @property
    def least(self) -> float:
        """The points that the table takes if its texts break between words."""
        return sum(column.least for column in self._columns) + self._gaps

    @property
    def _gaps(self) -> float:
        return GAP * (len(self._columns) - 1)

    def width(self, place: int) -> float:
        """Return the points of a column."""
        return self._columns[place].width

    def lines(self, place: int, text: str) -> list[str]:
        """Return a text of a column as the lines it takes there, at least one."""
        return self._plain.lines(text, self.width(place))

    def label_lines(self, place: int, label: str) -> list[str]:
        """Return the label of a column as the lines it takes there."""
        return self._bold.lines(label, self.width(place))

    def fit(self, room: float) -> None:
        """Set the widths, so that the table fits in `room` points.

        Numbers keep theirs; texts break between words, the widest first. Raises Unwritable for more
        columns than a page has room for.
        """
        count = len(self._columns)
        spare = room - self._gaps
        if count * _LEAST > spare:
            most = int((room + GAP) // (_LEAST + GAP))
            raise Unwritable(
                f"A page has room for {most} columns, and these are {count}. Name the columns "
                "you need with --columns, or write XLSX instead."
            )
        if self.whole <= room:
            for column in self._columns:
                column.width = column.whole
            self._widen(room - self.whole)
        elif self.least <= room:
            self._share(spare)
        else:
            self._squeeze(spare)

    def _widen(self, rest: float) -> None:
        """Give columns that somebody writes in a part of the rest."""
        blank = [column for column in self._columns if column.is_blank]
        for column in blank:
            more = min(rest / len(blank), _TO_WRITE_IN - column.width)
            column.width += max(more, 0)

    def _share(self, spare: float) -> None:
        """Give each column its least, and a part of the rest by how much it lacks."""
        rest = spare - sum(column.least for column in self._columns)
        lacking = sum(column.whole - column.least for column in self._columns)
        for column in self._columns:
            part = (column.whole - column.least) / lacking
            column.width = column.least + rest * part

    def _squeeze(self, spare: float) -> None:
        """Make the columns narrower than their words, all by the same part."""
        wanted = sum(column.least for column in self._columns)
        for column in self._columns:
            column.width = max(_LEAST, column.least * spare / wanted)
