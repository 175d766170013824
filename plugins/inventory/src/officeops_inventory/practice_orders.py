"""The orders of a made-up practice: those that brought what came, and those that are not done yet."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from officeops_inventory.practice_past import CAME
from officeops_inventory.practice_today import NO_VENDOR, open_orders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_inventory.practice_catalog import Supply
    from officeops_inventory.practice_past import Past
    from officeops_inventory.practice_today import Open

#: Days after which an order that has come in full is closed.
CLOSED_AFTER: Final = 21
#: What prices rise in a year, in hundredths.
INFLATION: Final = 3


class OrderBook:
    """Orders and their lines as rows to write, oldest first; `came_on` tells the line on which an item came."""

    def __init__(self, vendors: dict[str, tuple[int, int]], today: date, first: tuple[int, int], seed: int) -> None:
        self.vendors, self.today, self.first = vendors, today, first
        self.random = Random(f"{seed}/orders")  # noqa: S311 - made-up data
        self.orders: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.came_on: dict[tuple[str, date], int] = {}

    def fill(self, pasts: dict[str, Past], items: dict[str, int]) -> None:
        """Write every order of the past, then the open ones."""
        opened = [each for each in open_orders() if each.vendor in self.vendors]
        reserved = {
            (sku, self.today - timedelta(days=CAME)) for each in opened for sku, mark in each.items.items() if mark
        }
        for vendor, day, came in self._deliveries(pasts.values(), reserved):
            self._done(vendor, day, came, items)
        for order in opened:
            self._open(order, pasts, items)

    def _deliveries(
        self, pasts: Iterable[Past], reserved: set[tuple[str, date]]
    ) -> list[tuple[str, date, list[tuple[Supply, int]]]]:
        """Return what each vendor delivered on each day, in the order in which it was ordered."""
        found: dict[tuple[str, date], list[tuple[Supply, int]]] = {}
        for past in pasts:
            vendor = past.supply.vendors[0]
            if vendor in self.vendors and past.supply.sku not in NO_VENDOR:
                for day, packs in past.came.items():
                    if (past.supply.sku, day) not in reserved:
                        found.setdefault((vendor, day), []).append((past.supply, packs))
        rows = [(vendor, day, came) for (vendor, day), came in found.items()]
        return sorted(rows, key=lambda row: (self._ordered(row[0], row[1]), row[0]))

    def _ordered(self, vendor: str, day: date) -> date:
        """Return the working day on which something was ordered that came on a day."""
        ordered = day - timedelta(days=self.vendors[vendor][1])
        return ordered - timedelta(days=max(0, ordered.weekday() - 4))

    def _done(self, vendor: str, day: date, came: list[tuple[Supply, int]], items: dict[str, int]) -> None:
        closed = (self.today - day).days > CLOSED_AFTER
        slip = self.random.choice((0, 0, 0, 0, 1, 2))
        order = self._order(
            vendor, "closed" if closed else "received", self._ordered(vendor, day), day - timedelta(days=slip)
        )
        short = closed and self.random.random() < 0.02
        for place, (supply, packs) in enumerate(came):
            missing = int(short and place == 0)
            self.came_on[supply.sku, day] = self._line(
                order, supply, items, packs + missing, day, cancelled=missing * supply.size
            )

    def _open(self, order: Open, pasts: dict[str, Past], items: dict[str, int]) -> None:
        ordered = None if order.ordered is None else self.today - timedelta(days=order.ordered)
        expected = None if order.expected is None else self.today + timedelta(days=order.expected)
        number = self._order(order.vendor, order.status, ordered, expected, order.note)
        day = self.today - timedelta(days=CAME)
        for sku, mark in order.items.items():
            past = pasts[sku]
            came = past.came.get(day, 0) if mark else 0
            more = 0 if mark == "+" else max(1, -((past.closing - past.supply.habit[1]) // past.supply.size))
            line = self._line(number, past.supply, items, came + more, self.today, by_hand=order.status == "draft")
            if mark:
                self.came_on[sku, day] = line

    def _order(self, vendor: str, status: str, ordered: date | None, expected: date | None, note: str = "") -> int:
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
