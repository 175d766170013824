"""Stock sheet: the rows of an item file that state stock and orders of items the office has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from officeops import id_list
from officeops_inventory.declared.amounts import OUTSTANDING
from officeops_inventory.imports.finder import named_lot
from officeops_inventory.imports.items.stock_differences import (
    OtherOrder,
    OtherStock,
    StockDifferences,
)
from officeops_inventory.stock.intake import homes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.finder import Finder

    #: Stock of an item: location, lot, quantity.
    Shelf = tuple[int, int | None, int]
    #: A line of an open order: vendor, pack size, base units still to come.
    OpenLine = tuple[int, int, int]

#: Columns that state something of stock.
_STOCK_COLUMNS: Final = frozenset({"on_hand", "lot", "expires_on", "location_id", "no_lot"})

_STOCK: Final = """
SELECT item_id, location_id, lot_id, quantity FROM inventory_stock
WHERE item_id IN (SELECT value FROM json_each(?)) AND quantity <> 0
"""
# A draft is not on order: nobody has sent it.
_ON_ORDER: Final = f"""
SELECT l.item_id, o.vendor_id, l.pack_size, l.location_id, sum({OUTSTANDING})
FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id
WHERE l.item_id IN (SELECT value FROM json_each(?))
    AND l.archived_at IS NULL AND o.archived_at IS NULL
    AND o.status IN ('approved', 'sent', 'partly_received') GROUP BY 1, 2, 3, 4
"""
_REASON: Final = """
SELECT EXISTS (SELECT 1 FROM inventory_move WHERE item_id = ?1 AND instr(note, ?2))
    OR EXISTS (SELECT 1 FROM inventory_lot WHERE item_id = ?1 AND no_lot = ?2)
"""
_KEPT_AT: Final = """
SELECT EXISTS (SELECT 1 FROM inventory_level
        WHERE item_id = ?1 AND location_id = ?2 AND archived_at IS NULL)
    OR EXISTS (SELECT 1 FROM inventory_stock WHERE item_id = ?1 AND location_id = ?2)
    OR EXISTS (SELECT 1 FROM inventory_line
        WHERE item_id = ?1 AND location_id = ?2 AND archived_at IS NULL)
"""


class StockSheet:
    """Compares rows with recorded stock and orders, and collects the differences."""

    def __init__(self, office: Office, find: Finder) -> None:
        self._office = office
        self._find = find
        self._differences = StockDifferences(office, find)

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the columns of stock and orders that differ from the record, by a row's line."""
        names: defaultdict[int, list[str]] = defaultdict(list)
        of_stock = [row for row in rows if row.extra.keys() & _STOCK_COLUMNS]
        if of_stock:
            shelves = self._shelves({row.id for row in of_stock})
            for row in of_stock:
                names[row.line] += self._stock_names(row, shelves[row.id])
        ordered = [row for row in rows if "on_order" in row.extra]
        for row in self._differing_orders(ordered):
            names[row.line].append("on_order")
        return {line: differing for line, differing in names.items() if differing}

    def sentences(self) -> Iterable[str]:
        """Return a sentence on each difference, with the way to book it."""
        return self._differences.sentences()

    # -- stock -------------------------------------------------------------------------------------

    def _shelves(self, item_ids: set[int]) -> defaultdict[int, list[Shelf]]:
        """Return the recorded stock of items, with their lots read."""
        self._find.read_lots(item_ids)
        shelves: defaultdict[int, list[Shelf]] = defaultdict(list)
        for item_id, location_id, lot_id, quantity in self._office.rows(_STOCK, id_list(item_ids)):
            shelves[item_id].append((location_id, lot_id, quantity))
        return shelves

    def _stock_names(self, row: Row, shelves: list[Shelf]) -> list[str]:
        """Return the columns of a row that differ from recorded stock."""
        extra, names = row.extra, []
        if "on_hand" in extra and self._differs(row, shelves):
            names.append("on_hand")
        # A lot is looked at by itself, whatever quantity its row has.
        number, ends = named_lot(row)
        if number or ends:
            names += self._find.lot_differs(row.id, number, ends)
        if "location_id" in extra and not extra.get("on_hand") and not self._is_kept_at(row):
            names.append("location_id")
        if "no_lot" in extra and not self._office.value(_REASON, row.id, extra["no_lot"].strip()):
            names.append("no_lot")
        return names

    def _is_kept_at(self, row: Row) -> bool:
        """Whether a row without stock names a location where its item is, or would come in."""
        place: int = row.extra["location_id"]
        if self._office.value(_KEPT_AT, row.id, place):
            return True
        # An item without stock, level or order is at the location where it would come in.
        home = homes(self._office, [row.id]).get(row.id)
        return place == (home or self._find.place)

    def _differs(self, row: Row, shelves: list[Shelf]) -> bool:
        """Whether a row's quantity on hand differs from the record; a difference is collected."""
        stated, place = row.extra["on_hand"], row.extra.get("location_id")
        by_place: defaultdict[int, int] = defaultdict(int)
        for location_id, lot_id, quantity in shelves:
            if self._is_of_lot(row, lot_id):
                by_place[location_id] += quantity
        recorded = sum(by_place.values()) if place is None else by_place.get(place, 0)
        if stated == recorded:
            return False
        number, ends = named_lot(row)
        lot = number or ends or ""
        other = OtherStock(
            row.id,
            stated,
            recorded,
            place,
            dict(by_place),
            lot,
        )
        self._differences.stock.append(other)
        return True

    def _is_of_lot(self, row: Row, lot_id: int | None) -> bool:
        """Whether stock of a lot is of the one that a row names; any is where it names none."""
        if not row.extra.keys() & {"lot", "expires_on"}:
            return True
        named = self._find.known_lot(row.id, *named_lot(row))
        return named is not None and lot_id == named

    # -- orders ------------------------------------------------------------------------------------

    def _differing_orders(self, rows: list[Row]) -> list[Row]:
        """Return the rows whose quantity on order differs from that of the vendors they name.

        A row may state the quantity in its pack alone, or in all packs.
        """
        if not rows:
            return []
        lines = self._open_lines({row.id for row in rows})
        differing = []
        for row in rows:
            stated, size = row.extra["on_order"], row.extra.get("pack_size")
            total, in_pack = _sums(lines[row.id], row.extra.get("vendors"), size)
            if stated not in {total, in_pack if size else total}:
                self._differences.orders.append(OtherOrder(row.id, stated, total))
                differing.append(row)
        return differing

    def _open_lines(self, item_ids: set[int]) -> defaultdict[int, list[OpenLine]]:
        lines: defaultdict[int, list[OpenLine]] = defaultdict(list)
        rows = self._office.rows(_ON_ORDER, id_list(item_ids))
        for item_id, vendor_id, size, _, outstanding in rows:
            lines[item_id].append((vendor_id, size, int(outstanding)))
        return lines


def _sums(lines: list[OpenLine], vendors: list[int] | None, size: int | None) -> tuple[int, int]:
    """Return the base units to come of vendors, or of all: in all packs, and in those of a size."""
    total = in_pack = 0
    for vendor_id, pack_size, outstanding in lines:
        if vendors and vendor_id not in vendors:
            continue
        total += outstanding
        if pack_size == size:
            in_pack += outstanding
    return total, in_pack
