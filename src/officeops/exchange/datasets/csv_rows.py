"""CSV files of datasets: their rows in the order of the columns, as fast as Python reads them."""

from __future__ import annotations

import csv
import io
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO

from officeops.exchange.formats.unreadable import Unreadable
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.dataset import Dataset


class CsvRows:
    """The rows of a CSV file whose header has the columns of a dataset; others are left out."""

    def __init__(
        self,
        dataset: Dataset,
        stream: BinaryIO,
        name: str,
    ) -> None:
        """Read the header. Raises Unreadable where a column is missing."""
        # Lists of authorities are ASCII or UTF-8; a stray byte of another set must not stop one.
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        # Without `strict` a file that ends inside quotes would be a shorter list.
        self._reader = csv.reader(text, strict=True)
        self._name = name
        self._header = next(self._reader, [])
        self._places = _places(dataset, self._header, name)

    @property
    def line(self) -> int:
        """The line that was read last."""
        return self._reader.line_num

    def rows(self) -> Iterable[Sequence[str]]:
        """Yield the rows, without blank lines. A row may have more or fewer values than the header.

        Raises Unreadable, with the line, for one of these where columns are left out or moved.
        """
        # A loop in Python would take as long as SQLite takes to write: SQLite itself refuses a row
        # of another width.
        if self._places == list(range(len(self._header))):
            return filter(None, self._reader)
        return self._picked()

    def _picked(self) -> Iterator[Sequence[str]]:
        width = len(self._header)
        # One place more makes a tuple also of a dataset with a single column.
        pick = itemgetter(*self._places, 0)
        for row in filter(None, self._reader):
            if len(row) != width:
                raise self.misfit()
            yield pick(row)[:-1]

    def misfit(self) -> Unreadable:
        """Make the refusal of the row that was read last."""
        return Unreadable(
            f"Line {self.line:,} of {self._name} has not as many values as the header has columns, "
            f"{len(self._header):,}. Nothing was loaded.",
            self.line,
        )

    def unread(self, error: Exception) -> Unreadable:
        """Make the refusal of a line that is no CSV."""
        return Unreadable(
            f"Line {self.line:,} of {self._name} cannot be read: {error}. Nothing was loaded.",
            self.line,
        )


def _places(
    dataset: Dataset,
    header: Sequence[str],
    name: str,
) -> list[int]:
    """Return where each column of a dataset is in a file."""
    known: dict[str, int] = {}
    doubles: set[str] = set()
    for place, text in enumerate(header):
        name_of_column = folded(text)
        if name_of_column in known:
            doubles.add(name_of_column)
        known[name_of_column] = place
    if twice := [column for column in dataset.columns if folded(column) in doubles]:
        raise Unreadable(
            f"{name} has the column {', '.join(twice)} twice. Take one of them out.",
            1,
        )
    missing = [column for column in dataset.columns if folded(column) not in known]
    if missing:
        raise Unreadable(
            f"{name} has no column {', '.join(missing)}. Is it a file of {dataset.title}?",
            1,
        )
    return [known[folded(column)] for column in dataset.columns]
