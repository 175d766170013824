"""Compared: columns of values that no import sets, such as a lot's state or the stock on hand.

Each cell is compared with the record.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.column_ways import ColumnWays
from officeops.exchange.columns.header_words import words
from officeops.exchange.formats.table import is_blank
from officeops.exchange.formats.writing import unguard
from officeops.exchange.imports.outcome import Difference
from officeops.model.fields import Field
from officeops.model.sql_values import id_list, to_sql
from officeops.model.text_folding import same_value
from officeops.values.convert import plain, show

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.formats.table import Table
    from officeops.exchange.importer import Row
    from officeops.exchange.imports.outcome import Options
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: What people see as a cell's column, and the column's place and field.
    NamedColumn = tuple[str, int, Field]

#: The most characters of a cell that a difference shows.
_SHOWN: Final = 80


class Compared:
    """The columns of one file that no field takes and that a record can be compared with.

    They are those of managed and computed fields, and are taken out of the match's unused columns.
    A blank cell says nothing.
    """

    def __init__(
        self,
        office: Office,
        record: type[Record],
        table: Table,
        match: Match,
        fields: Sequence[Field],
        options: Options,
    ) -> None:
        self._office = office
        self._record = record
        self._is_guarded = table.format == "csv"
        comparable = _comparable(office, record, fields)
        self.columns = _matched(table.columns, match.unused, comparable)
        taken = {table.columns[place] for place in self.columns}
        match.unused[:] = [name for name in match.unused if name not in taken]
        self._named_columns: list[NamedColumn] = []
        for place, field in self.columns.items():
            self._named_columns.append((table.columns[place], place, field))
        ways = ColumnWays(table, self.columns, office.ways, options.date_order, options.decimal)
        self._readers = {}
        for place, field in self.columns.items():
            if not field.target:
                self._readers[place] = ways.reader(place, field)
        #: Columns that could not be compared for some row, in the order in which they were met.
        self._not_yet: dict[str, None] = {}

    def differences(
        self, rows: Iterable[Row], but: Collection[str] = ()
    ) -> dict[int, list[Difference]]:
        """Return, by line, the cells of rows that contradict their records. Each row has its id.

        `but` names the fields that are left out, because what they follow from is not there yet.
        """
        saying = [row for row in rows if self._says_something(row)]
        if not saying:
            return {}
        values = self._values_of({row.id for row in saying})
        by_line = {}
        for row in saying:
            differences = self._differences_of(row, values[row.id], but)
            if differences:
                by_line[row.line] = differences
        return by_line

    def _says_something(self, row: Row) -> bool:
        return any(not is_blank(row.cells[place]) for place in self.columns)

    def sentences(self) -> list[str]:
        """Say which columns were not compared for new records."""
        if not self._not_yet:
            return []
        plural = self._record.meta.many
        columns = ", ".join(self._not_yet)
        return [f"Not compared for new {plural}, as nothing is there yet: {columns}."]

    # -- one record -------------------------------------------------------------------------------

    def _values_of(self, ids: Iterable[int]) -> dict[int, Sequence[Any]]:
        """Return the compared fields of records, by id."""
        query = self._office.query(self._record)
        # An export names a record of a reference by its key; people may write the name.
        keyed = self._office.query(self._record, by_key=True)
        shown = []
        for field in self.columns.values():
            name = query.expression(field, label=True)
            if field.target:
                name = f"json_array({name}, {keyed.expression(field, label=True)})"
            shown.append(name)
        sql = (
            f"SELECT t.id, {', '.join(shown)} FROM {self._record.meta.table} t "
            "WHERE t.id IN (SELECT value FROM json_each(?))"
        )
        rows = self._office.rows(sql, id_list(sorted(ids)))
        return {row[0]: row[1:] for row in rows}

    def _differences_of(
        self,
        row: Row,
        values: Sequence[Any],
        but: Collection[str],
    ) -> list[Difference]:
        differences = []
        for (name, place, field), value in zip(self._named_columns, values, strict=True):
            cell = row.cells[place]
            if is_blank(cell):
                continue
            if field.name in but:
                self._not_yet[name] = None
            elif not self._is_same(place, field, cell, value):
                differences.append(self._difference(name, field, cell, value))
        return differences

    def _difference(
        self,
        name: str,
        field: Field,
        cell: object,
        value: object,
    ) -> Difference:
        """Return a difference with both sides as people see them."""
        text = Field("text", label=field.label).named(field.public_name, "str")
        in_file = str(cell).strip()[:_SHOWN]
        return Difference(name, text, in_file, self._shown(field, value))

    def _shown(self, field: Field, value: object) -> str:
        if field.target:
            return str(json.loads(str(value))[0] or "")
        return show(field, value, self._office.ways)

    def _is_same(
        self,
        place: int,
        field: Field,
        cell: object,
        value: object,
    ) -> bool:
        """Whether a cell has a record's value: as an export writes it, or as its field reads it."""
        if isinstance(cell, str) and self._is_guarded:
            cell = unguard(cell)
        if field.target:
            return any(same_value(str(cell), str(name)) for name in json.loads(str(value)))
        if same_value(cell, plain(field, value, self._office.ways)):
            return True
        try:
            read = to_sql(self._readers[place](cell))
        except ValueError:
            return False
        return same_value(read, value)


def _comparable(
    office: Office,
    record: type[Record],
    filled: Iterable[Field],
) -> list[Field]:
    """Return the fields that an import does not fill and that the acting person may see."""
    taken = {field.public_name for field in filled}
    by_name = record.meta.by_name
    # A computed field is withheld from some alone, a kept one is compared by what guards it.
    kept = {name for name in record.meta.guarded if not by_name[name].sql}
    withheld = {*office.withheld(record), *kept}
    unseen = office.unseen(record)
    fields = []
    for field in (*record.meta.fields, *record.meta.computed):
        is_seen = field.name not in withheld and field.target not in unseen
        if is_seen and field.public_name not in taken:
            fields.append(field)
    return fields


def _matched(
    columns: Sequence[str], unused: Iterable[str], fields: Iterable[Field]
) -> dict[int, Field]:
    """Return the unused columns that have a field's own name, by their places."""
    by_name: dict[str, Field] = {}
    for field in fields:
        for name in (field.public_name, field.label, field.name):
            by_name[words(name)] = field
    matched: dict[int, Field] = {}
    for column in unused:
        matching = by_name.get(words(column))
        if matching is not None and matching not in matched.values():
            matched[columns.index(column)] = matching
    return dict(sorted(matched.items()))
