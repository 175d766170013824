"""Dialect: which character parts the cells of a CSV file, and how they are quoted."""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Callable, Iterable
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
    """How the cells of a file are parted; RFC 4180 but for the delimiter, unless said otherwise."""

    delimiter: str
    spaced: bool = (
        False  # "a", "b": without this the space would make the quotation mark part of the cell
    )
    quoted: bool = True

    def reader(self, lines: Iterable[str]) -> Reader:
        """A CSV reader that refuses quotation marks out of place, which otherwise swallow rows in silence."""
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


def sniff(start: Callable[[], TextIO], delimiter: str | None = None, usual: str = "") -> Dialect:
    """The dialect whose reading of the first rows makes the best table.

    `start` opens the text at its first row; a `delimiter` already known is not questioned;
    `usual` is what the file's name leads one to expect and settles a tie.
    """
    candidates = [delimiter] if delimiter else list(NAMES)
    samples = [_Sample.take(Dialect(candidate), start) for candidate in candidates]
    best = max(samples, key=lambda sample: sample.worth(usual))
    if not best.score() and not delimiter:
        best = next(sample for sample in samples if sample.dialect.delimiter == (usual or ","))
    return _refine(best, start)


class _Sample(Value):
    """The first rows as one dialect reads them; `whole` unless it broke off at a misplaced quotation mark."""

    dialect: Dialect
    rows: list[list[str]]
    whole: bool

    @classmethod
    def take(cls, dialect: Dialect, start: Callable[[], TextIO]) -> _Sample:
        rows: list[list[str]] = []
        with start() as text:
            try:
                left = _CELLS
                for row in islice(filter(None, islice(dialect.reader(text), _LINES)), _LOOKED_AT):
                    rows.append(row)
                    left -= len(row)
                    if left < 0:
                        break
            except csv.Error:
                return cls(dialect, rows, whole=False)
        return cls(dialect, rows, whole=True)

    def score(self) -> float:
        """From 0 to 1: the share of rows as wide as the header; many even columns are seldom an accident.

        Where lines of titles are above the header, the width of most rows counts.
        """
        widths = [len(row) for row in self.rows]
        width = widths[0] if widths else 0
        usual = max(dict.fromkeys(widths), key=lambda wide: (widths.count(wide), wide), default=0)
        if widths.count(usual) * 2 >= len(widths):
            width = max(width, usual)
        if width < 2:
            return 0.0
        even = sum(len(row) == width for row in self.rows) / len(self.rows)
        return even * (1 - 1 / width) * (1 if self.whole else 0.5)

    def worth(self, usual: str) -> tuple[float, bool, int]:
        """What candidates are compared by: in doubt the usual one, or the one not followed by spaces (prose is)."""
        spaces = sum(cell.startswith(" ") for row in self.rows for cell in row)
        return round(self.score(), 3), self.dialect.delimiter == usual, -spaces


def _refine(best: _Sample, start: Callable[[], TextIO]) -> Dialect:
    """Account for two habits RFC 4180 does not allow: spaces before quotation marks, and marks meant as text."""
    dialect = best.dialect
    if any(
        cell.startswith(" ") and cell.lstrip(" ").startswith('"')
        for row in best.rows
        for cell in row
    ):
        return dialect.replace(spaced=True)
    if not best.whole and dialect.delimiter == "\t":
        # Tab-separated dumps of databases often do not quote at all: `"Q" tips` is a name.
        plain = _Sample.take(dialect.replace(quoted=False), start)
        return plain.dialect if plain.score() >= best.score() else dialect
    return dialect
