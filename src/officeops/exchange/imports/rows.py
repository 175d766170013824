"""Rows: a piece of a file's rows, read column by column and checked row by row.

Column by column, because most columns repeat a few values: each of those is read once a piece.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from officeops.exchange.columns.column_ways import NUMBERS, ColumnWays
from officeops.exchange.importer import Importer, Row, column_of
from officeops.exchange.imports.cell_readers import MASKED, TEXT, CellReaders, resolve, tried
from officeops.exchange.imports.tidy import all_tidy, is_tidy
from officeops.model.records import Record
from officeops.model.sql_values import to_sql
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from re import Match as Found

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.formats.table import Table
    from officeops.exchange.imports.cell_readers import CellReader
    from officeops.exchange.imports.outcome import Options
    from officeops.model.errors import Problem
    from officeops.model.fields import Field
    from officeops.model.office import Office

    #: Notes a bad row: its line and cells, the column, the cell in it, and why.
    Note = Callable[[int, Sequence[Any], str, object, str], None]
    #: A row's line and its cells.
    Numbered = tuple[int, list[Any]]

__all__ = ["RowReader", "resolve"]

_WITH_OPTION = Pattern(r"with --([a-z][a-z-]*)")
#: About the most cells of a column whose values are remembered from one piece to the next.
_MOST_KNOWN = 2000
#: So many cells of a text column show whether most of them are different.
_SAMPLE = 100


class _FileColumn(NamedTuple):
    """A column that fills a field of the record or of its importer, and its reader."""

    place: int
    field: Field
    is_own: bool
    read: CellReader


class _Column(NamedTuple):
    """The values of a column in one piece, with a ValueError for each cell that cannot be read."""

    place: int
    field: Field
    is_own: bool
    values: Sequence[Any]
    has_failures: bool


class RowReader:
    """Reads a table's rows as one kind of record, and notes which rows are bad and why."""

    def __init__(
        self,
        office: Office,
        record: type[Record],
        table: Table,
        match: Match,
        options: Options,
        importer: Importer,
        note: Note,
    ) -> None:
        self._office, self._record, self._match = office, record, match
        self._columns, self._format = table.columns, table.format
        self._importer, self._note = importer, note
        self.ways = ColumnWays(
            table, match.columns, office.ways, options.date_order, options.decimal
        )
        self._readers = CellReaders(office, table, self.ways, options.told)
        self._own = set(record.meta.fields)
        self._file_columns = self._with_readers()
        self._defaults = {
            field.name: None if field.required else to_sql(field.default)
            for field in record.meta.fields
        }
        own_columns = [field.name for field in match.columns.values() if field in self._own]
        filled = {*importer.fills, *own_columns}
        self._needed = [
            field for field in record.meta.fields if field.required and field.name in filled
        ]
        #: The values of numbers' cells in earlier pieces, by field.
        self._known: dict[str, dict[Any, Any]] = {}
        #: What the record's rules say of rows with these values in `check_reads`.
        self._checked: dict[tuple[Any, ...], list[Problem]] = {}
        self._has_rules = record.check is not Record.check

    def _with_readers(self) -> list[_FileColumn]:
        return [
            _FileColumn(place, field, field in self._own, self._readers.reader(place, field))
            for place, field in self._match.columns.items()
        ]

    # -- from cells to rows -----------------------------------------------------------------------

    def read(self, numbered: Iterable[Numbered]) -> list[Row]:
        """Return the good rows of a piece; the others are noted."""
        fitting = self._fitting(list(numbered))
        if not fitting:
            return self._complete([])
        # Every row is as wide as the header here, so the piece can be turned on its side at once.
        by_place = list(zip(*[cells for _, cells in fitting], strict=True))
        different = {
            column.place: _different(by_place[column.place], column.field)
            for column in self._file_columns
        }
        self._settle(different)
        columns = []
        for place, field, is_own, read in self._file_columns:
            values, has_failures = self._values(by_place[place], different[place], field, read)
            columns.append(_Column(place, field, is_own, values, has_failures))
        rows = self._rows(fitting, [column for column in columns if column.is_own])
        for column in columns:
            self._take_column(rows, column)
        return self._complete(rows)

    def _settle(self, different: Mapping[int, Collection[Any]]) -> None:
        """Decide how dates and numbers are written before a doubtful cell is read."""
        if any(self.ways.doubts(place, cells) for place, cells in different.items()):
            self.ways.settle()
            self._known.clear()
            self._file_columns = self._with_readers()

    def _rows(self, fitting: Sequence[Numbered], columns: Sequence[_Column]) -> list[Row]:
        """Return rows with the values of the record's own columns and its defaults."""
        names = tuple([column.field.name for column in columns])
        by_row: Iterable[tuple[Any, ...]] = repeat((), len(fitting))
        if columns:
            by_row = zip(*[column.values for column in columns], strict=True)
        rows = zip(fitting, by_row, strict=True)
        return [Row.as_read(numbered, own, names, self._defaults) for numbered, own in rows]

    def _take_column(self, rows: list[Row], column: _Column) -> None:
        """Note a column's unreadable cells, and decide what blank and masked ones mean."""
        field, values = column.field, column.values
        if column.has_failures:
            self._mark_bad(rows, column)
        if field.sealed:
            self._leave_masked(rows, field)
        if column.is_own and field.default is not None and None in values:
            self._leave_blank(rows, field)
        if not column.is_own:
            for row, value in zip(rows, values, strict=True):
                if value is not None and not isinstance(value, ValueError):
                    row.extra[field.name] = value

    def _mark_bad(self, rows: list[Row], column: _Column) -> None:
        name = self._columns[column.place]
        for row, value in zip(rows, column.values, strict=True):
            if isinstance(value, ValueError):
                row.bad = True
                self._note(row.line, row.cells, name, row.cells[column.place], str(value))

    def _leave_blank(self, rows: list[Row], field: Field) -> None:
        """Read a blank cell as the field's default; an existing record keeps its value."""
        if field.required:
            return
        for row, value in zip(rows, column_of(rows, field.name), strict=True):
            if value is None:
                row.blank = (*row.blank, field.name)
                row.values[field.name] = self._defaults[field.name]

    def _leave_masked(self, rows: list[Row], field: Field) -> None:
        """Read the mask of an export as no value; an existing record keeps its own."""
        for row, value in zip(rows, column_of(rows, field.name), strict=True):
            if value == MASKED:
                row.blank = (*row.blank, field.name)
                row.values[field.name] = None

    def _fitting(self, numbered: list[Numbered]) -> list[Numbered]:
        """Return the rows without more cells than columns: nearly always all of them."""
        widest = max([len(cells) for _, cells in numbered], default=0)
        if widest <= len(self._columns):
            return numbered
        return [(line, cells) for line, cells in numbered if self._fits(line, cells)]

    def _fits(self, line: int, cells: list[Any]) -> bool:
        if len(cells) <= len(self._columns):
            return True
        why = f"has {len(cells)} values for {len(self._columns)} columns; a quote or delimiter may be off"
        self._note(line, cells, "", "", why)
        return False

    # -- the values of one column -----------------------------------------------------------------

    def _values(
        self, cells: Sequence[Any], different: Collection[Any], field: Field, read: CellReader
    ) -> tuple[list[Any], bool]:
        """Return a column's values, a ValueError for each unreadable cell, and if there is one."""
        if len(different) * 2 < len(cells):
            known = self._values_of(different, field, read)
            failures = [cell for cell in different if isinstance(known[cell], ValueError)]
            if len(different) == 1:
                return [known[cells[0]]] * len(cells), bool(failures)
            return list(map(known.__getitem__, cells)), bool(failures)
        try:
            if field.kind not in TEXT or field.sealed:
                return [read(cell) for cell in cells], False
            if all_tidy(cells):
                return list(cells), False
            return [cell if is_tidy(cell) else read(cell) for cell in cells], False
        except ValueError:
            return [tried(read, cell) for cell in cells], True

    def _values_of(
        self, different: Collection[Any], field: Field, read: CellReader
    ) -> Mapping[Any, Any]:
        """Return the values of a column's different cells.

        Most pieces of a text file have the same numbers, so each of them is read once.
        """
        if field.kind not in NUMBERS or field.sealed or self._format != "csv":
            return {cell: tried(read, cell) for cell in different}
        known = self._known.setdefault(field.name, {})
        if len(known) > _MOST_KNOWN:
            known.clear()
        for cell in different:
            if cell not in known:
                known[cell] = tried(read, cell)
        return known

    # -- the rules of one row ---------------------------------------------------------------------

    def _complete(self, rows: list[Row]) -> list[Row]:
        """Check rows as wholes: references, needed fields, the importer's and the record's rules.

        Returns the good ones.
        """
        for row, name, why in self._importer.look_up(rows):
            self.refuse(row, name, why)
        # A refused row is checked for its other faults too, as far as they do not follow from the
        # first.
        fills = self._importer.fills
        self._refuse_blank(rows, [f.name for f in self._needed if f.name not in fills])
        rows = [row for row in rows if not row.bad]
        for row, name, why in self._importer.check(rows):
            self.refuse(row, name, why)
        rows = [row for row in rows if not row.bad]
        self._refuse_blank(rows, [f.name for f in self._needed if f.name in fills])
        if self._has_rules:
            self._check_rules([row for row in rows if not row.bad])
        return [row for row in rows if not row.bad]

    def _check_rules(self, rows: list[Row]) -> None:
        """Ask the record's own rules.

        One record takes each row's values in turn: half the time of a record for each.
        """
        record = self._record.from_values(self._defaults)
        if self._record.check_reads:
            self._check_alike(rows, record)
            return
        for row in rows:
            record.take_values(row.values)
            for problem in record.check(self._office):
                self.refuse(row, problem.field, problem.message)

    def _check_alike(self, rows: list[Row], record: Record) -> None:
        """Ask the rules once of all rows that are alike in the fields that `check` reads."""
        names = self._record.check_reads
        by_row = list(zip(*[column_of(rows, name) for name in names], strict=True))
        checked = self._checked
        if len(checked) > _MOST_KNOWN:
            checked.clear()
        different = set(by_row)
        for values in different.difference(checked):
            record.take_values({**self._defaults, **dict(zip(names, values, strict=True))})
            checked[values] = list(record.check(self._office))
        if not any(checked[values] for values in different):
            return
        for row, values in zip(rows, by_row, strict=True):
            for problem in checked[values]:
                self.refuse(row, problem.field, problem.message)

    def _refuse_blank(self, rows: list[Row], names: list[str]) -> None:
        for name in names:
            values = column_of(rows, name)
            if None not in values:
                continue
            for row, value in zip(rows, values, strict=True):
                if value is None and name not in row.blank:
                    self.refuse(row, name, "is needed")

    def refuse(self, row: Row, name: str, why: str) -> None:
        """Note a row as bad: the field and why its value, or the row itself, is refused."""
        row.bad = True
        cell = self.cell(row, name)
        self._note(row.line, row.cells, self.column(name), cell, self.in_columns(why))

    # -- names of columns -------------------------------------------------------------------------

    def in_columns(self, why: str) -> str:
        """Return a sentence with a column of the file in place of a command line's option."""

        def column(option: Found[str]) -> str:
            name = option[1].replace("-", "_")
            return f"in a column {name}" if self._record.meta.field(name) else option[0]

        return str(_WITH_OPTION.sub(column, why)) if "with --" in why else why

    def column(self, name: str) -> str:
        """Return the file's column for a field, or the field's name where none fills it."""
        place = self._place(name)
        if place is not None:
            return self._columns[place]
        field = self._record.meta.field(name)
        return field.public_name if field else name

    def cell(self, row: Row, name: str) -> object:
        """Return a row's cell for a field."""
        place = self._place(name)
        return "" if place is None else row.cells[place]

    def _place(self, name: str) -> int | None:
        for place, field in self._match.columns.items():
            if name in {field.name, field.public_name}:
                return place
        return None


def _different(cells: Sequence[Any], field: Field) -> Collection[Any]:
    """Return a column's different cells; all cells of a text column that repeats few.

    To hash every name and description would take longer than reading them; numbers and dates are
    always told apart, because their different cells say how the column is written.
    """
    if cells.count(cells[0]) == len(cells):
        return cells[:1]
    if field.kind in TEXT and len(set(cells[:_SAMPLE])) * 2 > _SAMPLE:
        return cells
    return set(cells)
