"""Lines of purchase orders from elsewhere, with the goods that came in on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Reason, id_list, reason_of
from officeops.exchange import Importer, Row
from officeops_inventory.declared.amounts import STILL_TO_COME
from officeops_inventory.declared.order_lifecycle import CAME, MOST_PACKS
from officeops_inventory.imports.finder import PACK_WORDS, Finder
from officeops_inventory.imports.orders.receipts import LineReceipts, received
from officeops_inventory.imports.packs.names import ItemPacks
from officeops_inventory.model import Order
from officeops_inventory.purchasing.totals import stated_totals, totals_apart
from officeops_inventory.purchasing.vendor_skus import skus_of_orders
from officeops_inventory.stock.intake import Intake
from officeops_inventory.stock.ledger import EARLIEST, LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

    #: A row, the field, and why it is refused.
    Wrong = tuple[Row, str, str]

_STATUSES: Final = """
SELECT id, status FROM inventory_order WHERE id IN (SELECT value FROM json_each(?))
"""
_RECEIVED: Final = """
SELECT line_id, sum(quantity) FROM inventory_move
WHERE line_id IN (SELECT value FROM json_each(?)) GROUP BY line_id
"""
# The open orders on which goods came, each with the units still to come.
_UNSETTLED: Final = f"""
SELECT o.id, sum({STILL_TO_COME.format(received="ifnull(r.came, 0)")})
FROM inventory_order o JOIN inventory_line l ON l.order_id = o.id AND l.archived_at IS NULL
LEFT JOIN (
    SELECT m.line_id, sum(m.quantity) AS came FROM inventory_move m WHERE m.line_id IN (
        SELECT k.id FROM inventory_line k WHERE k.order_id IN (SELECT value FROM json_each(?1)))
    GROUP BY m.line_id) r ON r.line_id = l.id
WHERE o.id IN (SELECT value FROM json_each(?1))
    AND o.status IN ('draft', 'approved', 'sent', 'partly_received')
GROUP BY o.id HAVING sum(ifnull(r.came, 0)) > 0 ORDER BY o.id
"""
_LOT_CURE: Final = (
    "leave it blank, and receive it with `officeops order receive`, with lot and expiry"
)


class LineImport(Importer):
    """The import of order lines: its columns, the packs that rows name, and what they receive."""

    keys = (("order_id", "reference"), ("order_id", "item_id"))
    asks = PACK_WORDS
    # An order may have an item twice, for two places or as the vendor split it.
    counted = (("order_id", "item_id"),)
    whole_file = True
    fills = ("ordered_sku",)
    # What came in on an exported line is among the exported moves.
    follow = ("received", "outstanding", "vendor_sku")
    restores = ("cancelled", "by_hand", "ordered_sku")
    extra = (
        Field(
            "date",
            default=None,
            label="Received on",
            also=("date received", "receipt date"),
        ).named("received_on", "date"),
        Field(
            "quantity",
            default=None,
            label="Received",
            minimum=0,
            also=("quantity received", "qty received"),
        ).named("received", "int"),
        Field(
            "quantity",
            default=None,
            label="Rejected",
            minimum=0,
            also=("quantity rejected", "qty rejected", "rejected quantity", "rejected qty"),
            help="How many of the received units went back",
        ).named("rejected", "int"),
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._intake = Intake(office)
        self._packs = ItemPacks(office)
        self._receipts = LineReceipts(office, Finder(office))
        self._today = office.today.isoformat()
        #: The orders that got new lines.
        self._orders: set[int] = set()
        #: All orders of the file, also those whose lines the office had before.
        self._named: set[int] = set()

    def check(self, rows: list[Row]) -> Iterable[Wrong]:
        """Refuse what the commands refuse, and fill in pack sizes and the vendor's SKUs.

        The commands refuse too many packs, a receipt on an order that was not sent or of an
        impossible day, more rejected than received, and goods without their lot.
        """
        if "ordered_sku" not in self.given:
            named = [row for row in rows if row.values["order_id"] and row.values["item_id"]]
            self._keep_skus(named)
        # The packs of a piece are enough: a long file takes no more memory than a piece of it.
        self._packs.forget()
        yield from self._without_size(rows)
        good = [row for row in rows if not row.bad]
        for row in good:
            self._named.add(row.values["order_id"])
            yield from self._beyond_bounds(row)
        came = [row for row in good if received(row)]
        yield from self._not_sent([row for row in came if row.values["order_id"]])
        yield from self._without_lot([row for row in came if row.values["item_id"]])
        for row in good:
            yield from self._impossible_receipt(row)

    def _keep_skus(self, rows: list[Row]) -> None:
        """Fill in the vendor's SKU of today: the line keeps it, as a line drafted here does."""
        order_ids: set[int] = set()
        item_ids: set[int] = set()
        for row in rows:
            order_ids.add(row.values["order_id"])
            item_ids.add(row.values["item_id"])
        known = skus_of_orders(self.office, order_ids, item_ids)
        for row in rows:
            values = row.values
            key = (values["order_id"], values["item_id"], values["pack_size"])
            values["ordered_sku"] = known.get(key)

    # -- checks ------------------------------------------------------------------------------------

    def _without_size(self, rows: list[Row]) -> Iterator[Wrong]:
        """Fill in the size of each pack that a row only names; yield rows where nothing has it.

        The item knows it, or the pack's name says it.
        """
        named = [
            row for row in rows if self._says(row, "pack") and not self._says(row, "pack_size")
        ]
        self._packs.read(row.values["item_id"] for row in named)
        for row in named:
            try:
                pack = self._packs.named(row.values["item_id"], row.values["pack"])
            except ValueError as why:
                yield row, "pack", reason_of(why, "malformed")
                continue
            row.values |= {"pack": pack.name, "pack_size": pack.size}
            # The row has a size now, which is compared with a known line's.
            row.blank = tuple(name for name in row.blank if name != "pack_size")

    def _says(self, row: Row, name: str) -> bool:
        return name in self.given and name not in row.blank

    def _beyond_bounds(self, row: Row) -> Iterator[Wrong]:
        """Yield a row with more packs or more units than an order can have."""
        if row.values["packs"] > MOST_PACKS:
            yield row, "packs", Reason(f"is more than {MOST_PACKS:,}", code="out-of-range")
        elif received(row) > LARGEST:
            column = "received" if "received" in row.extra else "packs"
            yield row, column, Reason(f"is more than {LARGEST:,} base units", code="out-of-range")

    def _not_sent(self, rows: list[Row]) -> Iterator[Wrong]:
        """Yield rows of goods that came in on an order that was never sent."""
        if not rows:
            return
        order_ids = {row.values["order_id"] for row in rows}
        statuses: dict[int, str] = dict(self.office.rows(_STATUSES, id_list(order_ids)))
        for row in rows:
            status = statuses[row.values["order_id"]]
            if status not in CAME:
                order = f"{Order.meta.prefix}-{row.values['order_id']}"
                state = "a draft" if status == "draft" else status
                why = "goods can come in only on an order that was sent"
                yield (
                    row,
                    _receipt_column(row),
                    Reason(
                        f"must be blank, because {order} is {state}: {why}",
                        code="wrong-state",
                        facts={"state": status, "needed": sorted(CAME)},
                    ),
                )

    def _without_lot(self, rows: list[Row]) -> Iterator[Wrong]:
        """Yield rows of goods that come in lots and would be in stock.

        A file of lines has no column for the lot.
        """
        rows = [row for row in rows if self._intake.in_lots(row.values["item_id"])]
        days = self._receipts.days(rows)
        for row in rows:
            if not self._receipts.is_history(row, days):
                yield (
                    row,
                    "received",
                    Reason(f"is of an item that comes in lots; {_LOT_CURE}", code="lot-needed"),
                )

    def _impossible_receipt(self, row: Row) -> Iterator[Wrong]:
        """Yield a receipt of an impossible day, and one with more rejected than received."""
        day = str(row.extra.get("received_on") or self._today)
        if day > self._today:
            yield row, "received_on", Reason(f"is after today, {self._today}", code="out-of-range")
        elif day < EARLIEST:
            why = f"is before {EARLIEST}; correct the year, or leave it blank"
            yield row, "received_on", Reason(why, code="out-of-range")
        if row.extra.get("rejected", 0) > received(row):
            yield (
                row,
                "rejected",
                Reason(f"is more than the {received(row):,} received", code="out-of-range"),
            )

    # -- lines -------------------------------------------------------------------------------------

    def added(self, rows: list[Row]) -> None:
        """Book the goods that came in on new lines."""
        self._orders.update(row.values["order_id"] for row in rows)
        self._receipts.book(rows)

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the known lines on which other goods came in than the file says.

        `order receive` books what came since.
        """
        lines = {row.id: row for row in rows if row.extra.keys() & {"received", "received_on"}}
        if not lines:
            return {}
        booked: dict[int, int] = dict(self.office.rows(_RECEIVED, id_list(lines)))
        differing = {}
        for line_id, row in lines.items():
            if received(row) != booked.get(line_id, 0):
                differing[line_id] = [_receipt_column(row)]
        return differing

    def finish(self) -> Iterable[str]:
        """Give each order the state that its receipts bring, and say how stock changed.

        Orders whose lines come to another total than stated are named.
        """
        self.left += totals_apart(self.office, stated_totals(self.office, self._named))
        unsettled: list[tuple[int, Any]] = self.office.rows(_UNSETTLED, id_list(self._orders))
        for order_id, to_come in unsettled:
            order = self.office.get(Order, order_id)
            status = "partly_received" if to_come else "received"
            self.office.edit(order, managed=True, status=status)
        self.left += self._receipts.remarks()
        yield from self._receipts.summary()


def _receipt_column(row: Row) -> str:
    """Return the column by which a row says that goods came in."""
    return "received" if "received" in row.extra else "received_on"
