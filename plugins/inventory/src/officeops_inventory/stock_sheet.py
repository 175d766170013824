"""Stock sheet: what a file says of stock and orders that are on record, which no import writes over.

Stock is counted and orders are received; a file that says other quantities is named, row by row, with the way to book it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops import Location, wording
from officeops_inventory.amounts import OUTSTANDING
from officeops_inventory.importing import expiry_text
from officeops_inventory.model import Item
from officeops_inventory.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange.importer import Row
    from officeops_inventory.importing import Finder

#: The most rows that a sentence names.
_NAMED: Final = 5

_STOCK = (
    "SELECT item_id, location_id, lot_id, quantity FROM inventory_stock "
    "WHERE item_id IN (SELECT value FROM json_each(?)) AND quantity <> 0"
)
_ON_ORDER = f"""
SELECT l.item_id, sum({OUTSTANDING})
FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id
WHERE l.item_id IN (SELECT value FROM json_each(?)) AND l.archived_at IS NULL AND o.archived_at IS NULL
    AND o.status IN ('approved', 'sent', 'partly_received') GROUP BY l.item_id
"""


class Difference(NamedTuple):
    """A quantity of a row that is not the one on record."""

    item_id: int
    said: int
    on_record: int
    location_id: int | None


class StockSheet:
    """Compares rows with stock and orders on record, and remembers what differs."""

    def __init__(self, office: Office, find: Finder) -> None:
        self._office = office
        self._find = find
        self._other_stock: list[Difference] = []
        self._other_orders: list[Difference] = []

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return, by item, which of on_hand and on_order a row says otherwise than it is on record."""
        stock = self._differing_stock([row for row in rows if "on_hand" in row.extra])
        orders = self._differing_orders([row for row in rows if "on_order" in row.extra])
        names: defaultdict[int, list[str]] = defaultdict(list)
        for item_id in stock:
            names[item_id].append("on_hand")
        for item_id in orders:
            names[item_id].append("on_order")
        return dict(names)

    def _differing_stock(self, rows: list[Row]) -> set[int]:
        item_ids = {row.id for row in rows}
        shelves: defaultdict[int, list[tuple[int, int | None, int]]] = defaultdict(list)
        if item_ids:
            self._find.read_lots(item_ids)
            for item_id, *shelf in self._office.rows(_STOCK, id_list(item_ids)):
                shelves[item_id].append((shelf[0], shelf[1], shelf[2]))
        found = set()
        for row in rows:
            on_record = self._on_record(row, shelves[row.id])
            if row.extra["on_hand"] != on_record:
                place = row.extra.get("location_id")
                self._other_stock.append(Difference(row.id, row.extra["on_hand"], on_record, place))
                found.add(row.id)
        return found

    def _on_record(self, row: Row, shelves: list[tuple[int, int | None, int]]) -> int:
        """Return what is on record of the place and the lot a row names, or of all where it names none."""
        extra = row.extra
        place = extra.get("location_id")
        in_lots = bool(extra.keys() & {"lot", "expires_on"})
        lot = self._find.known_lot(row.id, extra.get("lot"), expiry_text(extra.get("expires_on")))
        return sum(
            quantity
            for location_id, lot_id, quantity in shelves
            if place in {None, location_id} and (not in_lots or (lot is not None and lot_id == lot))
        )

    def _differing_orders(self, rows: list[Row]) -> set[int]:
        on_order = dict(self._office.rows(_ON_ORDER, id_list({row.id for row in rows}))) if rows else {}
        found = set()
        for row in rows:
            if row.extra["on_order"] != (on_record := int(on_order.get(row.id, 0))):
                self._other_orders.append(Difference(row.id, row.extra["on_order"], on_record, None))
                found.add(row.id)
        return found

    def sentences(self) -> Iterable[str]:
        """Yield what differs, and how to book it."""
        if self._other_stock:
            place = next((d.location_id for d in self._other_stock if d.location_id), None) or self._find.place
            name = self._office.label(Location, place)
            yield (
                f"{_rows_say(self._other_stock)} other stock ({self._listed(self._other_stock)}): book it with "
                f'`officeops count "{name}" --file FILE`, which reads this file.'
            )
        if self._other_orders:
            yield (
                f"{_rows_say(self._other_orders)} other quantities on order ({self._listed(self._other_orders)}): "
                "receive what came, or order what is missing; the orders are as they were."
            )

    def _listed(self, differences: list[Difference]) -> str:
        shown = differences[:_NAMED]
        items = {item.id: item.sku for item in self._office.some(Item, {d.item_id for d in shown})}
        named = [f"{items[d.item_id]} {d.said:,}; {d.on_record:,} on record" for d in shown]
        more = [f"{len(differences) - _NAMED:,} more"] if len(differences) > _NAMED else []
        return ", ".join(named + more)


def _rows_say(differences: list[Difference]) -> str:
    return f"{wording.count(len(differences), 'row')} {'says' if len(differences) == 1 else 'say'}"
