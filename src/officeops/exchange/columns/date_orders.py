"""Date orders: whether the dates of a column are written month first, day first or year first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.exchange.columns.evidence import Evidence, quoted
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
    """Return whether any of a column's different cells is another day in another order than the office's."""
    return any(_differs(cell, ways) for cell in cells if isinstance(cell, str) and cell[4:5] != "-")


def _differs(text: str, ways: Conventions) -> bool:
    days = admitted(text, ways)
    return any(days.get(ways.date_order) != day for order, day in days.items())


def admitted(text: str, ways: Conventions) -> Mapping[str, date]:
    """Return the days that a date of three numbers means by its order; none for what does not depend on an order."""
    numbers = _THREE_NUMBERS.fullmatch(text)
    if numbers is None:
        return {}
    days = readings(text, ways)
    if numbers[2] == ".":
        # Dots are the German and Swiss way: in one column with other marks they say day first.
        return {"dmy": days["dmy"]} if days else {}
    return days


def in_order(cell: object, order: str, ways: Conventions) -> object:
    """Return a date of three numbers as the day it means in an order, any other cell as it is.

    Raises ValueError where it is no date in that order.
    """
    if not isinstance(cell, str) or not (days := admitted(cell, ways)):
        return cell
    if order not in days:
        raise ValueError(f"{quoted(cell)} is not a date with the {ORDERS[order]}")
    return days[order]


class Orders(Evidence):
    """What the cells of one column prove of the order of its dates."""

    words = ORDERS
    option = "--date-order"

    def __init__(self, ways: Conventions) -> None:
        super().__init__()
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
        if not isinstance(cell, str) or not (numbers := _THREE_NUMBERS.fullmatch(cell)):
            return
        self._long_years = self._long_years or len(numbers[4]) == 4
        self._firsts.add(int(numbers[1]))
        self._lasts.add(int(numbers[4]))
        days = admitted(cell, self._ways)
        usual = [order for order in days if order != "ymd"] or list(days)
        if len(usual) == 1:
            self.proofs.setdefault(usual[0], (line, cell))
        elif usual:
            self.ambiguous = self.ambiguous or (line, cell)

    def contradiction(self, column: str, place: str) -> str:
        """Return the sentence for a column that proves two orders, or whose years may be first; blank for neither."""
        if len(self.proofs) > 1:
            (one, (line, cell)), (other, (later, second)) = list(self.proofs.items())[:2]
            return (
                f"{column} has dates in two orders: {place} {line} has {quoted(cell)}, {ORDERS[one]}; {place} {later} has "
                f"{quoted(second)}, {ORDERS[other]}. Write them all in one, or say --date-order {one} or --date-order {other} "
                "and fix the rows that it leaves out."
            )
        first = self.ambiguous or next(iter(self.proofs.values()), None)
        if first and self._year_may_be_first():
            return (
                f"{column} may have the year first: {place} {first[0]} has {quoted(first[1])}. "
                "Say --date-order ymd, dmy or mdy, or write years with four digits."
            )
        if first and self.typed:
            return (
                f"{column} has dates as a spreadsheet keeps them ({place} {self.typed[0]}: {self.typed[1]}) and dates that "
                f"stayed text ({place} {first[0]}: {quoted(first[1])}). A spreadsheet program that reads another order than the "
                "file's swaps day and month in the ones that it takes. Look them over; then say --date-order dmy or mdy "
                "for those that are text."
            )
        return ""

    def _year_may_be_first(self) -> bool:
        if self._long_years:
            return False
        year = self._ways.today.year % 100
        likely = range(year - _BEFORE, year + _AFTER + 1)
        return all(first in likely for first in self._firsts) and not all(
            last in likely for last in self._lasts
        )
