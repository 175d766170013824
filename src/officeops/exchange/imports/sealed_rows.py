"""SealedRows: what an import does about sealed fields: it masks them in what is told, seals new values, finds records by digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.formats.table import is_blank
from officeops.model.sealed_value import MASK, Sealed
from officeops.model.sql_values import to_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.importer import Row
    from officeops.model.meta import Meta
    from officeops.office.office import Office


class SealedRows:
    """The sealed fields of one import."""

    def __init__(self, office: Office, meta: Meta, columns: Sequence[str], match: Match) -> None:
        self._office, self._meta, self._columns = office, meta, columns
        self._places = {place for place, field in match.columns.items() if field.sealed}
        self._filled = [field.name for field in match.columns.values()]
        self.names = frozenset(field.name for field in meta.sealed)

    def allow_edit(self) -> None:
        """Raise Forbidden where the acting person may not change the guarded fields that the file fills."""
        for name in self._filled:
            if name in self._meta.guarded:
                self._office.allow(f"{self._meta.guarded[name]}.edit")

    def masked(
        self, cells: Sequence[Any], column: str, value: object
    ) -> tuple[Sequence[Any], object]:
        """Return the cells and the value that are told of a bad row, with the mask for what is to be sealed."""
        width = len(self._columns)
        if not self._places:
            return cells[:width], value
        # Where there are more cells than columns, nobody knows which of them is which.
        hidden = self._places if len(cells) <= width else set(range(width))
        told = [
            MASK if n in hidden and not is_blank(cell) else cell
            for n, cell in enumerate(cells[:width])
        ]
        named = {self._columns[place] for place in hidden}
        return told, MASK if value and named & set(column.split(" and ")) else value

    def column(self, name: str) -> str:
        """Return the column by which a field's value is found."""
        return self._meta.by_name[name].index_column if name in self.names else name

    def digests(self, names: Iterable[str], rows: Iterable[Row]) -> dict[object, Sealed]:
        """Return the values of the sealed among these fields, under the digests by which their records are found."""
        fields = [f for f in self._meta.sealed if f.name in names]
        given = [
            (f, row.values[f.name])
            for f in fields
            for row in rows
            if row.values[f.name] is not None
        ]
        return {digest: value for f, value in given for digest in self._digests_of(f.name, value)}

    def _digests_of(self, name: str, value: Sealed) -> list[str]:
        office = self._office
        return (
            office.seals.digests(self._meta, self._meta.by_name[name], value.typed)
            if office.seals.ring.keys
            else []
        )

    def sealed(self, row: Row, values: dict[str, Any]) -> dict[str, Any]:
        """Return some of a row's values as SQLite is to keep them. Raises Refused where a unique one is another record's."""
        kept = self._office.seals.sealed(
            self._meta, row.id, {n: v for n, v in values.items() if n in self.names}
        )
        return {**values, **{name: to_sql(value) for name, value in kept.items()}}

    def new(self, row: Row) -> None:
        """Seal all of a new row's values, in the order of the table's columns. Raises Refused as `sealed` does."""
        values = self.sealed(row, row.values)
        row.values = {f.name: values.get(f.name) for f in self._meta.stored}

    def differs(self, row: Row, name: str, there: object) -> bool:
        """Return whether a row has another value than its record, both opened where they are sealed."""
        return name not in self.names or not self._office.same(
            self._meta, row.id, name, there, row.values[name]
        )

    def missing(self, row: Row) -> str:
        """Return a field that a new record needs a value for and the file masks; blank for none."""
        return next((name for name in row.blank if name in self.names), "")
