"""Totals: what lines and orders come to, with how many have no price, as figures and as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from officeops.values import money_text
from officeops.wording import count
from officeops_inventory.amounts import TOTAL, UNKNOWN, UNPRICED

if TYPE_CHECKING:
    from officeops import Office, Record


class Total(NamedTuple):
    """What an order comes to: the sum of its priced lines (None: there are lines, and none has a price), and how many have no price."""

    money: int | None
    unpriced: int

    def words(self, places: int) -> str:
        """Return it as people read it: 20.00 and 2 lines without a price."""
        money = None if self.money is None else money_text(self.money, places)
        missing = f"{count(self.unpriced, 'line')} without a price" if self.unpriced else ""
        return " and ".join(part for part in (money, missing) if part) or UNKNOWN


def order_total(office: Office, order_id: int) -> Total:
    """Return what an order comes to."""
    [(money, unpriced)] = office.rows(f"SELECT {TOTAL}, {UNPRICED} FROM inventory_order t WHERE t.id = ?", order_id)
    return Total(money, unpriced)


def total_line(office: Office, order: Record) -> str:
    """Return the line below an order's lines: what it comes to."""
    return f"Total {order_total(office, order.id).words(office.ways.places)}"


def total_of(amounts: list[int | None]) -> Total:
    """Return what some lines come to together; None is a line without a price. Of no lines at all nothing is said."""
    priced = [amount for amount in amounts if amount is not None]
    return Total(sum(priced) if priced else None, len(amounts) - len(priced))
