"""Amounts as SQL: the base units of an order line that count, their cost, and the order's total.

The one home of these figures: lists, records, Today, the reorder sheet and the printed order take
them from here; `totals` has them for Python. Money is in minor units, prices are per pack in
hundredths of a minor unit. The cost of a line without a price is unknown, never zero.
"""

from __future__ import annotations

from typing import Final

#: Shown for an amount that nobody knows.
UNKNOWN: Final = "—"

#: Base units received on line `l`, reversals taken off.
RECEIVED: Final = "(SELECT ifnull(sum(m.quantity), 0) FROM inventory_move m WHERE m.line_id = l.id)"
#: Base units of line `l` still to come on an open order: ordered, less cancelled, less {received},
#: never below zero. Its Python twin is `open_orders.outstanding`.
STILL_TO_COME: Final = "max(0, l.packs * l.pack_size - l.cancelled - {received})"
#: The same, with the receipts read from the moves.
OUTSTANDING: Final = STILL_TO_COME.format(received=RECEIVED)
#: Base units of line `l` that count on an order in status {state}: those ordered and not cancelled,
#: or those received if they are more. None count on a cancelled order.
COUNTED: Final = (
    "iif({state} = 'cancelled', 0, max(l.packs * l.pack_size - l.cancelled, "
    "iif({state} IN ('draft', 'approved'), 0, " + RECEIVED + ")))"
)
#: Cost of {n} base units at {price} a pack of {size}, a half rounded up. Whole packs are priced as
#: packs, so that no product of a large quantity and a price outgrows SQLite's integers. Its Python
#: twin is `officeops.values.convert.amount`.
COST: Final = (
    "iif({n} % {size} = 0, ({n} / {size} * {price} * 2 + 100) / 200, "
    "({n} * {price} * 2 + 100 * {size}) / (200 * {size}))"
)
_STATE: Final = "(SELECT o.status FROM inventory_order o WHERE o.id = l.order_id)"

#: SQL of the cost of line `l` as ordered, without cancelled units and apart from receipts.
ORDERED_AMOUNT: Final = COST.format(
    n="(l.packs * l.pack_size - l.cancelled)", size="l.pack_size", price="l.price"
)
#: SQL of the amount of line `l`; NULL if its price is not known.
LINE_AMOUNT: Final = COST.format(
    n=COUNTED.format(state=_STATE), size="l.pack_size", price="l.price"
)

_COUNTED_LINES: Final = (
    f"FROM (SELECT {COUNTED.format(state='t.status')} AS n, l.price AS price, l.pack_size AS size "
    "FROM inventory_line l WHERE l.order_id = t.id AND l.archived_at IS NULL) k WHERE k.n > 0"
)
#: SQL of the total of order `t`: the sum of its priced lines; NULL if no line has a price.
TOTAL: Final = (
    f"(SELECT iif(count(*) > 0 AND count(k.price) = 0, NULL, "
    f"ifnull(sum({COST.format(n='k.n', size='k.size', price='k.price')}), 0)) {_COUNTED_LINES})"
)
#: SQL of the number of lines of order `t` that count and have no price.
UNPRICED: Final = f"(SELECT count(*) {_COUNTED_LINES} AND k.price IS NULL)"
