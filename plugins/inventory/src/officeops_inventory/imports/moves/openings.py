"""File openings: whether a row of a file of moves may open a balance, or is before one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Reason, folded
from officeops_inventory.imports.finder import named_lot
from officeops_inventory.imports.moves.rules import LOT_COLUMNS
from officeops_inventory.stock.ledger import balance

if TYPE_CHECKING:
    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.finder import Finder
    from officeops_inventory.imports.moves.booked import BookedMoves

    #: Item, location and the name of the lot: a new lot has no id yet.
    NamedSpot = tuple[int, int, str]

_DATE_IT: Final = (
    "date it before them, or import the older rows as a file of their own: they are kept as history"
)


class FileOpenings:
    """The balances that a file opens, and the first moves of the others.

    A second stock sheet is a count: added to the balance it would double it.
    """

    def __init__(self, office: Office, find: Finder, booked: BookedMoves) -> None:
        self._office, self._find, self._booked = office, find, booked
        #: The first day, and the opening day, of the file's new rows.
        self._first_move: dict[NamedSpot, str] = {}
        self._opened: dict[NamedSpot, str] = {}

    def conflict(self, row: Row, *, undated: bool) -> tuple[str, str] | None:
        """Return the field and why a row cannot open or move its balance, or None.

        `undated` is a row of a file that gives no day: then any earlier move is before it.
        """
        values = row.values
        number, ends = named_lot(row)
        spot = (values["item_id"], values["location_id"], folded(number or ends or ""))
        day = values["day"]
        if day < self._opened.get(spot, ""):
            opened = f"the opening balance of {self._opened[spot]} in this file"
            return "day", Reason(f"is before {opened}; {_DATE_IT}", code="wrong-order")
        if values["kind"] == "opening":
            earlier = self._first_move.get(spot, day)
            if earlier < day:
                moved = f"opens a balance that moves on {earlier} already in this file"
                return "day", Reason(f"{moved}; {_DATE_IT}", code="wrong-order")
            second = self._second_opening(row, day, undated=undated)
            if second:
                return "quantity", Reason(second, code="given-twice")
            self._opened[spot] = day
        self._first_move[spot] = min(day, self._first_move.get(spot, day))
        return None

    def _second_opening(self, row: Row, day: str, *, undated: bool) -> str:
        """Return why a row cannot open its balance after stock moved there; blank where it can."""
        on_hand = self._moved_before(row, day, undated=undated)
        if on_hand is None:
            return ""
        place = self._office.label(Location, row.values["location_id"])
        cure = f'book it with `officeops count "{place}" --file FILE`, which reads this file'
        return f"is a second opening balance ({on_hand:,} on hand at {place}); {cure}"

    def _moved_before(self, row: Row, day: str, *, undated: bool) -> int | None:
        """Return the stock on hand where it moved before an opening balance; None where none did.

        Stock without a lot may be the same goods as a row has in a lot, and the reverse.
        """
        item_id, location_id = row.values["item_id"], row.values["location_id"]
        lot_id = self._find.known_lot(item_id, *named_lot(row))
        in_lots = lot_id is not None or bool(row.extra.keys() & LOT_COLUMNS)
        for moved_lot, first in self._booked.first[item_id, location_id].items():
            # Two lots differ only where both are known.
            is_same = moved_lot == lot_id if moved_lot and in_lots else True
            if is_same and (undated or first < day):
                return balance(self._office, item_id, location_id, moved_lot)
        return None
