"""Rows: a piece of a file's rows, read column by column and checked row by row."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from officeops.exchange.importer import Row, column_of
from officeops.exchange.imports.cell_readers import MASKED
from officeops.exchange.imports.column_values import ColumnValues, clock_notes
from officeops.exchange.imports.row_refusals import RowRefusals
from officeops.exchange.imports.row_rules import RowRules
from officeops.model.errors import Reason, reason_of
from officeops.model.sql_values import to_sql
from officeops.query.own_number import OWN_NUMBER, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.formats.table import Table
    from officeops.exchange.importer import Importer
    from officeops.exchange.imports.child_rows import ChildRows
    from officeops.exchange.imports.column_values import PieceColumn
    from officeops.exchange.imports.outcome import Options
    from officeops.exchange.imports.row_refusals import Note
    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record

    #: A row's line and its cells.
    Numbered = tuple[int, list[Any]]


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
        children: ChildRows | None = None,
    ) -> None:
        self._columns = table.columns
        self._meta = record.meta
        self._children = children
        self._own = set(record.meta.fields)
        self._values = ColumnValues(office, table, match, options, importer.missing)
        self.names_nothing = self._values.names_nothing
        self.ways = self._values.ways
        self.ways.notes += clock_notes(office, record, match.columns)
        self._refusals = RowRefusals(record.meta, table.columns, match, note)
        self.refuse = self._refusals.refuse
        self.column = self._refusals.column
        self.cell = self._refusals.cell
        self._defaults: dict[str, Any] = {}
        for field in record.meta.fields:
            default = None if field.required else field.default
            if field.default_of is not None:
                default = field.default_of(office)
            self._defaults[field.name] = to_sql(default)
        given = [field.name for field in match.fields if field in self._own]
        self._rules = RowRules(office, record, importer, given, self._defaults, self._refusals)
        self.good_new = self._rules.good_new

    def read(self, numbered: Iterable[Numbered]) -> list[Row]:
        """Return the good rows of a piece; the others are noted."""
        fitting = self._fitting(list(numbered))
        if not fitting:
            return self._rules.good([])
        cells = [cells for _, cells in fitting]
        # Every row is as wide as the header here, so the piece can be turned on its side at once.
        by_place = list(zip(*cells, strict=True))
        columns = self._values.read(by_place)
        rows = self._rows(fitting, columns)
        for column in columns:
            self._take_column(rows, column)
        if self._children is not None:
            self._children.read(rows, self.refuse)
        return self._rules.good(rows)

    def _rows(self, fitting: Sequence[Numbered], columns: Sequence[PieceColumn]) -> list[Row]:
        """Return rows with the values of the record's own columns and its defaults."""
        names = []
        values = []
        for column in columns:
            if column.field in self._own:
                names.append(column.field.name)
                values.append(column.values)
        by_row: Iterable[tuple[Any, ...]] = repeat((), len(fitting))
        if values:
            by_row = zip(*values, strict=True)
        # `map` calls with these three for each row, faster than a loop would.
        own_names = repeat(tuple(names))
        defaults = repeat(self._defaults)
        return list(map(Row.as_read, fitting, by_row, own_names, defaults))

    # -- rows that fit the header -----------------------------------------------------------------

    def _fitting(self, numbered: list[Numbered]) -> list[Numbered]:
        """Return the rows without more cells than columns: nearly always all of them."""
        widest = max([len(cells) for _, cells in numbered], default=0)
        if widest <= len(self._columns):
            return numbered
        fitting = []
        for line, cells in numbered:
            if len(cells) <= len(self._columns):
                fitting.append((line, cells))
            else:
                self._refuse_wide(line, cells)
        return fitting

    def _refuse_wide(self, line: int, cells: list[Any]) -> None:
        why = (
            f"has {len(cells)} values for {len(self._columns)} columns; "
            "a quote or delimiter may be off"
        )
        self._refusals.note(line, cells, "", "", Reason(why, code="malformed"))

    # -- what the cells of a column mean ----------------------------------------------------------

    def _take_column(self, rows: list[Row], column: PieceColumn) -> None:
        """Note a column's unreadable cells, and decide what blank and masked ones mean."""
        field = column.field
        values = column.values
        is_own = field in self._own
        if column.has_failures:
            self._mark_bad(rows, column)
        if field.sealed:
            self._leave_masked(rows, field)
        if field.name == OWN_NUMBER:
            self._take_numbers(rows, values)
        elif self._children is not None and field in self._children.fields:
            _take_children(rows, column)
        elif not is_own:
            _take_extra(rows, column)
        elif self._defaults[field.name] is not None and None in values:
            self._leave_blank(rows, field)

    def _mark_bad(self, rows: list[Row], column: PieceColumn) -> None:
        """Note the cells of a column that could not be read."""
        place = column.place
        name = self._columns[place]
        note = self._refusals.note
        for row, value in zip(rows, column.values, strict=True):
            if not isinstance(value, ValueError):
                continue
            row.bad = True
            reason = reason_of(value, column.field.kind.code)
            note(row.line, row.cells, name, row.cells[place], reason)

    def _take_numbers(self, rows: list[Row], values: Sequence[Any]) -> None:
        """Give rows their records' own numbers, and refuse other texts."""
        for row, value in zip(rows, values, strict=True):
            if value is None or isinstance(value, ValueError):
                continue
            try:
                row.number = read_number(self._meta, value)
            except ValueError as why:
                self._refusals.refuse(row, OWN_NUMBER, Reason(str(why), code="malformed"))

    def _leave_blank(self, rows: list[Row], field: Field) -> None:
        """Read a blank cell as the field's default; an existing record keeps its value."""
        name = field.name
        default = self._defaults[name]
        for row, value in zip(rows, column_of(rows, name), strict=True):
            if value is None:
                row.blank += (name,)
                row.values[name] = default

    def _leave_masked(self, rows: list[Row], field: Field) -> None:
        """Read the mask of an export as no value; an existing record keeps its own."""
        name = field.name
        for row, value in zip(rows, column_of(rows, name), strict=True):
            if value == MASKED:
                row.blank += (name,)
                row.values[name] = None


def _take_children(rows: list[Row], column: PieceColumn) -> None:
    """Give rows the texts of a column of their children."""
    for row, value in zip(rows, column.values, strict=True):
        if value is not None and not isinstance(value, ValueError):
            row.children += ((column.field, value),)


def _take_extra(rows: list[Row], column: PieceColumn) -> None:
    """Give rows the values of a column that only the importer knows."""
    name = column.field.name
    for row, value in zip(rows, column.values, strict=True):
        if value is not None and not isinstance(value, ValueError):
            row.extra[name] = value
