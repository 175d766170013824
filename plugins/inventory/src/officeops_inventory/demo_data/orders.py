"""The orders of a made-up practice: those that brought what came, and those that are not done yet."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from officeops import Value
from officeops_inventory.demo_data.past import came_lately, working
from officeops_inventory.demo_data.today import NO_VENDOR, open_orders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_inventory.demo_data.catalog import Supply
    from officeops_inventory.demo_data.past import Past
    from officeops_inventory.demo_data.today import Open

#: Days after which an order that has come in full is closed.
CLOSED_AFTER: Final = 21
#: What prices rise in a year, in hundredths.
INFLATION: Final = 3
#: The part of orders that were closed one pack short.
SHORT: Final = 0.02


class Delivery(Value):
    """What one vendor delivered on one day, in packs, and when that was ordered and expected."""

    ordered: date
    vendor: str
    day: date
    expected: date
    came: list[tuple[Supply, int]]


class OrderBook:
    """Orders and their lines as rows to write, oldest first; `came_on` tells the line on which an item came."""

    def __init__(
        self, vendors: dict[str, tuple[int, int]], today: date, first: tuple[int, int], seed: int
    ) -> None:
        self.vendors, self.today, self.first = vendors, today, first
        self.random = Random(f"{seed}/orders")  # noqa: S311 - made-up data
        self.orders: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.came_on: dict[tuple[str, date], int] = {}

    def fill(self, pasts: dict[str, Past], items: dict[str, int]) -> None:
        """Write every order of the past, then the open ones."""
        opened = [each for each in open_orders() if each.vendor in self.vendors]
        still = {sku for each in opened for sku, mark in each.items.items() if mark}
        for delivery in self._deliveries(pasts.values(), still):
            self._done(delivery, items)
        for order in opened:
            self._open(order, pasts, items)

    def _deliveries(self, pasts: Iterable[Past], still: set[str]) -> list[Delivery]:
        """Return what each vendor delivered on each day, in the order in which it was ordered.

        What came lately of the items in `still` came on orders that are still open.
        """
        found: dict[tuple[str, date], list[tuple[Supply, int]]] = {}
        for past in pasts:
            vendor = past.supply.vendors[0]
            if vendor in self.vendors and past.supply.sku not in NO_VENDOR:
                for day, packs in past.came.items():
                    if past.supply.sku not in still or day != came_lately(self.today):
                        found.setdefault((vendor, day), []).append((past.supply, packs))
        deliveries = [self._delivery(vendor, day, came) for (vendor, day), came in found.items()]
        return sorted(
            deliveries, key=lambda delivery: (delivery.ordered, delivery.vendor, delivery.day)
        )

    def _delivery(self, vendor: str, day: date, came: list[tuple[Supply, int]]) -> Delivery:
        expected = day - timedelta(days=self.random.choice((0, 0, 0, 0, 1, 2)))
        ordered = working(expected - timedelta(days=self.vendors[vendor][1]))
        return Delivery(ordered, vendor, day, expected, came)

    def _done(self, delivery: Delivery, items: dict[str, int]) -> None:
        closed = (self.today - delivery.day).days > CLOSED_AFTER
        short = closed and self.random.random() < SHORT
        status = "closed" if closed else "received"
        order = self._order(delivery.vendor, status, delivery.ordered, delivery.expected)
        for place, (supply, packs) in enumerate(delivery.came):
            missing = int(short and place == 0)
            line = self._line(
                order, supply, items, packs + missing, delivery.day, cancelled=missing * supply.size
            )
            self.came_on[supply.sku, delivery.day] = line

    def _open(self, order: Open, pasts: dict[str, Past], items: dict[str, int]) -> None:
        ordered = (
            None if order.ordered is None else working(self.today - timedelta(days=order.ordered))
        )
        expected = (
            None
            if order.expected is None
            else _working_again(self.today + timedelta(days=order.expected))
        )
        number = self._order(order.vendor, order.status, ordered, expected, order.note)
        day = came_lately(self.today)
        for sku, mark in order.items.items():
            past = pasts[sku]
            came = past.came.get(day, 0) if mark else 0
            more = (
                0
                if mark == "+"
                else max(1, -((past.closing - past.supply.habit[1]) // past.supply.size))
            )
            line = self._line(
                number, past.supply, items, came + more, self.today, by_hand=order.status == "draft"
            )
            if mark:
                self.came_on[sku, day] = line

    def _order(
        self, vendor: str, status: str, ordered: date | None, expected: date | None, note: str = ""
    ) -> int:
        self.orders.append(
            {
                "vendor_id": self.vendors[vendor][0],
                "status": status,
                "ordered_on": ordered.isoformat() if ordered else None,
                "expected_on": expected.isoformat() if expected else None,
                "note": note or None,
            }
        )
        return self.first[0] + len(self.orders) - 1

    def _line(
        self,
        order: int,
        supply: Supply,
        items: dict[str, int],
        packs: int,
        day: date,
        *,
        cancelled: int = 0,
        by_hand: bool = False,
    ) -> int:
        years = (self.today - day).days // 365
        self.lines.append(
            {
                "order_id": order,
                "item_id": items[supply.sku],
                "packs": packs,
                "pack_size": supply.size,
                "pack": supply.pack or supply.unit,
                "price": supply.price * (100 - INFLATION * years) // 10_000 * 100,
                "cancelled": cancelled,
                "by_hand": int(by_hand),
            }
        )
        return self.first[1] + len(self.lines) - 1


def _working_again(day: date) -> date:
    """Return a day, or the Monday after where it is on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
