"""SealedRows: the sealed fields of an import, masked in messages and found by digests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.formats.table import is_blank
from officeops.model.sealed_value import MASK, Sealed
from officeops.model.sql_values import to_sql

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.importer import Row
    from officeops.model.meta import Meta
    from officeops.office.office import Office


class SealedRows:
    """The sealed fields of one import."""

    def __init__(
        self,
        office: Office,
        meta: Meta,
        columns: Sequence[str],
        match: Match,
    ) -> None:
        self._office = office
        self._meta = meta
        self._columns = columns
        self._filled = [field.name for field in match.fields]
        #: The places of the file's columns that fill sealed fields.
        self._places = {place for place, field in match.columns.items() if field.sealed}
        self.names = frozenset(field.name for field in meta.sealed)

    def allow_edit(self) -> None:
        """Raise Forbidden where the acting person may not change a guarded field of the file."""
        for name in self._filled:
            permission = self._meta.guarded.get(name)
            if permission is not None:
                self._office.allow(f"{permission}.edit")

    # -- messages ---------------------------------------------------------------------------------

    def masked(
        self,
        cells: Sequence[Any],
        column: str,
        value: object,
    ) -> tuple[Sequence[Any], object]:
        """Return a bad row's cells and value for a message, with sealed values masked."""
        width = len(self._columns)
        shown = list(cells[:width])
        if not self._places:
            return shown, value
        hidden: Collection[int] = self._places
        if len(cells) > width:
            # Nobody knows which of too many cells is the sealed one.
            hidden = range(width)
        for place in hidden:
            if place < len(shown) and not is_blank(shown[place]):
                shown[place] = MASK
        if value and self._is_among(hidden, column):
            return shown, MASK
        return shown, value

    def _is_among(self, places: Iterable[int], column: str) -> bool:
        """Whether a message's column, or one of several joined by "and", is at these places."""
        columns = {self._columns[place] for place in places}
        return not columns.isdisjoint(column.split(" and "))

    # -- looking up -------------------------------------------------------------------------------

    def column(self, name: str) -> str:
        """Return the column by which a field's value is found."""
        return self._meta.by_name[name].index_column if name in self.names else name

    def digests(self, names: Iterable[str], rows: Iterable[Row]) -> dict[object, Sealed]:
        """Return the rows' values in the sealed fields among `names`, by the records' digests."""
        fields = [field for field in self._meta.sealed if field.name in names]
        by_digest: dict[object, Sealed] = {}
        seals = self._office.seals
        if not fields or not seals.ring.keys:
            return by_digest
        rows = list(rows)
        for field in fields:
            for row in rows:
                value = row.values[field.name]
                if value is None:
                    continue
                # One for each key that records may still be sealed with.
                for digest in seals.digests(self._meta, field, value.typed):
                    by_digest[digest] = value
        return by_digest

    # -- sealing ----------------------------------------------------------------------------------

    def sealed(self, row: Row, values: dict[str, Any]) -> dict[str, Any]:
        """Return some of a row's values as SQLite stores them.

        Raises Refused for a unique one that another record has.
        """
        typed = {name: value for name, value in values.items() if name in self.names}
        sealed = self._office.seals.sealed(self._meta, row.id, typed)
        stored = dict(values)
        for name, value in sealed.items():
            stored[name] = to_sql(value)
        return stored

    def new(self, row: Row) -> None:
        """Seal all of a new row's values, in the order of the table's columns.

        Raises Refused as `sealed` does.
        """
        values = self.sealed(row, row.values)
        row.values = {field.name: values.get(field.name) for field in self._meta.stored}

    def differs(
        self,
        row: Row,
        name: str,
        stored: object,
    ) -> bool:
        """Whether a row has another value than its record, with sealed values opened."""
        if name not in self.names:
            return True
        return not self._office.same(self._meta, row.id, name, stored, row.values[name])

    def missing(self, row: Row) -> list[str]:
        """Return the fields that a new record needs a value for and the file masks."""
        return [name for name in row.blank if name in self.names]
