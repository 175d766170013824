"""WiderTable: a file's rows with columns beside their own.

Such a column fills a second field, or has the same value in every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.formats.table import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class WiderTable(Table):
    """A table with more columns.

    `copies` maps a new column's name to a place, `constants` to a text.
    """

    def __init__(
        self,
        table: Table,
        copies: Mapping[str, int],
        constants: Mapping[str, str],
    ) -> None:
        super().__init__(table.source)
        self._table = table
        self._copies = list(copies.values())
        self._constants = list(constants.values())
        self.columns = [*table.columns, *copies, *constants]
        self.notes = table.notes
        self.format = table.format
        self.place = table.place

    @property
    def own_columns(self) -> list[str]:
        """The columns that the file itself has."""
        return self._table.own_columns

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table.rows`; a row that is too long stays as it is."""
        width = len(self._table.columns)
        nothing: list[Cell] = [None] * (len(self.columns) - width)
        for line, cells in self._table.rows():
            if len(cells) > width:
                yield line, cells + nothing
                continue
            copied = [cells[place] for place in self._copies]
            yield line, [*cells, *copied, *self._constants]

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()
