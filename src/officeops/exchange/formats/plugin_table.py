"""PluginTable: a file of a format that a plugin reads, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol

from officeops.exchange.formats.nested_rows import flat
from officeops.exchange.formats.table import Cell, Table, all_blank
from officeops.exchange.formats.unreadable import Unreadable
from officeops.plugins.hook_results import sentence_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.exchange.formats.plugin_rows import PluginRows
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


#: What a cell may be; a list of these, or of rows of them, is a field of children.
_CELLS: Final = (str, int, float, date, type(None))


def misfit(row: object) -> str:
    """Return what a row of a format has to be, for one that is none."""
    if not isinstance(row, Mapping) or not all(isinstance(name, str) for name in row):
        return "is no dict by the names of fields"
    wrong = [name for name, value in row.items() if not _is_cell(value)]
    if not wrong:
        return ""
    return f"has no text or number in {', '.join(wrong)}"


def _is_cell(value: object) -> bool:
    """Whether a value is a cell, or a list of children: of cells, or of rows of them."""
    if not isinstance(value, list):
        return isinstance(value, _CELLS)
    for child in value:
        cells = child.values() if isinstance(child, Mapping) else (child,)
        if not all(isinstance(cell, _CELLS) for cell in cells):
            return False
    return True


class PluginTable(Table):
    """Rows of a format, streamed; the columns are all names in the order they first appear."""

    def __init__(
        self,
        source: Source,
        declared: Format,
        reader: PluginRows,
    ) -> None:
        """Read every row once, for the columns and what the format notes."""
        super().__init__(source)
        self.format = declared.name
        self._reader = reader
        # The rows are read again as they are imported, so a large file is not in memory.
        columns: dict[str, None] = {}
        names: dict[str, None] = {}
        for _, row in self._rows(self._keep):
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
    ) -> Iterator[tuple[int, Mapping[str, Any]]]:
        with self._source.reader() as stream:
            yield from self._reader.read(stream, self._source.name, note)

    def _keep(self, sentence: str) -> None:
        """Take a note. Raises TypeError, in the plugin's code, for no text."""
        self.notes.append(sentence_in(sentence))


def _forget(sentence: str) -> None:
    """Take a note of the second reading, which the first has kept."""
