"""Rows: a piece of a file's rows, read column by column into values, each checked on its own.

Column by column, because most columns repeat a few values: each is read once a piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.columns.cell_errors import error_in, ruined_in
from officeops.exchange.columns.column_ways import NUMBERS, ColumnWays
from officeops.exchange.columns.header_words import words
from officeops.exchange.columns.matching import Match, translations
from officeops.exchange.formats.writing import unguard
from officeops.exchange.importer import Importer, Row
from officeops.model.errors import UsageProblem
from officeops.model.records import Record
from officeops.model.sealed_value import GONE, MASK, Sealed
from officeops.model.sql_values import to_sql
from officeops.query.lookup import several
from officeops.values.text import Pattern
from officeops.values.text import line as read_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from re import Match as Found

    from officeops.exchange.formats.table import Table
    from officeops.exchange.imports.outcome import Options
    from officeops.model.fields import Field
    from officeops.model.office import Office

    #: Told of a bad row: its line and cells, the column, the value found, and why.
    Note = Callable[[int, Sequence[Any], str, object, str], None]


_WITH_OPTION = Pattern(r"with --([a-z][a-z-]*)")
#: What a cell with the mask is read as.
MASKED = Sealed(typed=MASK)
#: Kinds that are kept as they are written.
TEXT = frozenset({"text", "long_text"})
_TAKES_ANY = TEXT | {"file"}
#: About the most cells of a column whose values are remembered.
_MOST_KNOWN = 2000


class RowReader:
    """Reads a table's rows as one kind of record, and notes what is wrong with which."""

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
        self._office, self._record, self._columns, self._match, self._note = (
            office,
            record,
            table.columns,
            match,
            note,
        )
        self._importer = importer
        self._form, self._told = table.format, options.told
        self.ways = ColumnWays(
            table, match.columns, office.ways, options.date_order, options.decimal
        )
        own = set(record.meta.fields)
        self._readers = [(p, f, self._reader(p, f), f in own) for p, f in match.columns.items()]
        self._defaults = {
            f.name: None if f.required else to_sql(f.default) for f in record.meta.fields
        }
        filled = {*importer.fills, *(f.name for f in match.columns.values() if f in own)}
        self._needed = [f for f in record.meta.fields if f.required and f.name in filled]
        #: The values of numbers' cells in earlier pieces, by field.
        self._known: dict[str, dict[Any, Any]] = {}
        self._has_rules = record.check is not Record.check

    def read(self, numbered: Iterable[tuple[int, list[Any]]]) -> list[Row]:
        """Return the good rows of a piece; the others are noted."""
        fitting = self._fitting(list(numbered))
        columns: dict[str, list[Any]] = {
            name: [value] * len(fitting) for name, value in self._defaults.items()
        }
        # Rows are all as wide as the header here, so the piece can be turned on its side at once.
        by_place = (
            list(zip(*(cells for _, cells in fitting), strict=True))
            if fitting
            else [()] * len(self._columns)
        )
        different = {place: set(by_place[place]) for place, *_ in self._readers}
        self._settle(different)
        read_columns = [
            (place, field, read, own, *self._column(by_place[place], different[place], field, read))
            for place, field, read, own in self._readers
        ]
        for _, field, _, own, values, _ in read_columns:
            if own:
                columns[field.name] = values
        names = list(columns)
        made = zip(fitting, zip(*columns.values(), strict=True), strict=True)
        rows = [
            Row(line, cells, dict(zip(names, values, strict=False)), {})
            for (line, cells), values in made
        ]
        for place, field, _, own, values, failed in read_columns:
            if failed:
                self._mark_bad(rows, place, values)
            if field.sealed:
                self._leave_masked(rows, field)
            if field.default is not None and field in self._record.meta.fields and None in values:
                self._leave_blank(rows, field)
            if not own:
                for row, value in zip(rows, values, strict=True):
                    if value is not None and not (failed and isinstance(value, ValueError)):
                        row.extra[field.name] = value
        return self._complete(rows)

    def _settle(self, different: Mapping[int, set[Any]]) -> None:
        """Decide how dates and numbers are written before the first cell that leaves a doubt is read."""
        if any(self.ways.doubts(place, cells) for place, cells in different.items()):
            self.ways.settle()
            self._known.clear()
            self._readers = [(p, f, self._reader(p, f), own) for p, f, _, own in self._readers]

    def _mark_bad(self, rows: list[Row], place: int, values: list[Any]) -> None:
        for row, value in zip(rows, values, strict=True):
            if isinstance(value, ValueError):
                row.bad = True
                self._note(row.line, row.cells, self._columns[place], row.cells[place], str(value))

    def _leave_blank(self, rows: list[Row], field: Field) -> None:
        """Let a blank cell of a field with a default stand for the default, and say nothing of a record that is there."""
        if field.required:
            return
        for row in rows:
            if row.values[field.name] is None:
                row.blank = (*row.blank, field.name)
                row.values[field.name] = self._defaults[field.name]

    def _leave_masked(self, rows: list[Row], field: Field) -> None:
        """Let the mask, which an export has in the place of a sealed value, say nothing of a record that is there."""
        for row in rows:
            if row.values[field.name] == MASKED:
                row.blank = (*row.blank, field.name)
                row.values[field.name] = None

    def _fitting(self, numbered: list[tuple[int, list[Any]]]) -> list[tuple[int, list[Any]]]:
        """Return the rows that have no more cells than there are columns, as nearly always all have."""
        if max((len(cells) for _, cells in numbered), default=0) <= len(self._columns):
            return numbered
        return [(line, cells) for line, cells in numbered if self._fits(line, cells)]

    def _fits(self, line: int, cells: list[Any]) -> bool:
        if len(cells) <= len(self._columns):
            return True
        why = f"has {len(cells)} values for {len(self._columns)} columns; a quote or delimiter may be off"
        self._note(line, cells, "", "", why)
        return False

    def _column(
        self, cells: Sequence[Any], different: set[Any], field: Field, read: Callable[[Any], Any]
    ) -> tuple[list[Any], bool]:
        """Return a column's values, a ValueError in the place of what cannot be read, and whether there is any."""
        if len(different) * 2 < len(cells):
            values = self._values_of(different, field, read)
            return [values[cell] for cell in cells], any(
                isinstance(values[cell], ValueError) for cell in different
            )
        try:
            if field.kind in TEXT and not field.sealed:
                return list(cells) if _all_tidy(cells) else [
                    c if _is_tidy(c) else read(c) for c in cells
                ], False
            return [read(cell) for cell in cells], False
        except ValueError:
            return [_tried(read, cell) for cell in cells], True

    def _values_of(
        self, different: set[Any], field: Field, read: Callable[[Any], Any]
    ) -> Mapping[Any, Any]:
        """Return the values of a column's different cells. Of a text's numbers, which most pieces share, each is read once."""
        if field.kind not in NUMBERS or field.sealed or self._form != "csv":
            return {cell: _tried(read, cell) for cell in different}
        known = self._known.setdefault(field.name, {})
        if len(known) > _MOST_KNOWN:
            known.clear()
        known.update((cell, _tried(read, cell)) for cell in different.difference(known))
        return known

    def _complete(self, rows: list[Row]) -> list[Row]:
        """Check rows as a whole: what they name, what is needed, the importer's and the record's rules. Returns the good ones."""
        for row, name, why in self._importer.look_up(rows):
            self._wrong(row, name, why)
        # What else is wrong with a row that is refused already is told too, as far as it does not follow from that.
        fills = self._importer.fills
        self._refuse_blank(rows, [f.name for f in self._needed if f.name not in fills])
        rows = [row for row in rows if not row.bad]
        for row, name, why in self._importer.check(rows):
            self._wrong(row, name, why)
        rows = [row for row in rows if not row.bad]
        self._refuse_blank(rows, [f.name for f in self._needed if f.name in fills])
        if self._has_rules:
            # One record for all rows, one after another: making one for each would take twice the time.
            made = self._record.from_values(self._defaults)
            for row in rows:
                if not row.bad:
                    made.take_values(row.values)
                    for problem in made.check(self._office):
                        self._wrong(row, problem.field, problem.message)
        return [row for row in rows if not row.bad]

    def _refuse_blank(self, rows: list[Row], names: list[str]) -> None:
        blank = [name for name in names if None in [row.values[name] for row in rows]]
        for name in blank:
            for row in rows:
                if row.values[name] is None and name not in row.blank:
                    self._wrong(row, name, "is needed")

    def _wrong(self, row: Row, name: str, why: str) -> None:
        row.bad = True
        self._note(
            row.line, row.cells, self.column(name), self.cell(row, name), self.in_columns(why)
        )

    def in_columns(self, why: str) -> str:
        """Return a sentence with a column of the file in place of the option that a command line has for a field."""

        def column(option: Found[str]) -> str:
            name = option[1].replace("-", "_")
            return f"in a column {name}" if self._record.meta.field(name) else option[0]

        return str(_WITH_OPTION.sub(column, why)) if "with --" in why else why

    def column(self, name: str) -> str:
        """Return the file's column for a field, or the field's own word where no column fills it."""
        place = self._place(name)
        if place is not None:
            return self._columns[place]
        field = self._record.meta.field(name)
        return field.public_name if field else name

    def cell(self, row: Row, name: str) -> object:
        """Return what stands in a row for a field."""
        place = self._place(name)
        return "" if place is None else row.cells[place]

    def _place(self, name: str) -> int | None:
        return next(
            (p for p, f in self._match.columns.items() if name in {f.name, f.public_name}), None
        )

    def _reader(self, place: int, field: Field) -> Callable[[Any], Any]:
        """Return what reads a column's cells into values as SQLite keeps them."""
        read = self._sql_reader(place, field)
        if field.sealed:
            read = _unmasked(read)
        if field.kind in _TAKES_ANY:
            read = _without_errors(read, field, self._form)
        if self._form == "csv" and field.kind not in {
            "number",
            "quantity",
            "money",
            "price",
            "yes_no",
            "duration",
        }:
            read = _unguarded(read)
        name = words(self._columns[place])
        stand_for = next(
            (
                translations(meaning)
                for column, meaning in self._told.items()
                if words(column) == name
            ),
            {},
        )
        if not stand_for:
            return read
        if field.sealed:
            raise UsageProblem(
                f"--map: {field.public_name} is sealed, and what stands for its values would be kept in the open."
            )
        return lambda cell: read(
            stand_for.get(str("" if cell is None else cell).strip().casefold(), cell)
        )

    def _sql_reader(self, place: int, field: Field) -> Callable[[Any], Any]:
        if field.kind == "reference":
            return _reference_reader(self._office, field)
        read = self.ways.reader(place, field)
        if field.kind in {"date", "instant", "yes_no"} and not field.sealed:
            return lambda cell: to_sql(read(cell))
        return read


def _all_tidy(cells: Sequence[Any]) -> bool:
    """Whether every cell is, told at once: a tenth of the time. Where one has a bar, or more than usual, each is looked at.

    What begins with a cross, has ":5" in it or ends in dots may be a spreadsheet's error (#N/A, Err:502, Loading...); "E+" may
    be in a number that it shortened.
    """
    text = f"|{'|'.join(cells)}|" if set(map(type, cells)) == {str} else ""
    return (
        0 < len(text) < 99_999
        and text.isascii()
        and text.isprintable()
        and text.count("|") == len(cells) + 1
        and not any(
            untidy in text
            for untidy in ("||", "| ", " |", "|'", "|#", ":5", "...", "  ", "E+", "e+")
        )
        and max(map(len, cells)) < 999
    )


def _is_tidy(cell: Any) -> bool:  # noqa: ANN401 - any cell
    """Whether a cell is text as it would be kept: what reading it would find out more slowly."""
    return (
        cell.__class__ is str
        and 0 < len(cell) < 999
        and cell.isascii()
        and cell.isprintable()
        and cell[0] not in " '#"
        and cell[-1] not in " ."
        and ":5" not in cell
        and "E+" not in cell
        and "e+" not in cell
        and "  " not in cell
    )


def _tried(read: Callable[[Any], Any], cell: object) -> Any:  # noqa: ANN401 - a value, or why there is none
    try:
        return read(cell)
    except ValueError as why:
        error = error_in(cell)
        return ValueError(error) if error else why


def _unguarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda cell: read(unguard(cell) if cell and cell[0] == "'" else cell)


def _unmasked(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda cell: MASKED if cell in (MASK, GONE) else read(cell)


def _without_errors(read: Callable[[Any], Any], field: Field, form: str) -> Callable[[Any], Any]:
    """Refuse a spreadsheet's errors, and what it ruined, where any other text would do; elsewhere reading them fails anyway."""

    def checked(cell: object) -> Any:  # noqa: ANN401 - as the reader's
        if error := error_in(cell) or ruined_in(cell, field, form):
            raise ValueError(error)
        return read(cell)

    return checked


def _reference_reader(office: Office, field: Field) -> Callable[[Any], int | None]:
    """Return what finds the record a cell names, asking once for each name."""
    known: dict[str, int] = {}

    def read(cell: object) -> int | None:
        text = read_line(cell)
        if text is None:
            return None
        if text not in known:
            known[text] = resolve(office, field, text)
        return known[text]

    return read


def resolve(
    office: Office, field: Field, text: str, within: Mapping[str, int] | None = None
) -> int:
    """Return the id of the record a word in a file means; `within` as for `Office.find`. Raises ValueError with a sentence.

    An archived record is taken too: a file may tell of the time when it was not.
    """
    target = office.target(field)
    if target is None:
        raise ValueError(f"cannot be set: the plugin {field.target.partition('.')[0]} is off")
    # Asked though an import is code that is trusted: whether there is such a record is what the file's writer is told.
    office.allow(f"{target.meta.key}.view")
    ids = office.find_ids(target, text, by_id=False, within=within)
    if not ids:
        raise ValueError(
            f"there is no {target.meta.label.lower()} {text!r}; import or add it first"
        )
    if len(ids) > 1:
        named = several(office, target, ids)
        raise ValueError(f"{text!r} fits {len(ids)} {target.meta.plural.lower()}: {named}")
    return ids[0]
