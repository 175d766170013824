"""Amounts: how many base units of an order's line count, what they cost, and what an order comes to.

The one home of these figures: lists, records, Today, the reorder sheet and the printed order take them from here. Money is
in minor units, prices are per pack in hundredths of a minor unit. What has no price is unknown, never zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops.values import money_text
from officeops.wording import count

if TYPE_CHECKING:
    from officeops import Office, Record

#: What stands for an amount that nobody knows.
UNKNOWN: Final = "—"

#: Base units received on line `l`, reversals taken off.
RECEIVED: Final = "(SELECT ifnull(sum(m.quantity), 0) FROM inventory_move m WHERE m.line_id = l.id)"
#: Base units of line `l` still to come on an order that is under way: ordered, less cancelled, less received, never below
#: zero. Its Python twin is `receiving.outstanding`.
OUTSTANDING: Final = f"max(0, l.packs * l.pack_size - l.cancelled - {RECEIVED})"
#: Base units of line `l` that count on an order in state {state}: what was ordered and not cancelled, or what came if
#: that is more. Of a cancelled order none do.
COUNTED: Final = (
    "iif({state} = 'cancelled', 0, max(l.packs * l.pack_size - l.cancelled, iif({state} IN ('draft', 'approved'), 0, "
    + RECEIVED
    + ")))"
)
#: What {n} base units cost at {price} a pack of {size}, a half rounded up. Whole packs are priced as packs, so that no
#: product of a large quantity and a price outgrows SQLite's integers. Its Python twin is `officeops.values.amount`.
COST: Final = (
    "iif({n} % {size} = 0, ({n} / {size} * {price} * 2 + 100) / 200, "
    "({n} * {price} * 2 + 100 * {size}) / (200 * {size}))"
)
_STATE: Final = "(SELECT o.status FROM inventory_order o WHERE o.id = l.order_id)"

#: SQL of line `l`'s amount; NULL where its price is not known.
LINE_AMOUNT: Final = COST.format(n=COUNTED.format(state=_STATE), size="l.pack_size", price="l.price")

_COUNTED_LINES: Final = (
    f"FROM (SELECT {COUNTED.format(state='t.status')} AS n, l.price AS price, l.pack_size AS size "
    "FROM inventory_line l WHERE l.order_id = t.id AND l.archived_at IS NULL) k WHERE k.n > 0"
)
#: SQL of order `t`'s total: the sum of its priced lines; NULL where there are lines and none has a price.
TOTAL: Final = (
    f"(SELECT iif(count(*) > 0 AND count(k.price) = 0, NULL, "
    f"ifnull(sum({COST.format(n='k.n', size='k.size', price='k.price')}), 0)) {_COUNTED_LINES})"
)
#: SQL of how many lines of order `t` count and have no price.
UNPRICED: Final = f"(SELECT count(*) {_COUNTED_LINES} AND k.price IS NULL)"


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
