"""ColumnWays: in which order the dates of each column are written, and with which decimal mark its numbers.

All cells of a column decide, never one alone. Most files leave no doubt (2027-03-04, 12.50) and
are read once; the first cell that could mean something else has the file looked through to its
end before it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns import date_orders, decimal_marks
from officeops.exchange.columns.date_orders import ORDERS, Orders
from officeops.exchange.columns.decimal_marks import Marks
from officeops.exchange.columns.evidence import Evidence, quoted
from officeops.model.errors import Refused
from officeops.values.convert import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.exchange.formats.table import Table
    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions

#: Kinds that are written with digits and marks.
NUMBERS: Final = frozenset({"number", "quantity", "money", "price"})


class ColumnWays:
    """The ways of one file's columns.

    `order` and `mark` are what the person said, blank for nothing.
    """

    def __init__(
        self,
        table: Table,
        fields: Mapping[int, Field],
        ways: Conventions,
        order: str = "",
        mark: str = "",
    ) -> None:
        self._table = table
        self._fields = fields
        self._ways = ways
        self._order = order
        self._mark = mark
        self._dates = [place for place, field in fields.items() if field.kind == "date"]
        self._numbers = [place for place, field in fields.items() if field.kind in NUMBERS]
        #: What each column proves, or the file's other columns do for it.
        self.found: dict[int, str] = {}
        self.settled = False
        self.notes: list[str] = []

    def doubts(self, place: int, cells: Iterable[object]) -> bool:
        """Return whether some of a column's cells cannot be read before the whole file was looked through."""
        if self.settled:
            return False
        kind = self._fields[place].kind
        if kind == "date":
            return not self._order and date_orders.in_doubt(cells, self._ways)
        return kind in NUMBERS and not self._mark and decimal_marks.in_doubt(cells)

    def settle(self) -> None:
        """Look through the whole file and decide for each column.

        Raises Refused for one that contradicts itself.
        """
        self.settled = True
        orders = {place: Orders(self._ways) for place in self._dates if not self._order}
        marks = {place: Marks() for place in self._numbers if not self._mark}
        self._look_through({**orders, **marks})
        self._decide(orders, self._ways.date_order)
        self._decide(marks, "point")

    def _look_through(self, columns: Mapping[int, Orders | Marks]) -> None:
        seen: dict[int, set[Any]] = {place: set() for place in columns}
        for line, cells in self._table.rows():
            for place, column in columns.items():
                cell = cells[place] if place < len(cells) else None
                if cell is not None and cell not in seen[place]:
                    seen[place].add(cell)
                    column.see(line, cell)

    def _decide(self, columns: Mapping[int, Orders | Marks], usual: str) -> None:
        wrong = [
            column.contradiction(self._table.columns[place], self._table.place)
            for place, column in columns.items()
        ]
        if any(wrong):
            raise Refused(" ".join(filter(None, wrong)) + " Nothing was imported")
        proven = {column.proven for column in columns.values()} - {""}
        elsewhere = proven.pop() if len(proven) == 1 else ""
        for place, column in columns.items():
            way = column.proven or elsewhere
            if way and (column.proofs or column.ambiguous):
                self.found[place] = way
            self._say(place, column, way, usual)

    def _say(self, number: int, column: Orders | Marks, way: str, usual: str) -> None:
        """Say what was taken where another reading was possible, and what speaks for it."""
        name = self._table.columns[number]
        field = self._fields[number]
        place = self._table.place
        if column.proven:
            line, cell = column.proofs[way]
            if way != usual:
                self.notes.append(
                    f"{name} is read {self._how(column, way)}: {place} {line} has {quoted(cell)}."
                )
        elif column.ambiguous and way != usual:
            line, cell = column.ambiguous
            if not way and self._refuses(field, cell):
                return
            meant = self._meant(column, cell, way or usual)
            said = f"{quoted(cell)} in {place} {line} is {meant}, {self._how(column, way or usual)}"
            why = (
                "as in the file's other columns"
                if way
                else f"unless {column.option} says otherwise"
            )
            self.notes.append(f"{name}: {said}, {why}.")

    def _refuses(self, field: Field, cell: str) -> bool:
        """Return whether a cell is refused as long as nothing says which number it is."""
        try:
            reader(field, self._ways)(cell)
        except ValueError:
            return True
        return False

    def _how(self, column: Evidence, way: str) -> str:
        return f"with the {ORDERS[way]}" if isinstance(column, Orders) else f"with a decimal {way}"

    def _meant(self, column: Evidence, cell: str, way: str) -> str:
        if isinstance(column, Orders):
            return str(date_orders.admitted(cell, self._ways).get(way))
        return decimal_marks.shown(cell, way)

    def reader(self, place: int, field: Field) -> Callable[[Any], Any]:
        """Return what reads a column's cells into values."""
        read = reader(field, self._ways)
        if field.kind == "date" and (order := self._order or self.found.get(place)):
            return lambda cell: read(date_orders.in_order(cell, order, self._ways))
        if field.kind in NUMBERS and (mark := self._mark or self.found.get(place)):
            return lambda cell: read(decimal_marks.plainly(cell, mark))
        return _doubting(read) if field.kind in NUMBERS else read


def _doubting(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Name the cure where a number is refused because it may be two."""

    def read_or_doubt(cell: object) -> Any:  # noqa: ANN401 - the field's own value
        try:
            return read(cell)
        except ValueError:
            if not decimal_marks.in_doubt([cell]):
                raise
            point, comma = (decimal_marks.shown(str(cell), mark) for mark in decimal_marks.MARKS)
            raise ValueError(
                f"{quoted(str(cell))} may be {point} or {comma}; --decimal point or --decimal comma says which"
            ) from None

    return read_or_doubt
