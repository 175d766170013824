"""Compared: columns of what no import sets, the state of a lot or what is on hand.

What they say is compared with the record.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.exchange.columns.column_ways import ColumnWays
from officeops.exchange.columns.header_words import words
from officeops.exchange.formats.table import is_blank
from officeops.exchange.formats.writing import unguard
from officeops.exchange.imports.outcome import Difference
from officeops.model.fields import Field
from officeops.model.sql_values import to_sql
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


class Compared:
    """The columns of one file that no field takes and that a record can be compared with: managed and computed fields.

    They are taken out of the match's unused columns. A blank cell says nothing.
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
        self._guarded = table.format == "csv"
        taken = {field.public_name for field in fields}
        away = {*office.withheld(record), *record.meta.guarded}
        hidden = office.unseen(record)
        free = [
            field
            for field in (*record.meta.fields, *record.meta.computed)
            if field.public_name not in taken
            and field.name not in away
            and field.target not in hidden
        ]
        self.columns = _matched(table.columns, match.unused, free)
        match.unused[:] = [
            name for name in match.unused if table.columns.index(name) not in self.columns
        ]
        ways = ColumnWays(table, self.columns, office.ways, options.date_order, options.decimal)
        self._read = {
            place: ways.reader(place, field)
            for place, field in self.columns.items()
            if field.kind != "reference"
        }
        self._names = [table.columns[place] for place in self.columns]
        #: Columns that could not be compared for some row, in the order in which they were met.
        self._put_off: dict[str, None] = {}

    def differences(
        self, rows: Iterable[Row], but: Collection[str] = ()
    ) -> dict[int, list[Difference]]:
        """Return, by line, what rows say of their records that is not so; each row has its record's id.

        `but` names the fields that are left out, because what they follow from is not there yet.
        """
        rows = [
            row for row in rows if any(not is_blank(row.cells[place]) for place in self.columns)
        ]
        if not rows:
            return {}
        values = self._on_record({row.id for row in rows})
        found = {row.line: self._of(row, values[row.id], but) for row in rows}
        return {line: differences for line, differences in found.items() if differences}

    def sentences(self) -> list[str]:
        """Say which columns were not compared for new records."""
        if not self._put_off:
            return []
        plural = self._record.meta.plural.lower()
        return [
            f"Not compared for new {plural}, as nothing is there yet: {', '.join(self._put_off)}."
        ]

    def _on_record(self, ids: Iterable[int]) -> dict[int, Sequence[Any]]:
        query = self._office.query(self._record)
        shown = ", ".join(query.expression(field, label=True) for field in self.columns.values())
        sql = f"SELECT t.id, {shown} FROM {self._record.meta.table} t WHERE t.id IN (SELECT value FROM json_each(?))"
        return {row[0]: row[1:] for row in self._office.rows(sql, json.dumps(sorted(ids)))}

    def _of(self, row: Row, values: Sequence[Any], but: Collection[str]) -> list[Difference]:
        differences = []
        for name, (place, field), value in zip(
            self._names, self.columns.items(), values, strict=True
        ):
            cell = row.cells[place]
            if field.name in but and not is_blank(cell):
                self._put_off[name] = None
            elif not is_blank(cell) and not self._is(place, field, cell, value):
                text = Field("text", label=field.label).named(field.public_name, "str")
                differences.append(
                    Difference(name, text, str(cell).strip()[:80], self._shown(field, value))
                )
        return differences

    def _shown(self, field: Field, value: object) -> str:
        if field.kind == "reference":
            return "" if value is None else str(value)
        return show(field, value, self._office.ways)

    def _is(self, place: int, field: Field, cell: object, value: object) -> bool:
        """Whether a cell says what is on record: as an export writes it, or as the field's values are read."""
        if isinstance(cell, str) and self._guarded:
            cell = unguard(cell)
        if field.kind == "reference":
            return same_value(str(cell), str(value))
        if same_value(cell, plain(field, value, self._office.ways)):
            return True
        try:
            return same_value(to_sql(self._read[place](cell)), value)
        except ValueError:
            return False


def _matched(
    columns: Sequence[str], unused: Iterable[str], fields: Iterable[Field]
) -> dict[int, Field]:
    """Return the unused columns that have a field's own name, by their places."""
    free = {
        name: field
        for field in fields
        for name in (words(field.public_name), words(field.label), words(field.name))
    }
    matched: dict[int, Field] = {}
    for column in unused:
        field = free.get(words(column))
        if field is not None and field not in matched.values():
            matched[columns.index(column)] = field
    return dict(sorted(matched.items()))
