"""ColumnWays: the order in which each column's dates are written, and its numbers' decimal mark.

All cells of a column decide, never one alone. Most files leave no doubt (2027-03-04, 12.50) and
are read once; the first cell that could mean something else has the file looked through to its
end before it is read.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

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
        self.conventions = ways
        self._order = order
        self._mark = mark
        self._dates = [place for place, field in fields.items() if field.kind.in_file == "day"]
        self._numbers = [place for place, field in fields.items() if field.kind.in_file == "figure"]
        #: What each column proves, or the file's other columns do for it.
        self.found: dict[int, str] = {}
        self.settled = False
        self.notes: list[str] = []

    def of(self, conventions: Conventions) -> ColumnWays:
        """Return the same ways, by the clock of a location; its notes are these."""
        # A shallow copy: the decisions and notes are the same lists, only the clock is another.
        ways = copy(self)
        ways.conventions = conventions
        return ways

    def doubts(self, place: int, cells: Iterable[object]) -> bool:
        """Return whether a column's cells cannot all be read before the file was looked through."""
        if self.settled:
            return False
        written = self._fields[place].kind.in_file
        if written == "day":
            return not self._order and date_orders.in_doubt(cells, self.conventions)
        return written == "figure" and not self._mark and decimal_marks.in_doubt(cells)

    def settle(self) -> None:
        """Look through the whole file and decide for each column.

        Raises Refused for one that contradicts itself.
        """
        self.settled = True
        orders: dict[int, Orders] = {}
        if not self._order:
            orders = {
                place: Orders(self.conventions, sealed=self._fields[place].sealed)
                for place in self._dates
            }
        marks: dict[int, Marks] = {}
        if not self._mark:
            marks = {place: Marks(sealed=self._fields[place].sealed) for place in self._numbers}
        self._look_through({**orders, **marks})
        self._decide(orders, self.conventions.date_order)
        self._decide(marks, "point")

    def _look_through(self, columns: Mapping[int, Orders | Marks]) -> None:
        """Show each column its different cells, each with the first line that has it."""
        seen: dict[int, set[Any]] = {place: set() for place in columns}
        for line, cells in self._table.rows():
            for place, column in columns.items():
                cell = cells[place] if place < len(cells) else None
                if cell is not None and cell not in seen[place]:
                    seen[place].add(cell)
                    column.see(line, cell)

    def _decide(self, columns: Mapping[int, Orders | Marks], usual: str) -> None:
        """Take each column as it proves to be written, or as the other columns of its kind do."""
        self._refuse_contradictions(columns)
        proven = {column.proven for column in columns.values()}
        proven.discard("")
        # Columns that disagree prove nothing for the others.
        elsewhere = proven.pop() if len(proven) == 1 else ""
        for place, column in columns.items():
            way = column.proven or elsewhere
            if way and (column.proofs or column.ambiguous):
                self.found[place] = way
            note = self._note(place, column, way, usual)
            if note:
                self.notes.append(note)

    def _refuse_contradictions(self, columns: Mapping[int, Orders | Marks]) -> None:
        """Raise Refused with every column that is written in two ways."""
        sentences = []
        for place, column in columns.items():
            name = self._table.columns[place]
            sentence = column.contradiction(name, self._table.place)
            if sentence:
                sentences.append(sentence)
        if sentences:
            raise Refused(" ".join(sentences) + " Nothing was imported", code="unclear-column")

    # -- notes ------------------------------------------------------------------------------------

    def _note(
        self,
        number: int,
        column: Orders | Marks,
        way: str,
        usual: str,
    ) -> str:
        """Say how a column is read where another reading was possible, and what speaks for it.

        Blank for a column that is written as usual.
        """
        name = self._table.columns[number]
        place = self._table.place
        if way == usual:
            return ""
        if column.proven:
            line, cell = column.proofs[way]
            how = self._how(column, way)
            return f"{name} is read {how}: {place} {line} has {column.quoted(cell)}."
        if not column.ambiguous:
            return ""
        line, cell = column.ambiguous
        # Its row is refused with the reason, so a note would say the same twice.
        if not way and self._refuses(self._fields[number], cell):
            return ""
        taken = way or usual
        # A sealed value is not shown, and what it means would show it.
        meant = "read" if column.sealed else f"{self._meant(column, cell, taken)},"
        said = f"{column.quoted(cell)} in {place} {line} is {meant} {self._how(column, taken)}"
        why = "as in the file's other columns"
        if not way:
            why = f"unless {column.option} says otherwise"
        return f"{name}: {said}, {why}."

    def _refuses(self, field: Field, cell: str) -> bool:
        """Return whether a cell is refused as long as nothing says which number it is."""
        try:
            reader(field, self.conventions)(cell)
        except ValueError:
            return True
        return False

    def _how(self, column: Evidence, way: str) -> str:
        if isinstance(column, Orders):
            return f"with the {ORDERS[way]}"
        return f"with a decimal {way}"

    def _meant(
        self,
        column: Evidence,
        cell: str,
        way: str,
    ) -> str:
        if isinstance(column, Orders):
            days = date_orders.admitted(cell, self.conventions)
            return str(days.get(way))
        return decimal_marks.shown(cell, way)

    # -- reading ----------------------------------------------------------------------------------

    def reader(self, place: int, field: Field) -> Callable[[Any], Any]:
        """Return a function that reads a column's cells into values."""
        read = reader(field, self.conventions)
        if field.kind.in_file == "day":
            order = self._order or self.found.get(place)
            if order:
                return lambda cell: read(date_orders.in_order(cell, order, self.conventions))
            return read
        if field.kind.in_file != "figure":
            return read
        mark = self._mark or self.found.get(place)
        if mark:
            return lambda cell: read(decimal_marks.plainly(cell, mark))
        return _doubting(read)


def _doubting(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Name the cure where a number is refused because it may be two."""

    def read_or_doubt(cell: object) -> Any:  # noqa: ANN401 - the field's own value
        try:
            return read(cell)
        except ValueError:
            if not decimal_marks.in_doubt([cell]):
                raise
            raise ValueError(_doubt(str(cell))) from None

    return read_or_doubt


def _doubt(cell: str) -> str:
    point = decimal_marks.shown(cell, "point")
    comma = decimal_marks.shown(cell, "comma")
    return (
        f"{quoted(cell)} may be {point} or {comma}; --decimal point or --decimal comma says which"
    )
