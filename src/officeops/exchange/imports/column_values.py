"""ColumnValues: the cells of a piece of a file, read column by column.

Column by column, because most columns repeat a few values: each of those is read once a piece.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from officeops.exchange.columns.column_ways import ColumnWays
from officeops.exchange.imports.cell_readers import CellReaders, tried
from officeops.exchange.imports.tidy import all_tidy, is_tidy
from officeops.model.about import SubjectField, filled_by
from officeops.model.errors import reason_of
from officeops.model.meta import place_among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.formats.table import Table
    from officeops.exchange.imports.cell_readers import CellReader, Missing
    from officeops.exchange.imports.outcome import Options
    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record

#: About the most cells of a column whose values are remembered from one piece to the next.
_MOST_REMEMBERED = 2000
#: So many cells of a text column show whether most of them are different.
_SAMPLE = 100


class PieceColumn(NamedTuple):
    """The values of a column in one piece, with a ValueError for each cell that cannot be read."""

    place: int
    field: Field
    values: Sequence[Any]
    has_failures: bool


class ColumnValues:
    """Reads the columns of a table that fill fields."""

    def __init__(
        self,
        office: Office,
        table: Table,
        match: Match,
        options: Options,
        missing: Missing,
    ) -> None:
        self._match = match
        self._format = table.format
        conventions = office.ways
        self.ways = ColumnWays(
            table, match.columns, conventions, options.date_order, options.decimal
        )
        self._office, self._table, self._told = office, table, options.told
        self._missing = missing
        self._readers = CellReaders(office, table, self.ways, options.told, missing)
        #: By location, the readers of times by the clock there; the column that names locations.
        self._local_readers: dict[tuple[int, int], CellReader] = {}
        self._place = place_among(match.columns.values())
        self._read_by_place = self._new_readers()
        #: The values of numbers' cells in earlier pieces, by field.
        self._remembered: dict[str, dict[Any, Any]] = {}

    def _new_readers(self) -> dict[int, CellReader]:
        readers = {}
        for place, field in self._match.columns.items():
            readers[place] = self._readers.reader(place, field)
        return readers

    def read(self, by_place: Sequence[Sequence[Any]]) -> list[PieceColumn]:
        """Return the values of the columns that fill fields. `by_place` is a piece by columns."""
        different: dict[int, Collection[Any]] = {}
        for place, field in self._match.columns.items():
            different[place] = _different(by_place[place], field)
        self._settle(different)
        columns: list[PieceColumn] = []
        for place, field in self._match.columns.items():
            read = self._read_by_place[place]
            values, has_failures = self._values(by_place[place], different[place], field, read)
            column = PieceColumn(place, field, values, has_failures)
            columns += _halves(column) if isinstance(field, SubjectField) else [column]
        return self._by_local_clocks(columns, by_place) if self._place else columns

    def names_nothing(self, place: int, cell: object) -> bool:
        """Whether a cell of a reference names a record that is not in the office yet."""
        value = tried(self._read_by_place[place], cell)
        return isinstance(value, ValueError) and reason_of(value, "").code == "not-found"

    def _by_local_clocks(
        self, columns: Sequence[PieceColumn], by_place: Sequence[Sequence[Any]]
    ) -> list[PieceColumn]:
        """Read times once more where the row's location has a clock of its own."""
        locations = next(c.values for c in columns if c.field.name == self._place)
        read = []
        for column in columns:
            if column.field.kind.by_clock:
                cells = by_place[column.place]
                values = list(map(self._by_local_clock, repeat(column), cells, locations))
                has_failures = any(isinstance(value, ValueError) for value in values)
                read.append(column._replace(values=values, has_failures=has_failures))
            else:
                read.append(column)
        return read

    def _by_local_clock(self, column: PieceColumn, cell: object, location: object) -> Any:  # noqa: ANN401 - as a reader gives it
        """Return the value of a time in a row of a location, or why it has none."""
        if not isinstance(location, int):
            return tried(self._read_by_place[column.place], cell)
        key = (column.place, location)
        if key not in self._local_readers:
            ways = self.ways.of(self._office.ways_at(location))
            readers = CellReaders(self._office, self._table, ways, self._told, self._missing)
            self._local_readers[key] = readers.reader(column.place, column.field)
        return tried(self._local_readers[key], cell)

    def _settle(self, different: Mapping[int, Collection[Any]]) -> None:
        """Decide how dates and numbers are written before a doubtful cell is read."""
        if any(self.ways.doubts(place, cells) for place, cells in different.items()):
            self.ways.settle()
            self._remembered.clear()
            self._read_by_place = self._new_readers()

    # -- the values of one column -----------------------------------------------------------------

    def _values(
        self,
        cells: Sequence[Any],
        different: Collection[Any],
        field: Field,
        read: CellReader,
    ) -> tuple[Sequence[Any], bool]:
        """Return a column's values, a ValueError for each unreadable cell, and if there is one."""
        if len(different) * 2 < len(cells):
            return self._repeated_values(cells, different, field, read)
        try:
            return self._all_values(cells, field, read), False
        except ValueError:
            return [tried(read, cell) for cell in cells], True

    def _all_values(
        self,
        cells: Sequence[Any],
        field: Field,
        read: CellReader,
    ) -> Sequence[Any]:
        """Return the values of all cells. Raises ValueError for the first that cannot be read."""
        # A tidy code may be a scan that says more than its item, or that nobody can read, and a
        # person may have said that a tidy text stands for another one.
        kind = field.kind
        is_plain = kind.is_text and not (kind.is_item_code or kind.respells or field.sealed)
        if not is_plain or self._readers.translates(field):
            return [read(cell) for cell in cells]
        # Most texts are stored as they are written, and reading them would take most of an import.
        if all_tidy(cells):
            return cells
        return [cell if is_tidy(cell) else read(cell) for cell in cells]

    def _repeated_values(
        self,
        cells: Sequence[Any],
        different: Collection[Any],
        field: Field,
        read: CellReader,
    ) -> tuple[Sequence[Any], bool]:
        """Return the values of a column that repeats few cells; each of them is read once."""
        values = self._values_of(different, field, read)
        has_failures = any(isinstance(values[cell], ValueError) for cell in different)
        if len(different) == 1:
            return [values[cells[0]]] * len(cells), has_failures
        return list(map(values.__getitem__, cells)), has_failures

    def _values_of(
        self,
        different: Collection[Any],
        field: Field,
        read: CellReader,
    ) -> Mapping[Any, Any]:
        """Return the values of a column's different cells.

        Most pieces of a text file have the same numbers, so each of them is read once.
        """
        if field.kind.in_file != "figure" or field.sealed or self._format != "csv":
            return {cell: tried(read, cell) for cell in different}
        remembered = self._remembered.setdefault(field.name, {})
        if len(remembered) > _MOST_REMEMBERED:
            remembered.clear()
        for cell in different:
            if cell not in remembered:
                remembered[cell] = tried(read, cell)
        return remembered


def _halves(column: PieceColumn) -> Iterator[PieceColumn]:
    """Yield a column of records that rows are about as the two columns that it fills.

    A cell that cannot be read is noted once.
    """
    for place, field in enumerate(filled_by(column.field)):
        values = [value[place] if isinstance(value, tuple) else value for value in column.values]
        has_failures = column.has_failures and place == 0
        yield PieceColumn(column.place, field, values, has_failures)


def clock_notes(
    office: Office, record: type[Record], columns: Mapping[int, Field]
) -> Iterator[str]:
    """Say by which clock the times of a file without locations are read, where there are several."""
    fields = columns.values()
    place = record.meta.place
    is_timed = any(field.kind.by_clock for field in fields)
    if not (place and is_timed) or any(field.name == place for field in fields):
        return
    with office.lifted():
        own = office.value("SELECT 1 FROM core_location WHERE time_zone IS NOT NULL LIMIT 1")
    if own:
        yield "Times without an offset are read by the office's clock: no column names the location."


def _different(cells: Sequence[Any], field: Field) -> Collection[Any]:
    """Return a column's different cells; all cells of a text column that repeats few.

    To hash every name and description would take longer than reading them; numbers and dates are
    always told apart, because their different cells say how the column is written.
    """
    if cells.count(cells[0]) == len(cells):
        return cells[:1]
    if field.kind.is_text and len(set(cells[:_SAMPLE])) * 2 > _SAMPLE:
        return cells
    return set(cells)
