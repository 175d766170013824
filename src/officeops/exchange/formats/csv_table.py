"""CSV files of any dialect and encoding, as a table."""

from __future__ import annotations

import csv
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TextIO

from officeops.exchange.formats.decoding import doubt, label, settle
from officeops.exchange.formats.dialect import CELL_LIMIT, directive, sniff
from officeops.exchange.formats.table import Cell, Table, all_blank, fit, header
from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from officeops.exchange.formats.source import Source

LINE_LIMIT = 1 << 24
BLOCK = 1 << 14
_USUAL = {".tsv": "\t", ".psv": "|"}


class CsvTable(Table):
    """A CSV file, streamed: its memory does not grow with the file."""

    format = "csv"

    def __init__(
        self,
        source: Source,
        encoding: str | None,
        delimiter: str | None,
        suffix: str,
    ) -> None:
        """Settle encoding and dialect, and read the header."""
        super().__init__(source)
        self._codec = settle(source, encoding, LINE_LIMIT)
        with source.text(self._codec) as text:
            announced = directive(text.readline(16))
        self._skipped = int(announced is not None)
        single = _single(delimiter or announced)
        self._dialect = sniff(self._start, single, _USUAL.get(suffix, ""))
        _, names = next(self._records(), (0, []))
        self.columns = header(names, source.name)
        self._note(encoding)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table.rows`."""
        return islice(self._records(len(self.columns) or None), self._above, None)

    def _raw(self) -> Iterator[tuple[int, list[Cell]]]:
        return self._records()

    def _note(self, encoding: str | None) -> None:
        if self.columns:
            self.notes.append(f"Read as {label(self._codec)}, {self._dialect.describe()}.")
        self.notes += doubt(self._codec, encoding)
        if not self._dialect.quoted:
            self.notes.append("Quotation marks are read as part of the text.")

    def _start(self) -> io.TextIOWrapper:
        text = self._source.text(self._codec)
        if self._skipped:
            text.readline()
        return text

    def _records(self, width: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that are not blank, header included, as wide as `width` (None: as they are)."""
        first = 1 + self._skipped
        line = first
        with self._start() as text:
            feed = _Feed(text)
            reader = self._dialect.reader(chain.from_iterable(feed.blocks()))
            rows: Iterator[list[Any]] = reader
            try:
                # csv.reader's own lists, unchanged: every step of this loop is paid once for each
                # imported row.
                for row in rows:
                    began, line = line, reader.line_num + first
                    feed.waited = 0
                    if len(row) == width and row[0].strip():
                        yield began, row
                    elif not all_blank(row):
                        yield began, fit(row, width) if width else row
            except csv.Error as error:
                raise Unreadable(self._explain(error, line), line) from None
            except UnicodeDecodeError:
                # Every byte was decoded once before, so these are new ones.
                self._source.check()
                raise
        self._source.check()

    def _explain(self, error: csv.Error, line: int) -> str:
        """Explain the fault of a record. The csv module has no codes for it, only words."""
        where = f"Line {line} of {self._source.name}"
        words = str(error)
        if "field larger" in words:
            return (
                f"{where} has a cell of more than {CELL_LIMIT >> 20} MiB. "
                "Is a quotation mark opened and not closed?"
            )
        if "end of data" in words:
            return (
                f"{where} opens a quotation mark that is never closed. "
                "Close it, or write it twice if it is text."
            )
        if "expected after" in words:
            return (
                f"{where} has text after a closing quotation mark. "
                "A mark inside a quoted cell is written twice."
            )
        return f"{where} cannot be read: {error}."


class _Feed:
    """Lines for csv.reader, block by block.

    So no record grows as long as the file by the line ends inside its quoted cells.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        #: Blocks handed out since the last whole record; its reader sets it back.
        self.waited = 0

    def blocks(self) -> Iterator[list[str]]:
        """The lines in lists; flattened by `chain`, they cost nothing a line."""
        while block := self._text.readlines(BLOCK):
            # Only the last line of a block can be a long one.
            self.waited += 1 + len(block[-1]) // BLOCK
            if self.waited > LINE_LIMIT // BLOCK:
                raise csv.Error("field larger than a record may be")
            yield block


def _single(delimiter: str | None) -> str | None:
    """A delimiter csv.reader can use; a tab may also be spelt as a person can type it."""
    if delimiter is None:
        return None
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise Unreadable(
            f"{delimiter!r} cannot part the cells of a row. "
            "Use a single character such as , ; | or \\t."
        )
    return delimiter
