"""Opening orders: the goods that are on order when an item file is imported, one order a vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_inventory.model import Line, Order

if TYPE_CHECKING:
    from officeops import Office
    from officeops.exchange import Row


class OpeningOrders:
    """Orders the quantities on order of new items, each vendor's on one order, already sent."""

    def __init__(self, office: Office, source: str) -> None:
        self._office, self._source = office, source
        self._orders: dict[int, int] = {}
        #: The base units that this file orders of an item and vendor in packs of one size.
        self._ordered: dict[tuple[int, int, int], int] = {}

    def add(self, rows: list[Row], *, with_location: bool) -> None:
        """Order the quantities of rows; `with_location` is a file with a column of locations."""
        lines = [self._line(row, with_location=with_location) for row in rows]
        if lines:
            self._office.add_many(Line, lines)

    def further(self, row: Row, *, with_location: bool) -> bool:
        """Order the quantity of a further row with its vendor; whether it has any.

        Lists with a row for each lot repeat the quantity on order in each of them: the same
        quantity again orders nothing. Raises ValueError for another quantity.
        """
        quantity = row.extra.get("on_order")
        if not quantity:
            return False
        before = self._ordered.get(_key(row))
        # In packs of another size it is another line.
        if before is None:
            self.add([row], with_location=with_location)
            return True
        if before != quantity:
            raise ValueError(
                "is the same as in an earlier row of the file, with "
                f"{quantity:,} on order, not {before:,}"
            )
        return False

    def _line(self, row: Row, *, with_location: bool) -> dict[str, Any]:
        """Return the line of a row.

        It is in the row's pack, or in single units where the quantity is not a number of packs.
        """
        extra = row.extra
        size, quantity = extra.get("pack_size") or 1, extra["on_order"]
        self._ordered[_key(row)] = quantity
        line: dict[str, Any] = {
            "order_id": self._order(extra["vendors"][0]),
            "item_id": row.id,
        }
        if quantity % size == 0:
            line |= {
                "packs": quantity // size,
                "pack_size": size,
                "pack": extra.get("pack") or ("pack" if size > 1 else "each"),
                "price": extra.get("price"),
                "ordered_sku": extra.get("vendor_sku"),
            }
        else:
            # Part of a pack has no price and no vendor SKU of its own.
            line |= {
                "packs": quantity,
                "pack_size": 1,
                "pack": "each",
                "price": None,
                "ordered_sku": None,
            }
        if with_location:
            line["location_id"] = extra.get("location_id")
        return line

    def _order(self, vendor_id: int) -> int:
        """Return the id of the vendor's order, which the first row of the vendor adds."""
        if vendor_id not in self._orders:
            file = self._source.rpartition(":")[0] or "the file"
            # Goods come in on a sent order alone.
            order = Order(
                vendor_id=vendor_id,
                status="sent",
                ordered_on=self._office.today,
                note=f"On order when {file} was imported",
            )
            self._orders[vendor_id] = self._office.add(order).id
        return self._orders[vendor_id]


def _key(row: Row) -> tuple[int, int, int]:
    return row.id, row.extra["vendors"][0], row.extra.get("pack_size") or 1
