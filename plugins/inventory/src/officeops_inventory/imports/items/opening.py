"""Item opening: the stock that the items of a file begin with.

Only items that the file adds open stock and orders; those of known items are compared
(`stock_sheet`). Each cell that opens nothing is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Location
from officeops.values import wording
from officeops_inventory.imports.finder import named_lot
from officeops_inventory.imports.items.opening_lots import demand_lot
from officeops_inventory.imports.items.opening_orders import OpeningOrders
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.stock.intake import without_lot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.finder import Finder

#: Columns of which any opens stock, or says where it would be.
_STOCK: Final = frozenset({"on_hand", "lot", "expires_on", "location", "no_lot"})
_LOT: Final = frozenset({"lot", "expires_on"})
#: The most rows that a sentence names.
_NAMED: Final = 5
_BALANCE: Final = """
SELECT quantity FROM inventory_stock WHERE item_id = ? AND location_id = ? AND lot_id IS ?
"""
_ANY_STOCK: Final = "SELECT 1 FROM inventory_stock WHERE item_id = ? AND location_id = ?"


class ItemOpening:
    """Opens stock and orders of new items, and counts the cells that open nothing."""

    def __init__(self, office: Office, find: Finder, source: str) -> None:
        self._office, self._find = office, find
        self._today = office.today.isoformat()
        self._given: frozenset[str] = frozenset()
        self._orders = OpeningOrders(office, source)
        #: Items and places of rows without stock.
        self._placed: list[tuple[int, int]] = []
        #: How many rows give a reason for stock without a lot, and have no stock.
        self._reasons = 0

    def begin(self, given: frozenset[str]) -> None:
        """Remember which columns the file has."""
        self._given = given

    # -- new items ---------------------------------------------------------------------------------

    def open(self, rows: list[Row]) -> None:
        """Write the lots, the opening moves and the opening orders of new items."""
        if self._given & _STOCK:
            self._open_stock(rows)
        if "on_order" in self._given:
            ordered = [row for row in rows if row.extra.get("on_order")]
            self._orders.add(ordered, with_location="location" in self._given)

    def _open_stock(self, rows: list[Row]) -> None:
        """Write the lots of new items, then the opening moves on them."""
        lots: dict[int, int] = {}
        if self._given & _LOT:
            lots = self._lots([row for row in rows if row.extra.keys() & _LOT])
        moves = []
        for row in rows:
            if row.extra.get("on_hand"):
                moves.append(self._opening(row, lots.get(row.id)))
            else:
                self._note_unused(row)
        if moves:
            self._office.add_many(Move, moves)

    def _note_unused(self, row: Row) -> None:
        """Remember the place and the reason of a row that opens no stock."""
        extra = row.extra
        place = extra.get("location_id")
        if "location_id" in extra and not extra.get("on_order") and place != self._find.place:
            self._placed.append((row.id, extra["location_id"]))
        opens_lot = "lot" in extra and "expires_on" not in extra
        self._reasons += "no_lot" in extra and not opens_lot

    def _opening(self, row: Row, lot_id: int | None) -> dict[str, Any]:
        """Return the values of the move that opens a row's balance."""
        extra = row.extra
        move = {
            "item_id": row.id,
            "kind": "opening",
            "quantity": extra["on_hand"],
            "location_id": extra.get("location_id") or self._find.place,
            "lot_id": lot_id,
            "day": self._today,
        }
        if "no_lot" in self._given:
            move["note"] = without_lot(None, extra.get("no_lot"))
        return move

    def _lots(self, rows: list[Row]) -> dict[int, int]:
        """Add the lots of new items, all at once: a new item has none. Return them by item."""
        lots = []
        for row in rows:
            number, ends = named_lot(row)
            lot = {"item_id": row.id, "number": number or ends, "expires_on": ends}
            if "no_lot" in self._given:
                lot["no_lot"] = None if ends else row.extra.get("no_lot")
            lots.append(lot)
        lot_ids = self._office.add_many(Lot, lots) if lots else []
        return {row.id: lot_id for row, lot_id in zip(rows, lot_ids, strict=True)}

    # -- further rows of new items -----------------------------------------------------------------

    def further_stock(self, row: Row) -> bool:
        """Open the balance or the lot that a further row brings; whether it brings any.

        Raises ValueError where it contradicts an earlier row, Refused where it lacks its lot.
        """
        extra = row.extra
        place, quantity = extra.get("location_id") or self._find.place, extra.get("on_hand")
        number, ends = named_lot(row)
        if quantity or number:
            demand_lot(self._office, row, (number, ends))
        self._find.read_lots([row.id])
        known = self._find.known_lot(row.id, number, ends)
        lot_id = self._find.lot(row.id, number, ends, extra.get("no_lot"))
        is_new = lot_id is not None and known is None
        if quantity is None or (quantity == 0 and is_new):
            self._note_unused(row)
            return is_new
        opened = self._office.value(_BALANCE, row.id, place, lot_id)
        if (opened or 0) == quantity:
            self._note_unused(row)
            return is_new
        if opened is not None:
            raise ValueError(
                "is the same as in an earlier row of the file, with "
                f"{quantity:,} on hand, not {opened:,}"
            )
        self._office.add_many(Move, [self._opening(row, lot_id)])
        return True

    def further_order(self, row: Row) -> bool:
        """Order the quantity of a further row with its vendor; whether it has any.

        Raises ValueError where it contradicts an earlier row.
        """
        return self._orders.further(row, with_location="location" in self._given)

    # -- cells that opened nothing -----------------------------------------------------------------

    def left(self) -> Iterable[str]:
        """Yield a sentence on the places and on the reasons of rows that opened no stock."""
        placed = self._without_stock()
        if placed:
            yield self._places_sentence(placed)
        if self._reasons:
            reasons = wording.count(self._reasons, "reason")
            yield f"{reasons} for goods without a lot left out: those rows open no stock."

    def _places_sentence(self, placed: list[tuple[int, int]]) -> str:
        named = []
        for item_id, place in placed[:_NAMED]:
            item, location = self._office.label(Item, item_id), self._office.label(Location, place)
            named.append(f"{item} at {location}")
        more = f" and {len(placed) - _NAMED:,} more" if len(placed) > _NAMED else ""
        name = "names" if len(placed) == 1 else "name"
        rows = wording.count(len(placed), "row")
        return (
            f"{rows} without stock {name} a location ({', '.join(named)}{more}), "
            "which was not kept: only stock has a location. Receive the item there with --location."
        )

    def _without_stock(self) -> list[tuple[int, int]]:
        """Return the items and places of rows without stock where no other row opened any."""
        return [
            placed
            for placed in dict.fromkeys(self._placed)
            if not self._office.value(_ANY_STOCK, *placed)
        ]
