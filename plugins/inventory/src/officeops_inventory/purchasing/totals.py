"""Totals: what lines and orders come to, with how many have no price, as figures and as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values.convert import money_text
from officeops.values.wording import count
from officeops_inventory.declared.amounts import TOTAL, UNKNOWN, UNPRICED
from officeops_inventory.model import Order
from officeops_inventory.stock.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office, Record


class Total(Value):
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
    [(money, unpriced)] = office.rows(
        f"SELECT {TOTAL}, {UNPRICED} FROM inventory_order t WHERE t.id = ?", order_id
    )
    return Total(money, unpriced)


def with_lines(office: Office, order_ids: Iterable[int]) -> set[int]:
    """Return those of some orders that have lines."""
    sql = (
        "SELECT DISTINCT order_id FROM inventory_line WHERE archived_at IS NULL "
        "AND order_id IN (SELECT value FROM json_each(?))"
    )
    return {order_id for (order_id,) in office.rows(sql, id_list(order_ids))}


def stated_totals(office: Office, order_ids: Iterable[int]) -> dict[int, int]:
    """Return what the files that some orders came from say they come to, where they say so."""
    sql = (
        "SELECT id, stated_total FROM inventory_order WHERE stated_total IS NOT NULL "
        "AND id IN (SELECT value FROM json_each(?))"
    )
    return dict(office.rows(sql, id_list(order_ids)))


def totals_apart(office: Office, stated: Mapping[int, int]) -> Iterator[str]:
    """Yield a sentence for each order whose lines come to something else than is stated, with both amounts."""
    places = office.ways.places
    sql = (
        f"SELECT t.id, t.reference, {TOTAL}, {UNPRICED} FROM inventory_order t "
        "WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id"
    )
    for order_id, reference, money, unpriced in office.rows(sql, id_list(stated)):
        total = Total(money, unpriced)
        if total != Total(stated[order_id], 0):
            name = f"{Order.meta.prefix}-{order_id}{f' ({reference})' if reference else ''}"
            by_file = money_text(stated[order_id], places)
            yield f"{name} comes to {by_file} by its file, and to {total.words(places)} by its lines."


def total_line(office: Office, order: Record) -> str:
    """Return the line below an order's lines: what it comes to."""
    return f"Total {order_total(office, order.id).words(office.ways.places)}"


def total_of(amounts: list[int | None]) -> Total:
    """Return what some lines come to together; None is a line without a price. Of no lines at all nothing is said."""
    priced = [amount for amount in amounts if amount is not None]
    return Total(sum(priced) if priced else None, len(amounts) - len(priced))
