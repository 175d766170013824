"""Stock sheet: what a file says of stock and orders that are on record, which no import writes over.

Stock is counted and orders are received; a file that says other quantities is named, row by row, with the way to book it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from officeops import Location, Value
from officeops.values import wording
from officeops_inventory.declared.amounts import OUTSTANDING
from officeops_inventory.imports.finder import expiry_text
from officeops_inventory.model import Item
from officeops_inventory.stock.elsewhere import carried
from officeops_inventory.stock.intake import homes
from officeops_inventory.stock.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange.importer import Row
    from officeops_inventory.imports.finder import Finder

    #: Stock of an item: location, lot, quantity.
    Shelf = tuple[int, int | None, int]

#: The most rows that a sentence names.
_NAMED: Final = 5
#: Columns that say something of stock.
_SAYS: Final = frozenset({"on_hand", "lot", "expires_on", "location_id", "no_lot"})

_STOCK: Final = (
    "SELECT item_id, location_id, lot_id, quantity FROM inventory_stock "
    "WHERE item_id IN (SELECT value FROM json_each(?)) AND quantity <> 0"
)
_ON_ORDER: Final = f"""
SELECT l.item_id, o.vendor_id, l.pack_size, l.location_id, sum({OUTSTANDING})
FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id
WHERE l.item_id IN (SELECT value FROM json_each(?)) AND l.archived_at IS NULL AND o.archived_at IS NULL
    AND o.status IN ('approved', 'sent', 'partly_received') GROUP BY 1, 2, 3, 4
"""
_REASON: Final = (
    "SELECT EXISTS (SELECT 1 FROM inventory_move WHERE item_id = ?1 AND instr(note, ?2)) "
    "OR EXISTS (SELECT 1 FROM inventory_lot WHERE item_id = ?1 AND no_lot = ?2)"
)
_KEPT_AT: Final = (
    "SELECT EXISTS (SELECT 1 FROM inventory_level WHERE item_id = ?1 AND location_id = ?2 AND archived_at IS NULL) OR "
    "EXISTS (SELECT 1 FROM inventory_stock WHERE item_id = ?1 AND location_id = ?2) OR "
    "EXISTS (SELECT 1 FROM inventory_line WHERE item_id = ?1 AND location_id = ?2 AND archived_at IS NULL)"
)


class OtherStock(Value):
    """On hand of a row that is not the one on record; `location_id` is None where the row names none.

    `shelves` is what is on record of the item, by location.
    """

    item_id: int
    said: int
    on_record: int
    location_id: int | None
    shelves: dict[int, int]
    lot: str = ""

    @property
    def moved(self) -> bool:
        """Whether the row names a location with nothing on record, and others have some: a count would make it double."""
        return (
            self.location_id is not None
            and not self.on_record
            and max(self.shelves.values(), default=0) > 0
        )

    @property
    def place(self) -> int | None:
        """The location to count: the one named, or the only one that has some; None where several do."""
        if self.location_id is not None:
            return self.location_id
        return next(iter(self.shelves)) if len(self.shelves) == 1 else None


class OtherOrder(Value):
    """A quantity on order that is not the one on record."""

    item_id: int
    said: int
    on_record: int


class StockSheet:
    """Compares rows with stock and orders on record, and remembers what differs."""

    def __init__(self, office: Office, find: Finder) -> None:
        self._office = office
        self._find = find
        self._other_stock: list[OtherStock] = []
        self._other_orders: list[OtherOrder] = []

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return, by the line of a row, which columns of stock and orders say otherwise than is on record."""
        names: defaultdict[int, list[str]] = defaultdict(list)
        said = [row for row in rows if row.extra.keys() & _SAYS]
        if said:
            shelves = self._shelves({row.id for row in said})
            for row in said:
                names[row.line] += self._stock_names(row, shelves[row.id])
        ordered = [row for row in rows if "on_order" in row.extra]
        for row in self._differing_orders(ordered):
            names[row.line].append("on_order")
        return {line: differing for line, differing in names.items() if differing}

    def _shelves(self, item_ids: set[int]) -> defaultdict[int, list[Shelf]]:
        """Return what is on record of items."""
        self._find.read_lots(item_ids)
        shelves: defaultdict[int, list[Shelf]] = defaultdict(list)
        for item_id, location_id, lot_id, quantity in self._office.rows(_STOCK, id_list(item_ids)):
            shelves[item_id].append((location_id, lot_id, quantity))
        return shelves

    def _stock_names(self, row: Row, shelves: list[Shelf]) -> list[str]:
        """Return which columns of a row say otherwise of stock."""
        extra, names = row.extra, []
        if "on_hand" in extra and self._differs(row, shelves):
            names.append("on_hand")
        number, ends = extra.get("lot"), expiry_text(extra.get("expires_on"))
        if number or ends:
            names += self._find.lot_differs(row.id, number, ends)
        if "location_id" in extra and not extra.get("on_hand") and not self._is_kept_at(row):
            names.append("location_id")
        if "no_lot" in extra and not self._office.value(_REASON, row.id, extra["no_lot"].strip()):
            names.append("no_lot")
        return names

    def _is_kept_at(self, row: Row) -> bool:
        """Whether a row without stock names a location where its item is, is ordered to, or would come in."""
        place: int = row.extra["location_id"]
        known = self._office.value(_KEPT_AT, row.id, place)
        return bool(known) or place == (
            homes(self._office, [row.id]).get(row.id) or self._find.place
        )

    def _differs(self, row: Row, shelves: list[Shelf]) -> bool:
        """Whether on hand of a row is not what is on record, which is remembered."""
        on_record = self._on_record(row, shelves)
        if row.extra["on_hand"] == on_record:
            return False
        places: defaultdict[int, int] = defaultdict(int)
        for location_id, lot_id, quantity in shelves:
            if self._is_of_lot(row, lot_id):
                places[location_id] += quantity
        extra = row.extra
        lot = extra.get("lot") or expiry_text(extra.get("expires_on")) or ""
        other = OtherStock(
            row.id, extra["on_hand"], on_record, extra.get("location_id"), dict(places), lot
        )
        self._other_stock.append(other)
        return True

    def _on_record(self, row: Row, shelves: list[Shelf]) -> int:
        """Return what is on record of the place and the lot a row names, or of all where it names none."""
        place = row.extra.get("location_id")
        return sum(
            quantity
            for location_id, lot_id, quantity in shelves
            if place in {None, location_id} and self._is_of_lot(row, lot_id)
        )

    def _is_of_lot(self, row: Row, lot_id: int | None) -> bool:
        """Whether stock of a lot is of the one that a row names; any is where it names none."""
        extra = row.extra
        if not extra.keys() & {"lot", "expires_on"}:
            return True
        lot = self._find.known_lot(row.id, extra.get("lot"), expiry_text(extra.get("expires_on")))
        return lot is not None and lot_id == lot

    def _differing_orders(self, rows: list[Row]) -> list[Row]:
        """Return the rows whose quantity is on order neither in their pack nor in all, of the vendors they name."""
        if not rows:
            return []
        lines: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for item_id, vendor_id, size, _, left in self._office.rows(
            _ON_ORDER, id_list({row.id for row in rows})
        ):
            lines[item_id].append((vendor_id, size, int(left)))
        differing = []
        for row in rows:
            vendors, size = row.extra.get("vendors"), row.extra.get("pack_size")
            theirs = [line for line in lines[row.id] if not vendors or line[0] in vendors]
            total = sum(left for _, _, left in theirs)
            in_pack = sum(left for _, of, left in theirs if of == size)
            if row.extra["on_order"] not in {total, in_pack if size else total}:
                self._other_orders.append(OtherOrder(row.id, row.extra["on_order"], total))
                differing.append(row)
        return differing

    # -- what is said ---------------------------------------------------------------------------------------

    def sentences(self) -> Iterable[str]:
        """Yield what differs, and how to book it: a count for each location, a transfer for what is elsewhere."""
        if self._other_stock:
            yield from self._counts([other for other in self._other_stock if not other.moved])
            yield from self._transfers([other for other in self._other_stock if other.moved])
        if self._other_orders:
            yield (
                f"{_rows_say(self._other_orders)} other quantities on order ({self._listed(self._other_orders)}): "
                "receive what came, or order what is missing; the orders are as they were."
            )

    def _counts(self, others: list[OtherStock]) -> Iterable[str]:
        by_place: defaultdict[int | None, list[OtherStock]] = defaultdict(list)
        for other in others:
            by_place[
                other.place if other.shelves or other.location_id else self._find.place
            ].append(other)
        for place, some in by_place.items():
            if place is None:
                yield (
                    f"{_rows_say(some)} other stock without saying where ({self._listed(some)}): count each location by itself."
                )
                continue
            name = self._office.label(Location, place)
            file = "--file FILE`, which reads this file"
            if any(other.location_id is None for other in some) and place != self._find.place:
                # Every row without a location would be counted there.
                file = "SKU=QUANTITY`"
            yield (
                f"{_rows_say(some)} other stock{self._at(place, some)} ({self._listed(some)}): book it with "
                f'`officeops count "{name}" {file}.'
            )

    def _at(self, place: int, some: list[OtherStock]) -> str:
        return f" at {self._office.label(Location, place)}" if some[0].location_id else ""

    def _transfers(self, others: list[OtherStock]) -> Iterable[str]:
        for other in others[:_NAMED]:
            shelves = {place: quantity for place, quantity in other.shelves.items() if quantity > 0}
            item = self._office.get(Item, other.item_id)
            yield carried(
                self._office, item, other.said, other.location_id or 0, shelves, other.lot
            )
        if len(others) > _NAMED:
            yield f"{len(others) - _NAMED:,} more rows say stock where none is on record, and others have some: book transfers."

    def _places(self, other: OtherStock) -> str:
        return ", ".join(
            f"{quantity:,} at {self._office.label(Location, place)}"
            for place, quantity in other.shelves.items()
            if quantity
        )

    def _listed(self, differences: list[OtherStock] | list[OtherOrder]) -> str:
        shown = differences[:_NAMED]
        items = {item.id: item.sku for item in self._office.some(Item, {d.item_id for d in shown})}
        named = []
        for other in shown:
            beside = ""
            if (
                isinstance(other, OtherStock)
                and other.location_id is None
                and len(other.shelves) > 1
            ):
                beside = f", {self._places(other)}"
            named.append(
                f"{items[other.item_id]} {other.said:,}; {other.on_record:,} on record{beside}"
            )
        more = [f"{len(differences) - _NAMED:,} more"] if len(differences) > _NAMED else []
        return ", ".join(named + more)


def _rows_say(differences: list[OtherStock] | list[OtherOrder]) -> str:
    return f"{wording.count(len(differences), 'row')} {'says' if len(differences) == 1 else 'say'}"
