"""Printout: a page for people, as the blocks it is made of, whatever it is written as."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.exchange.formats.writing import Plain


class Grid(Value):
    """A table: a row of labels, and rows of as many texts as people read them.

    `right` says which columns line up on the right. `most` are the widest cells that a column of
    plain text gets, by its place; longer texts wrap. `below` is a second text of a row, which goes
    under its cell in the column `wide`. `names` and `plain` are the same table for programs; without
    them, programs get the labels and the texts.
    """

    labels: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[bool] = ()
    most: Mapping[int, int] = MappingProxyType({})
    wide: int = -1
    below: Sequence[str] = ()
    names: Sequence[str] = ()
    plain: Sequence[Sequence[Plain]] = ()

    def is_right(self, column: int) -> bool:
        """Return whether a column lines up on the right."""
        return column < len(self.right) and self.right[column]

    def text_below(self, row: int) -> str:
        """Return the second text of a row; blank if it has none."""
        return self.below[row] if row < len(self.below) else ""


class Facts(Value):
    """A form: labels, each with its value, one below the other."""

    pairs: Sequence[tuple[str, str]]


class Beside(Value):
    """Two blocks of lines, one beside the other; the first line of each is its heading."""

    left: Sequence[str]
    right: Sequence[str]


class Lines(Value):
    """Lines of text. `is_spaced` ones are columns made of blanks, and keep them."""

    lines: Sequence[str]
    is_spaced: bool = False


class Sums(Value):
    """Lines under a table that line up on the right, such as its total."""

    lines: Sequence[str]


class Label(Value):
    """A label to stick on a thing: the text of its QR code, and the lines beside it."""

    code: str
    lines: Sequence[str]


class Labels(Value):
    """Labels, on sheets of label stock; `skip` of the first sheet are used up already."""

    labels: Sequence[Label]
    skip: int = 0


Block: TypeAlias = Grid | Facts | Beside | Lines | Sums | Labels


class Printout(Value):
    """A title and blocks below it.

    `aside` is beside the title, such as dates, and `under` are lines below it. `office` is the name at
    the top of each page, and `printed` the line at its bottom that says when it was printed and by whom.
    """

    title: str
    blocks: Sequence[Block]
    aside: str = ""
    under: Sequence[str] = ()
    office: str = ""
    printed: str = ""

    @property
    def grids(self) -> list[Grid]:
        """The tables of the page, in their order."""
        return [block for block in self.blocks if isinstance(block, Grid)]
