"""Rows: a piece of a file's rows, read column by column into values, each checked on its own.

Column by column, because most columns repeat a few values: each is read once a piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.importer import Importer, Row
from officeops.exchange.matching import Match, translations, words
from officeops.exchange.writing import unguard
from officeops.records import Record, to_sql
from officeops.values import line as read_line
from officeops.values import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from officeops.exchange.table import Table
    from officeops.fields import Field
    from officeops.office import Office

    #: Told of a bad row: its line and cells, the column, the value found, and why.
    Note = Callable[[int, Sequence[Any], str, object, str], None]


class RowReader:
    """Reads a table's rows as one kind of record, and notes what is wrong with which."""

    def __init__(
        self, office: Office, record: type[Record], table: Table, match: Match, told: Mapping[str, str], importer: Importer, note: Note
    ) -> None:
        self._office, self._record, self._columns, self._match, self._note = office, record, table.columns, match, note
        self._importer = importer
        own = set(record.meta.fields)
        self._readers = [(p, f, self._reader(p, f, table.format, told), f in own) for p, f in match.columns.items()]
        self._defaults = {f.name: None if f.required else to_sql(f.default) for f in record.meta.fields}
        self._needed = [f for f in record.meta.fields if f.required or f.default is not None]
        self._has_rules = record.check is not Record.check

    def read(self, numbered: Iterable[tuple[int, list[Any]]]) -> list[Row]:
        """Return the good rows of a piece; the others are noted."""
        rows = [Row(line, cells, self._defaults.copy(), {}) for line, cells in numbered if self._fits(line, cells)]
        for place, field, read, own in self._readers:
            values = self._column([row.cells[place] for row in rows], read)
            for row, value in zip(rows, values, strict=True):
                if isinstance(value, ValueError):
                    row.bad = True
                    self._note(row.line, row.cells, self._columns[place], row.cells[place], str(value))
                elif value is None and field.default is not None:
                    row.blank = (*row.blank, field.name)
                elif own:
                    row.values[field.name] = value
                elif value is not None:
                    row.extra[field.name] = value
        return [row for row in rows if not row.bad and self._complete(row)]

    def _fits(self, line: int, cells: list[Any]) -> bool:
        if len(cells) <= len(self._columns):
            return True
        why = f"has {len(cells)} values for {len(self._columns)} columns; a quote or delimiter may be off"
        self._note(line, cells, "", "", why)
        return False

    def _column(self, cells: list[Any], read: Callable[[Any], Any]) -> list[Any]:
        """Return a column's values, a ValueError in the place of what cannot be read."""
        different = set(cells)
        if len(different) * 2 < len(cells):
            values = {cell: _tried(read, cell) for cell in different}
            return [values[cell] for cell in cells]
        try:
            return [read(cell) for cell in cells]
        except ValueError:
            return [_tried(read, cell) for cell in cells]

    def _complete(self, row: Row) -> bool:
        """Check a row as a whole: the importer's rules, what is needed, the record's own rules."""
        problems = list(self._importer.check(row))
        named = {name for name, _ in problems}
        problems += [(f.name, "is needed") for f in self._needed if row.values[f.name] is None and f.name not in named]
        if self._has_rules and not problems:
            made = self._record.from_row((0, 1, None, *row.values.values()))
            problems = [(problem.field, problem.message) for problem in made.check(self._office)]
        for name, why in problems:
            self._note(row.line, row.cells, self.column(name), self.cell(row, name), why)
        return not problems

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
        return next((p for p, f in self._match.columns.items() if name in {f.name, f.public_name}), None)

    def _reader(self, place: int, field: Field, form: str, told: Mapping[str, str]) -> Callable[[Any], Any]:
        """Return what reads a column's cells into values as SQLite keeps them."""
        read = _sql_reader(self._office, field)
        if form == "csv" and field.kind not in {"number", "quantity", "money", "price", "yes_no", "duration"}:
            read = _unguarded(read)
        name = words(self._columns[place])
        stand_for = next((translations(meaning) for column, meaning in told.items() if words(column) == name), {})
        if not stand_for:
            return read
        return lambda cell: read(stand_for.get(str("" if cell is None else cell).strip().casefold(), cell))


def _tried(read: Callable[[Any], Any], cell: object) -> Any:  # noqa: ANN401 - a value, or why there is none
    try:
        return read(cell)
    except ValueError as why:
        return why


def _unguarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda cell: read(unguard(cell) if cell and cell[0] == "'" else cell)


def _sql_reader(office: Office, field: Field) -> Callable[[Any], Any]:
    if field.kind == "reference":
        return _reference_reader(office, field)
    read = reader(field, office.ways)
    return (lambda cell: to_sql(read(cell))) if field.kind in {"date", "instant", "yes_no"} else read


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


def resolve(office: Office, field: Field, text: str) -> int:
    """Return the id of the record a word in a file means. Raises ValueError with a sentence."""
    target = office.target(field)
    if target is None:
        raise ValueError(f"cannot be set: the plugin {field.target.partition('.')[0]} is off")
    ids = office.find_ids(target, text, by_id=False)
    if not ids:
        raise ValueError(f"there is no {target.meta.label.lower()} {text!r}; import or add it first")
    if len(ids) > 1:
        raise ValueError(f"{text!r} fits {len(ids)} {target.meta.plural.lower()}")
    return ids[0]
