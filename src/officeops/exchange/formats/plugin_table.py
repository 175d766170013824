"""PluginTable: a file of a format that a plugin reads, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from officeops.exchange.formats.nested_rows import flat
from officeops.exchange.formats.table import Cell, Table, all_blank
from officeops.exchange.formats.unreadable import Unreadable
from officeops.model.declarations import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from officeops.exchange.formats.source import Source
    from officeops.model.declarations import Format

    class Reader(Protocol):
        """The function that a format names in `read`."""

        def __call__(
            self,
            stream: BinaryIO,
            name: str,
            note: Callable[[str], object],
            /,
        ) -> Iterator[tuple[int, Mapping[str, Cell]]]:
            """Yield plain rows by the names of fields, each with the line that it begins on.

            `note` takes a sentence on each part that it leaves out. Raises Unreadable, with the line.
            """


class PluginTable(Table):
    """Rows of a format, streamed; the columns are all names in the order they first appear."""

    def __init__(
        self,
        source: Source,
        declared: Format,
    ) -> None:
        """Read every row once, for the columns and what the format notes."""
        super().__init__(source)
        self.format = declared.name
        self._read: Reader = named(declared.read)
        # The rows are read again as they are imported, so a large file is not in memory.
        columns: dict[str, None] = {}
        names: dict[str, None] = {}
        for _, row in self._rows(self.notes.append):
            names |= dict.fromkeys(row)
            columns |= dict.fromkeys(flat(row, declared.fields))
        # An import would take such a column for one that the file's author chose to leave out.
        if unknown := names.keys() - set(declared.fields):
            raise Unreadable(
                f"The format {declared.name} gives {', '.join(sorted(unknown))}, which it does not "
                "declare. Tell the author of its plugin."
            )
        self._nested = declared.fields
        self.columns = list(columns)
        for _ in source.hashed():
            pass

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table.rows`; the number is the line that a row begins on."""
        for line, row in self._rows(_forget):
            values = flat(row, self._nested)
            cells = [values.get(name) for name in self.columns]
            if not all_blank(cells):
                yield line, cells

    def _rows(
        self,
        note: Callable[[str], object],
    ) -> Iterator[tuple[int, Mapping[str, Cell]]]:
        with self._source.reader() as stream:
            yield from self._read(
                stream,
                self._source.name,
                note,
            )


def _forget(sentence: str) -> None:
    """Take a note of the second reading, which the first has kept."""
