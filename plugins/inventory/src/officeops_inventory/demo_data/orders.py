"""The orders of a made-up practice: those that brought its deliveries, and those still open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Value
from officeops.demo import working_again, working_before
from officeops_inventory.demo_data.past import came_lately
from officeops_inventory.demo_data.today import open_orders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops.demo import Demo
    from officeops_inventory.demo_data.catalog import Supply
    from officeops_inventory.demo_data.past import Past
    from officeops_inventory.demo_data.today import OpenOrder

    #: A vendor and the day it delivered.
    DeliveryKey = tuple[str, date]

#: Days after which an order that came in full is closed.
CLOSED_AFTER: Final = 21
#: Hundredths by which prices rise in a year.
INFLATION: Final = 3
#: The part of orders that were closed one pack short.
SHORT: Final = 0.02
#: Days by which a delivery is late, as often as they are here.
_LATE: Final = (0, 0, 0, 0, 1, 2)


class Seller(Value):
    """A vendor of the office: its id, and the days from order to receipt."""

    id: int
    lead: int


class Delivery(Value):
    """The packs that one vendor delivered on one day, and when they were ordered and expected."""

    ordered: date
    vendor: str
    day: date
    expected: date
    came: list[tuple[Supply, int]]


class OrderBook:
    """Orders and their lines as rows to write, oldest first.

    `came_on` has the id of the line on which a SKU came on a day.
    """

    def __init__(
        self,
        demo: Demo,
        vendors: dict[str, Seller],
        first: tuple[int, int],
    ) -> None:
        """`first` are the ids of the first order and of the first line."""
        self.vendors, self.demo, self.today = vendors, demo, demo.today
        self.first_order, self.first_line = first
        self.random = demo.random("orders")
        self.orders: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.came_on: dict[tuple[str, date], int] = {}

    def fill(self, pasts: dict[str, Past], items: dict[str, int]) -> None:
        """Write every order of the past, then the open ones."""
        opened = [order for order in open_orders() if order.vendor in self.vendors]
        still_open: set[str] = set()
        for order in opened:
            still_open.update(sku for sku, mark in order.items.items() if mark)
        for delivery in self._deliveries(pasts.values(), still_open):
            self._add_done(delivery, items)
        for order in opened:
            self._add_open(order, pasts, items)

    # -- orders that are done ----------------------------------------------------------------------

    def _deliveries(self, pasts: Iterable[Past], still_open: set[str]) -> list[Delivery]:
        """Return the deliveries of each vendor, in the order in which they were ordered.

        The goods of the last days of items in `still_open` came on orders that are open.
        """
        packs_by_day: dict[DeliveryKey, list[tuple[Supply, int]]] = {}
        lately = came_lately(self.today)
        for past in pasts:
            supply, vendor = past.supply, past.supply.vendor
            if vendor not in self.vendors:
                continue
            for day, packs in past.came.items():
                if supply.sku not in still_open or day != lately:
                    packs_by_day.setdefault((vendor, day), []).append((supply, packs))
        deliveries = [
            self._delivery(vendor, day, came) for (vendor, day), came in packs_by_day.items()
        ]
        return sorted(
            deliveries, key=lambda delivery: (delivery.ordered, delivery.vendor, delivery.day)
        )

    def _delivery(
        self,
        vendor: str,
        day: date,
        came: list[tuple[Supply, int]],
    ) -> Delivery:
        """Return a delivery with the days on which it was expected and ordered."""
        expected = day - timedelta(days=self.random.choice(_LATE))
        ordered = working_before(expected - timedelta(days=self.vendors[vendor].lead))
        return Delivery(ordered, vendor, day, expected, came)

    def _add_done(self, delivery: Delivery, items: dict[str, int]) -> None:
        """Write the order of a delivery; after three weeks it is closed, seldom one pack short."""
        closed = (self.today - delivery.day).days > CLOSED_AFTER
        # The random number is drawn for closed orders alone: the order of draws is the data.
        short = closed and self.random.random() < SHORT
        status = "closed" if closed else "received"
        order_id = self._order(delivery.vendor, status, delivery.ordered, delivery.expected)
        for place, (supply, packs) in enumerate(delivery.came):
            missing = int(short and place == 0)
            line_id = self._line(
                order_id,
                supply,
                items,
                packs + missing,
                delivery.day,
                cancelled=missing * supply.size,
            )
            self.came_on[supply.sku, delivery.day] = line_id

    # -- open orders -------------------------------------------------------------------------------

    def _add_open(
        self,
        order: OpenOrder,
        pasts: dict[str, Past],
        items: dict[str, int],
    ) -> None:
        """Write an order that is not done, with the packs that came and those to come."""
        ordered = expected = None
        if order.ordered is not None:
            ordered = working_before(self.demo.day(-order.ordered))
        if order.expected is not None:
            expected = working_again(self.demo.day(order.expected))
        order_id = self._order(order.vendor, order.status, ordered, expected, order.note)
        lately = came_lately(self.today)
        for sku, mark in order.items.items():
            past = pasts[sku]
            came = past.came.get(lately, 0) if mark else 0
            line_id = self._line(
                order_id,
                past.supply,
                items,
                came + self._still_to_come(past, mark),
                self.today,
                by_hand=order.status == "draft",
            )
            if mark:
                self.came_on[sku, lately] = line_id

    def _still_to_come(self, past: Past, mark: str) -> int:
        """Return the packs of an open order that did not come: those that fill the shelf."""
        if mark == "+":
            return 0
        missing = past.supply.habit[1] - past.closing
        return max(1, -(-missing // past.supply.size))

    # -- rows --------------------------------------------------------------------------------------

    def _order(
        self,
        vendor: str,
        status: str,
        ordered: date | None,
        expected: date | None,
        note: str = "",
    ) -> int:
        order = {
            "vendor_id": self.vendors[vendor].id,
            "status": status,
            "ordered_on": ordered.isoformat() if ordered else None,
            "expected_on": expected.isoformat() if expected else None,
            "note": note or None,
        }
        self.orders.append(order)
        return self.first_order + len(self.orders) - 1

    def _line(
        self,
        order_id: int,
        supply: Supply,
        items: dict[str, int],
        packs: int,
        day: date,
        *,
        cancelled: int = 0,
        by_hand: bool = False,
    ) -> int:
        years = (self.today - day).days // 365
        # Whole cents: a price is in hundredths of a cent.
        price = supply.price * (100 - INFLATION * years) // 10_000 * 100
        line = {
            "order_id": order_id,
            "item_id": items[supply.sku],
            "packs": packs,
            "pack_size": supply.size,
            "pack": supply.pack or supply.unit,
            "price": price,
            "cancelled": cancelled,
            "by_hand": int(by_hand),
        }
        self.lines.append(line)
        return self.first_line + len(self.lines) - 1
