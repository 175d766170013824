"""Line receipts: the goods that came in on imported order lines, and the moves that book them.

Goods that came before the opening balance or the last count are in it already: their moves are
history, and change no stock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import id_list
from officeops.values import wording
from officeops_inventory.model import Move
from officeops_inventory.purchasing.receipts import OVER_DELIVERY
from officeops_inventory.stock.intake import homes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.finder import Finder

# The day nearest to the receipt that is known, where no row says.
_DAYS_OF_ORDERS: Final = """
SELECT id, ifnull(expected_on, ordered_on) FROM inventory_order
WHERE id IN (SELECT value FROM json_each(?))
"""


def received(row: Row) -> int:
    """Return the base units that came in on a line: all of a line with a day, unless it says."""
    ordered: int = row.values["packs"] * row.values["pack_size"]
    quantity: int = row.extra.get("received", ordered if row.extra.get("received_on") else 0)
    return quantity


class LineReceipts:
    """Books the goods of a file's new lines, and sums them up for the sentences at the end."""

    def __init__(self, office: Office, find: Finder) -> None:
        self._office, self._find = office, find
        self._past = Move.ledger.begun(office)
        self._today = office.today.isoformat()
        #: Where goods of an item go unless a row says; read once for each item of the file.
        self._homes: dict[int, int] = {}
        #: Receipts that are history, and those that change stock, by how much, of which items.
        self._history = self._booked = self._units = 0
        self._items: set[int] = set()
        #: Receipts of the day of the balance, units that went back, receipts of too much.
        self._same_day = self._rejected = self._over = 0

    def book(self, rows: list[Row]) -> None:
        """Book the goods that came in on new lines, and those of them that went back."""
        rows = [row for row in rows if received(row)]
        if not rows:
            return
        days = self.days(rows)
        moves: list[dict[str, Any]] = []
        for row in rows:
            moves += self._moves(row, days[id(row)])
        self._office.add_many(Move, moves)

    def days(self, rows: list[Row]) -> dict[int, str]:
        """Return the day the goods of each row came, by the row's identity.

        The past and the homes of the rows' items are read with it, for `is_history`.
        """
        item_ids = {row.values["item_id"] for row in rows}
        self._past.read(item_ids)
        self._homes |= homes(self._office, item_ids - self._homes.keys())
        order_ids = {row.values["order_id"] for row in rows}
        expected: dict[int, str | None] = dict(
            self._office.rows(_DAYS_OF_ORDERS, id_list(order_ids))
        )
        days = {}
        for row in rows:
            day = row.extra.get("received_on") or expected.get(row.values["order_id"])
            # An order may be expected on a day to come; its goods are here.
            days[id(row)] = min(str(day or self._today), self._today)
        return days

    def is_history(self, row: Row, days: dict[int, str]) -> bool:
        """Whether a row's goods came before the balance, which includes them already."""
        return days[id(row)] < self._past.begins(row.values["item_id"], self._place(row))

    def _place(self, row: Row) -> int:
        """Return where a row's goods went: the place it names, else where the item is kept."""
        values = row.values
        place: int = values["location_id"] or self._homes.get(values["item_id"]) or self._find.place
        return place

    def _moves(self, row: Row, day: str) -> Iterator[dict[str, Any]]:
        """Yield the receipt of a row, and the return of its rejected units."""
        values, quantity, place = row.values, received(row), self._place(row)
        begins = self._past.begins(values["item_id"], place)
        is_over = quantity > values["packs"] * values["pack_size"]
        rejected = row.extra.get("rejected") or 0
        move = {
            "item_id": values["item_id"],
            "location_id": place,
            "day": day,
            "history": day < begins,
        }
        yield {
            **move,
            "kind": "receive",
            "quantity": quantity,
            "line_id": row.id,
            "note": OVER_DELIVERY if is_over else None,
        }
        if rejected:
            yield {
                **move,
                "kind": "return",
                "quantity": -rejected,
                "line_id": None,
                "note": "rejected when it came",
            }
        self._rejected += rejected
        if day < begins:
            self._history += 1
            return
        self._booked += 1
        self._over += is_over
        self._units += quantity - rejected
        self._items.add(values["item_id"])
        self._same_day += day == begins

    # -- sentences ---------------------------------------------------------------------------------

    def remarks(self) -> Iterator[str]:
        """Yield the receipts that a person should look at."""
        if self._same_day:
            yield (
                f"{wording.count(self._same_day, 'receipt')} of the day of the opening balance or "
                "count, added to stock: check whether the balance includes them."
            )
        if self._over:
            yield (
                f"{wording.count(self._over, 'receipt')} of more than was ordered, added to stock "
                "as over-delivery: count the goods."
            )

    def summary(self) -> Iterable[str]:
        """Yield how the receipts changed stock."""
        if self._history or self._booked:
            yield self._stock()
        if self._rejected:
            yield f"Rejected: {self._rejected:,} units, booked as returned."

    def _stock(self) -> str:
        """Return the change of stock by the receipts, and the number of those that are history."""
        changed = "On hand: unchanged"
        if self._booked:
            items = wording.count(len(self._items), "item")
            receipts = wording.count(self._booked, "receipt")
            changed = f"On hand: {self._units:+,} of {items} by {receipts}"
        if not self._history:
            return f"{changed}."
        receipts = wording.count(self._history, "receipt")
        return f"{changed}; {receipts} from before the opening balance or count kept as history."
