"""Date orders: whether the dates of a column are written month first, day first or year first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.exchange.columns.evidence import Evidence, quoted
from officeops.model.sealed_value import MASK
from officeops.values.dates import readings
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.values.conventions import Conventions

ORDERS: Final = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}
_THREE_NUMBERS: Final = Pattern(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T].*)?\s*")
#: A year in two digits is likely one of an office's papers and lots when it is so many before or
#: after today's.
_BEFORE = 10
_AFTER = 15


def in_doubt(cells: Iterable[object], ways: Conventions) -> bool:
    """Return whether any of a column's different cells is another day in another order."""
    for cell in cells:
        # 2027-03-04 leaves no doubt, and most files write their dates so.
        if isinstance(cell, str) and cell[4:5] != "-" and _differs(cell, ways):
            return True
    return False


def _differs(text: str, ways: Conventions) -> bool:
    days = admitted(text, ways)
    usual = days.get(ways.date_order)
    return any(day != usual for day in days.values())


def admitted(text: str, ways: Conventions) -> Mapping[str, date]:
    """Return the days that a date of three numbers means, by its order.

    None for a text that means one day in every order.
    """
    numbers = _THREE_NUMBERS.fullmatch(text)
    if numbers is None:
        return {}
    days = readings(text, ways)
    if numbers[2] == "." and days:
        # Dots are the German and Swiss way: in one column with other marks they say day first.
        return {"dmy": days["dmy"]}
    return days


def in_order(
    cell: object,
    order: str,
    ways: Conventions,
) -> object:
    """Return a date of three numbers as the day it means in an order, any other cell as it is.

    Raises ValueError where it is no date in that order.
    """
    if not isinstance(cell, str):
        return cell
    days = admitted(cell, ways)
    if not days:
        return cell
    if order not in days:
        raise ValueError(f"{quoted(cell)} is not a date with the {ORDERS[order]}")
    return days[order]


class Orders(Evidence):
    """The proof that the cells of one column give of the order of its dates."""

    words = ORDERS
    option = "--date-order"

    def __init__(self, ways: Conventions, *, sealed: bool = False) -> None:
        super().__init__(sealed=sealed)
        self._ways = ways
        self._firsts: set[int] = set()
        self._lasts: set[int] = set()
        self._long_years = False
        #: The first date that a spreadsheet keeps as one.
        self.typed: tuple[int, str] | None = None

    def see(self, line: int, cell: object) -> None:
        """Take a cell into account."""
        if isinstance(cell, date):
            self.typed = self.typed or (line, cell.isoformat()[:10])
        if not isinstance(cell, str):
            return
        numbers = _THREE_NUMBERS.fullmatch(cell)
        if numbers is None:
            return
        first = numbers[1]
        last = numbers[4]
        self._long_years = self._long_years or len(last) == 4
        self._firsts.add(int(first))
        self._lasts.add(int(last))
        days = admitted(cell, self._ways)
        usual = [order for order in days if order != "ymd"] or list(days)
        if len(usual) == 1:
            self.proofs.setdefault(usual[0], (line, cell))
        elif usual:
            self.ambiguous = self.ambiguous or (line, cell)

    def contradiction(self, column: str, place: str) -> str:
        """Return the sentence for a column whose order nobody can know; blank for any other.

        It proves two orders, its years may be first, or a spreadsheet took some of its dates.
        """
        if len(self.proofs) > 1:
            return self._two_orders(column, place)
        first = self.ambiguous or next(iter(self.proofs.values()), None)
        if first is None:
            return ""
        line, cell = first
        if self._year_may_be_first():
            return (
                f"{column} may have the year first: {place} {line} has {self.quoted(cell)}. "
                "Say --date-order ymd, dmy or mdy, or write years with four digits."
            )
        if self.typed:
            typed_line, day = self.typed
            shown = MASK if self.sealed else day
            return (
                f"{column} has dates as a spreadsheet keeps them ({place} {typed_line}: {shown}) "
                f"and dates that stayed text ({place} {line}: {self.quoted(cell)}). "
                "A spreadsheet program that reads another order than the "
                "file's swaps day and month in the ones that it takes. "
                "Look them over; then say --date-order dmy or mdy "
                "for those that are text."
            )
        return ""

    def _two_orders(self, column: str, place: str) -> str:
        proofs = list(self.proofs.items())
        one, (line, cell) = proofs[0]
        other, (later, second) = proofs[1]
        return (
            f"{column} has dates in two orders: {place} {line} has {self.quoted(cell)}, "
            f"{ORDERS[one]}; {place} {later} has {self.quoted(second)}, {ORDERS[other]}. "
            f"Write them all in one, or say --date-order {one} or --date-order {other} "
            "and fix the rows that it leaves out."
        )

    def _year_may_be_first(self) -> bool:
        if self._long_years:
            return False
        year = self._ways.today.year % 100
        likely = set(range(year - _BEFORE, year + _AFTER + 1))
        return self._firsts <= likely and not self._lasts <= likely
