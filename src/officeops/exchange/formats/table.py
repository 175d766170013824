"""Table: columns and rows read from a file, whatever its format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from officeops.exchange.formats.source import Source

#: A cell of a table as its file has it: CSV has text alone.
Cell: TypeAlias = str | int | float | bool | date | datetime | None

COLUMN_LIMIT = 16_384  # what a spreadsheet can hold; more is a mistaken delimiter or an attack


#: The rows that are read, looked up, written and announced together.
PIECE = 500
#: About the most text in a piece: a row of a CSV file may be long, and 500 of them are in memory
#: at once.
PIECE_LIMIT = 32 << 20
#: Rows that tell how wide a table without a header is.
_SAMPLE = 100


class Table(ABC):
    """The rows of one file, read from disk as they are asked for, as often as they are asked for.

    `columns` are the names in the header: edge spaces off, an empty one called "Column 3" after
    its place, a repeated one "Name (2)"; a file without content has none. `notes` are sentences
    about how the file was read. `format` is "csv", "xlsx", "xls" or "json". `digest` is the
    SHA-256 of the file as hex. `place` is what people call the number of a row: a text's line, a
    sheet's row, a record.
    """

    format: str
    place: str = "line"
    #: Whether the file is a list with nothing in it: an export of no records, not a failed one.
    is_empty_list = False

    def __init__(self, source: Source) -> None:
        self._source = source
        self.columns: list[str] = []
        self.notes: list[str] = []
        #: Sentences on records that the file says it leaves out.
        self.left: list[str] = []
        #: Rows before the first record: those above the header, and the header itself.
        self._above = 1

    @property
    def source(self) -> Source:
        """The bytes of the file."""
        return self._source

    @property
    def own_columns(self) -> list[str]:
        """The columns that the file itself has."""
        return self.columns

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's bytes, as hex."""
        return self._source.digest

    @property
    def size(self) -> int:
        """The file's size in bytes."""
        return self._source.size

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its place for a person: the line it starts on, the sheet's row, the record.

        Blank rows are left out, short ones filled up with None. Empty cells beyond the last
        column are dropped; a row with something in them comes longer than `columns`, for the
        caller to report. CSV cells are text as written ("" where nothing is); only the other
        formats have types and None. Raises `Unreadable` where the file breaks off or breaks its
        own rules.
        """

    def first_rows(self, count: int) -> list[tuple[int, list[Cell]]]:
        """Return the first rows that are not blank, the header among them.

        A format without a header row has none.
        """
        return list(islice(self._raw(), count))

    def head(self, above: int) -> None:
        """Take the row below so many others for the header.

        With -1 the file has none, and columns go by their place.
        """
        rows = self.first_rows(max(above + 1, 1))
        names: list[Cell] = []
        if above < 0:
            sample = self.first_rows(_SAMPLE)
            width = max([len(row) for _, row in sample], default=0)
            names = [""] * width
        elif above < len(rows):
            names = _trimmed(rows[above][1])
        self.columns = header(names, self._source.name)
        self._above = above + 1

    def _raw(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield all rows that are not blank, as they are in the file."""
        return iter(())

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _trimmed(names: list[Cell]) -> list[Cell]:
    """Return a header without the empty cells after its last name."""
    width = len(names)
    while width > 1 and is_blank(names[width - 1]):
        width -= 1
    return names[:width]


def header(names: Iterable[object], file: str) -> list[str]:
    """Column names that are all there and all different, from the cells of the first row."""
    columns: list[str] = []
    taken: set[str] = set()
    times: dict[str, int] = {}
    for place, given in enumerate(names, 1):
        if place > COLUMN_LIMIT:
            raise Unreadable(
                f"{file} has more than {COLUMN_LIMIT:,} columns. "
                "Is it the right file, and its delimiter?"
            )
        text = "" if given is None else str(given)
        wanted = text.strip() or f"Column {place}"
        name = wanted
        while name in taken:
            times[wanted] = times.get(wanted, 1) + 1
            name = f"{wanted} ({times[wanted]})"
        taken.add(name)
        columns.append(name)
    return columns


def fit(row: list[Cell], width: int) -> list[Cell]:
    """The row as wide as the header; a row with a value beyond the last column stays wider."""
    if len(row) < width:
        return row + [None] * (width - len(row))
    return row[:width] if all_blank(row[width:]) else row


def pieces(table: Table) -> Iterator[list[tuple[int, list[Cell]]]]:
    """Yield a table's rows in lists of `PIECE`, or shorter ones where the rows are long."""
    rows = table.rows()
    if table.size <= PIECE_LIMIT:
        while piece := list(islice(rows, PIECE)):
            yield piece
        return
    piece = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum([len(cell) for cell in row[1] if cell.__class__ is str])
        if len(piece) == PIECE or size > PIECE_LIMIT:
            yield piece
            piece = []
            size = 0
    if piece:
        yield piece


def blank_columns(table: Table) -> set[int]:
    """Return the places of the columns that have nothing in any row.

    The first rows of most tables show that there are none.
    """
    places = set(range(len(table.columns)))
    for piece in pieces(table):
        for place in list(places):
            if not _is_blank_in(piece, place):
                places.discard(place)
        if not places:
            break
    return places


def _is_blank_in(piece: list[tuple[int, list[Cell]]], place: int) -> bool:
    """Whether a column has nothing in any row of a piece."""
    # Each different cell is looked at once.
    cells = {row[place] for _, row in piece if place < len(row)}
    return all_blank(cells)


def is_blank(cell: Cell) -> bool:
    """Whether a cell has nothing in it but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def all_blank(row: Iterable[Cell]) -> bool:
    """Whether no cell of the row has anything in it."""
    return all(map(is_blank, row))
