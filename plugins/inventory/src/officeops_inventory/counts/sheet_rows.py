"""Sheet rows: the items and lots to count at a location, with the quantities expected there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, SheetRow, Value
from officeops_inventory.counts.counted import CountedLot
from officeops_inventory.counts.portions import unsafe_beside_other
from officeops_inventory.declared.usable import USABLE
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.ledger import balance, on_hand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: The beginning of the part of an id that is a lot's which the office does not know yet.
_NEW = "new:"
_SHEET = """
SELECT i.id, i.sku, i.name, ifnull(sum(s.quantity), 0), i.base_unit FROM inventory_item i
LEFT JOIN inventory_stock s ON s.item_id = i.id AND s.location_id = ?1
WHERE EXISTS (SELECT 1 FROM inventory_level v
        WHERE v.item_id = i.id AND v.location_id = ?1
            AND v.archived_at IS NULL AND i.archived_at IS NULL)
    OR EXISTS (SELECT 1 FROM inventory_stock k
        WHERE k.item_id = i.id AND k.location_id = ?1 AND k.quantity <> 0)
GROUP BY i.id ORDER BY i.name COLLATE NOCASE, i.sku
"""
_TO_COUNT = """
SELECT location_id, count(DISTINCT item_id) FROM (
    SELECT k.location_id, k.item_id FROM inventory_stock k WHERE k.quantity <> 0
    UNION ALL
    SELECT v.location_id, v.item_id FROM inventory_level v
    JOIN inventory_item i ON i.id = v.item_id
    WHERE v.archived_at IS NULL AND i.archived_at IS NULL
) GROUP BY location_id
"""
_LEFT_BEHIND = """
SELECT DISTINCT k.location_id FROM inventory_stock k JOIN core_location p ON p.id = k.location_id
WHERE k.quantity <> 0 AND p.archived_at IS NOT NULL
"""
_LAST_COUNTED = "SELECT location_id, max(day) FROM inventory_count_entry GROUP BY location_id"
_UNSAFE_AT = f"""
SELECT DISTINCT s.item_id FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.location_id = ? AND s.quantity > 0 AND NOT {USABLE}
"""
# Stock without a lot and balances below zero too: a count puts them right.
_PORTIONS_AT = """
SELECT s.lot_id, ifnull(l.number, ''), s.quantity
FROM inventory_stock s LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.location_id = ? AND s.item_id = ? AND s.quantity <> 0
ORDER BY l.expires_on IS NULL, l.expires_on, l.id
"""


class ShelfRow(Value):
    """One item to count, or one lot of it where it is counted by lot.

    `expected` is the record's quantity, in base units.
    """

    item_id: int
    item: str
    name: str
    expected: int
    unit: str
    lot: CountedLot | None = None
    #: Why the lot must not be used, in a word; blank where it may be.
    unsafe: str = ""

    @property
    def id(self) -> str:
        """Tells the row from others of a sheet."""
        return id_of(self.item_id, self.lot)

    @property
    def title(self) -> str:
        """The item's name; for a lot, its warning and its number first: a long name is cut."""
        if self.lot is None:
            return self.name
        warning = f"{self.unsafe.upper()} " if self.unsafe else ""
        lot = f"lot {self.lot.number}" if self.lot.number else "no lot"
        return f"{warning}{lot}, {self.name}"

    def as_sheet_row(self, location: Location) -> SheetRow:
        """Return the row as the sheet of a location shows it; it is found by its SKU too."""
        of = [("inventory.item", self.item_id), ("core.location", location.id)]
        if self.lot and self.lot.id:
            of.append(("inventory.lot", self.lot.id))
        return SheetRow(
            self.id,
            self.title,
            str(self.expected),
            self.unit,
            also=self.item,
            of=tuple(of),
        )


def id_of(item_id: int, lot: CountedLot | None) -> str:
    """Return the id of the row of an item, of its stock without a lot, or of a lot.

    A lot that the office does not know yet has its last day and number in it.
    """
    if lot is None:
        return f"{item_id}"
    if lot.id or not lot.number:
        return f"{item_id}/{lot.id or 0}"
    return f"{item_id}/new:{lot.expires_on or ''}:{lot.number}"


def row_of(office: Office, location: Location, id_: str) -> ShelfRow:
    """Return the row with an id, whether the record expects it at the location or not."""
    item_id, _, of_lot = id_.partition("/")
    item = office.get(Item, int(item_id))
    lot = _lot(office, of_lot) if of_lot else None
    if lot is None:
        expected = on_hand(
            office,
            item.id,
            location.id,
        )
    elif lot.number and not lot.id:
        expected = 0
    else:
        expected = balance(
            office,
            item.id,
            location.id,
            lot.id,
        )
    return ShelfRow(
        item.id,
        item.sku,
        item.name,
        expected,
        item.base_unit,
        lot,
    )


def _lot(office: Office, of_lot: str) -> CountedLot:
    if of_lot.startswith(_NEW):
        ends, _, number = of_lot.removeprefix(_NEW).partition(":")
        return CountedLot(
            None,
            number,
            ends or None,
        )
    lot_id = int(of_lot)
    return CountedLot(lot_id, office.get(Lot, lot_id).number) if lot_id else CountedLot(None, "")


def sheet(office: Office, location: Location) -> list[ShelfRow]:
    """Return the rows to count at a location: items with stock or a level there, in name order.

    An item with held or expired stock beside other stock has a row for each lot: units that are
    missing may be of either.
    """
    by_lot = _counted_by_lot(office, location)
    rows: list[ShelfRow] = []
    for facts in office.rows(_SHEET, location.id):
        item_id = facts[0]
        rows += by_lot.get(item_id) or [ShelfRow(*facts)]
    return rows


def _counted_by_lot(office: Office, location: Location) -> dict[int, list[ShelfRow]]:
    """Return the rows of the items that are counted by lot at a location, by item."""
    item_ids = []
    for (item_id,) in office.rows(
        _UNSAFE_AT,
        location.id,
        office.today.isoformat(),
    ):
        # One lot alone needs no rows of lots: a difference can be of no other.
        if unsafe_beside_other(
            office,
            item_id,
            location.id,
        ):
            item_ids.append(item_id)
    return {
        item.id: _rows_of_lots(
            office,
            location,
            item,
        )
        for item in office.some(Item, item_ids)
    }


def _rows_of_lots(office: Office, location: Location, item: Item) -> list[ShelfRow]:
    """Return a row for each lot of an item, with its warning where it must not be used."""
    rows = []
    for lot_id, number, quantity in office.rows(
        _PORTIONS_AT,
        location.id,
        item.id,
    ):
        word = office.get(Lot, lot_id).unsafe_word(office.today) if lot_id else ""
        lot = CountedLot(lot_id, number)
        row = ShelfRow(
            item.id,
            item.sku,
            item.name,
            quantity,
            item.base_unit,
            lot,
            word,
        )
        rows.append(row)
    return rows


def to_count(office: Office) -> dict[int, int]:
    """Return how many items the sheet of each location has, by the location's id."""
    return dict(office.rows(_TO_COUNT))


def left_behind(office: Office) -> Iterator[Location]:
    """Yield the archived locations that have stock, which is counted down or carried elsewhere."""
    return office.some(Location, [number for (number,) in office.rows(_LEFT_BEHIND)])


def last_counted(office: Office) -> dict[int, str]:
    """Return the day anything was last counted at each location, by the location's id."""
    return dict(office.rows(_LAST_COUNTED))
