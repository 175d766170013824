"""Dialect: which character parts the cells of a CSV file, and how they are quoted."""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

CELL_LIMIT = 1 << 20
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 50
#: Blank lines are passed over, but not for ever.
_LINES = 10_000
#: No more rows are looked at once they have so many cells: a few wide ones tell as much, and take
#: as much memory.
_CELLS = 100_000
_DIRECTIVE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)


class Dialect(Value):
    """How the cells of a file are parted; by default RFC 4180 but for the delimiter."""

    delimiter: str
    #: Spaces before a cell are left out: in "a", "b" they would make the mark part of the cell.
    spaced: bool = False
    quoted: bool = True

    def reader(self, lines: Iterable[str]) -> Reader:
        """A CSV reader that refuses stray quotation marks, which otherwise swallow rows."""
        csv.field_size_limit(CELL_LIMIT)
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            skipinitialspace=self.spaced,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            strict=True,
        )

    def describe(self) -> str:
        """How to name it in a sentence: "comma-separated"."""
        name = NAMES.get(self.delimiter)
        return f"{name}-separated" if name else f"separated by {self.delimiter!r}"


def directive(line: str) -> str | None:
    """The delimiter a first line such as `sep=;` announces, which spreadsheets write and obey."""
    found = _DIRECTIVE.fullmatch(line)
    return found[1] if found else None


def sniff(
    start: Callable[[], TextIO],
    delimiter: str | None = None,
    usual: str = "",
) -> Dialect:
    """The dialect whose reading of the first rows makes the best table.

    `start` opens the text at its first row; a `delimiter` already known is not questioned;
    `usual` is what the file's name leads one to expect and settles a tie.
    """
    candidates = [delimiter] if delimiter else list(NAMES)
    samples = {}
    for candidate in candidates:
        samples[candidate] = _Sample.take(Dialect(candidate), start)
    best = max(samples.values(), key=lambda sample: sample.worth(usual))
    if not best.score() and not delimiter:
        best = samples[usual or ","]
    return _refine(best, start)


class _Sample(Value):
    """The first rows as one dialect reads them.

    `whole` is False where it broke off at a misplaced quotation mark.
    """

    dialect: Dialect
    rows: list[list[str]]
    whole: bool

    @classmethod
    def take(cls, dialect: Dialect, start: Callable[[], TextIO]) -> _Sample:
        rows: list[list[str]] = []
        with start() as text:
            lines = islice(dialect.reader(text), _LINES)
            full = islice(filter(None, lines), _LOOKED_AT)
            try:
                left = _CELLS
                for row in full:
                    rows.append(row)
                    left -= len(row)
                    if left < 0:
                        break
            except csv.Error:
                return cls(dialect, rows, whole=False)
        return cls(dialect, rows, whole=True)

    def score(self) -> float:
        """From 0 to 1: the share of rows as wide as the header.

        Many even columns are seldom an accident. Where lines of titles are above the header, the
        width of most rows counts.
        """
        widths = list(map(len, self.rows))
        width = self._width(widths)
        if width < 2:
            return 0.0
        share = widths.count(width) / len(widths)
        score = share * (1 - 1 / width)
        return score if self.whole else score * 0.5

    def _width(self, widths: list[int]) -> int:
        """Return how many columns the header has."""
        if not widths:
            return 0
        usual = max(widths, key=lambda width: (widths.count(width), width))
        is_usual = widths.count(usual) * 2 >= len(widths)
        return max(widths[0], usual) if is_usual else widths[0]

    def worth(self, usual: str) -> tuple[float, bool, int]:
        """Compare candidates: in doubt the usual one, or the one that no spaces follow.

        A comma with a space behind it is prose.
        """
        spaced = sum(cell.startswith(" ") for cell in self.cells())
        return round(self.score(), 3), self.dialect.delimiter == usual, -spaced

    def cells(self) -> Iterator[str]:
        """All cells of the rows."""
        return chain.from_iterable(self.rows)


def _refine(best: _Sample, start: Callable[[], TextIO]) -> Dialect:
    """Account for two habits that RFC 4180 does not allow.

    They are spaces before quotation marks, and marks that are text.
    """
    dialect = best.dialect
    if any(map(_is_quoted_after_spaces, best.cells())):
        return dialect.replace(spaced=True)
    if not best.whole and dialect.delimiter == "\t":
        # Tab-separated dumps of databases often do not quote at all: `"Q" tips` is a name.
        plain = _Sample.take(dialect.replace(quoted=False), start)
        if plain.score() >= best.score():
            return plain.dialect
    return dialect


def _is_quoted_after_spaces(cell: str) -> bool:
    return cell.startswith(" ") and cell.lstrip(" ").startswith('"')
