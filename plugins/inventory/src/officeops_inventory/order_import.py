"""Purchase orders and their lines from elsewhere, with what was received on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.importer import Importer, Row
from officeops.fields import Field
from officeops_inventory.importing import Finder
from officeops_inventory.model import Move, Order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class OrderImport(Importer):
    """Orders may arrive in any state: their life began elsewhere."""

    may_set = ("status",)
    keys = (("reference",),)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """An order without its number could not be told from another."""
        for row in rows:
            if row.values["reference"] is None:
                yield row, "reference", "is needed to know the order again"


class LineImport(Importer):
    """The columns that only an import of order lines has."""

    keys = (("order_id", "reference"), ("order_id", "item_id"))
    extra = (
        Field("date", default=None, label="Received on", also=("date received", "receipt date")).named(
            "received_on", "date"
        ),
        Field("quantity", default=None, label="Received", minimum=0, also=("quantity received", "qty received")).named(
            "received", "int"
        ),
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._find = Finder(office)
        self._orders: set[int] = set()

    def added(self, rows: list[Row]) -> None:
        """Book what came in on new lines: all of a line that names the day it came, unless it says how much."""
        moves = []
        for row in rows:
            values, extra = row.values, row.extra
            self._orders.add(values["order_id"])
            came = extra.get("received", values["packs"] * values["pack_size"] if extra.get("received_on") else 0)
            if came:
                day = extra.get("received_on") or self.office.today
                moves.append(
                    {
                        "item_id": values["item_id"],
                        "kind": "receive",
                        "quantity": came,
                        "location_id": values["location_id"] or self._find.place,
                        "day": str(day),
                        "line_id": row.id,
                    }
                )
        if moves:
            self.office.add_many(Move, moves)

    def finish(self) -> Iterable[str]:
        """Bring each order's state in line with what came in on it."""
        for order_id in sorted(self._orders):
            order = self.office.get(Order, order_id)
            short, came = self.office.rows(
                "SELECT sum(max(0, l.packs * l.pack_size - l.cancelled - ifnull(r.came, 0))), sum(ifnull(r.came, 0)) FROM inventory_line l "
                "LEFT JOIN (SELECT line_id, sum(quantity) AS came FROM inventory_move WHERE line_id IS NOT NULL GROUP BY line_id) r "
                "ON r.line_id = l.id WHERE l.order_id = ? AND l.archived_at IS NULL",
                order_id,
            )[0]
            if came and order.status in {"draft", "approved", "sent", "partly_received"}:
                self.office.edit(order, managed=True, status="partly_received" if short else "received")
        return ()
