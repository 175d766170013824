"""Totals of lines and orders, with the number of lines without a price, as figures and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value, id_list
from officeops.values import money_text
from officeops.values.wording import count
from officeops_inventory.declared.amounts import TOTAL, UNKNOWN, UNPRICED
from officeops_inventory.model import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office, Record


_ORDER_TOTAL = f"SELECT {TOTAL}, {UNPRICED} FROM inventory_order t WHERE t.id = ?"
_TOTALS = f"""
SELECT t.id, t.reference, {TOTAL}, {UNPRICED} FROM inventory_order t
WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id
"""
_WITH_LINES = """
SELECT DISTINCT order_id FROM inventory_line
WHERE archived_at IS NULL AND order_id IN (SELECT value FROM json_each(?))
"""
_STATED = """
SELECT id, stated_total FROM inventory_order
WHERE stated_total IS NOT NULL AND id IN (SELECT value FROM json_each(?))
"""


class Total(Value):
    """The sum of an order's priced lines, in minor units, and the number of lines without a price.

    `money` is None if there are lines and none has a price.
    """

    money: int | None
    unpriced: int

    def words(self, places: int) -> str:
        """Return the total as people read it: 20.00 and 2 lines without a price."""
        parts = []
        if self.money is not None:
            parts.append(money_text(self.money, places))
        if self.unpriced:
            parts.append(f"{count(self.unpriced, 'line')} without a price")
        return " and ".join(parts) or UNKNOWN


def order_total(office: Office, order_id: int) -> Total:
    """Return the total of an order."""
    [(money, unpriced)] = office.rows(_ORDER_TOTAL, order_id)
    return Total(money, unpriced)


def with_lines(office: Office, order_ids: Iterable[int]) -> set[int]:
    """Return those of some orders that have lines."""
    rows = office.rows(_WITH_LINES, id_list(order_ids))
    return {order_id for (order_id,) in rows}


def stated_totals(office: Office, order_ids: Iterable[int]) -> dict[int, int]:
    """Return the totals that the files of imported orders state, by order, as far as they do."""
    return dict(office.rows(_STATED, id_list(order_ids)))


def totals_apart(office: Office, stated: Mapping[int, int]) -> Iterator[str]:
    """Yield a sentence for each order whose lines do not come to the stated total."""
    places = office.ways.places
    for order_id, reference, money, unpriced in office.rows(_TOTALS, id_list(stated)):
        total = Total(money, unpriced)
        if total == Total(stated[order_id], 0):
            continue
        name = f"{Order.meta.prefix}-{order_id}"
        if reference:
            name += f" ({reference})"
        by_file = money_text(stated[order_id], places)
        yield f"{name} comes to {by_file} by its file, and to {total.words(places)} by its lines."


def total_line(office: Office, order: Record) -> str:
    """Return the line below an order's lines, with its total."""
    return f"Total {order_total(office, order.id).words(office.ways.places)}"


def total_of(amounts: list[int | None]) -> Total:
    """Return the total of lines by their amounts; None is the amount of a line without a price."""
    # Not zero: the cost of a line without a price is unknown.
    priced = [amount for amount in amounts if amount is not None]
    return Total(sum(priced) if priced else None, len(amounts) - len(priced))
