"""Purchase orders and their lines from elsewhere, with what was received on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.importer import Importer, Row
from officeops.model.fields import Field
from officeops.values import wording
from officeops_inventory.declared.amounts import STILL_TO_COME
from officeops_inventory.declared.order_lifecycle import CAME, MOST_PACKS
from officeops_inventory.imports.finder import PACK_WORDS, Finder
from officeops_inventory.imports.pack_names import ItemPacks
from officeops_inventory.model import Move, Order
from officeops_inventory.purchasing.receipts import OVER_DELIVERY
from officeops_inventory.purchasing.totals import stated_totals, totals_apart, with_lines
from officeops_inventory.purchasing.vendor_skus import skus_of_orders
from officeops_inventory.stock.intake import Intake, homes
from officeops_inventory.stock.ledger import LARGEST
from officeops_inventory.stock.past import EARLIEST, Past, id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class OrderImport(Importer):
    """Orders may arrive in any state: their life began elsewhere."""

    may_set = ("status",)
    keys = (("reference",),)
    fills = ("stated_total",)
    # The lines of an order are a file of their own, imported after it.
    later = ("lines", "unpriced")
    extra = (
        Field("money", default=None, label="Total", also=("order total", "po total")).named(
            "total", "int"
        ),
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: What the file says that orders come to, by their ids; None for one of which it says nothing.
        self._stated: dict[int, int | None] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse an order without its number: it could not be told from another. A new one keeps its total as stated."""
        for row in rows:
            row.values["stated_total"] = row.extra.get("total")
            if row.values["reference"] is None:
                yield row, "reference", "is needed to know the order again"

    def added(self, rows: list[Row]) -> None:
        """Take in what new orders come to."""
        self._stated |= {row.id: row.extra.get("total") for row in rows}

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Take in what orders on record come to by the file; the end of the file tells which do not."""
        self._stated |= {row.id: row.extra.get("total") for row in rows}
        return {}

    def said(self, record_id: int) -> dict[str, Any] | None:
        """Return the total that an earlier row stated."""
        if record_id not in self._stated:
            return None
        total = self._stated[record_id]
        return {} if total is None else {"total": total}

    def finish(self) -> Iterable[str]:
        """Name the orders whose lines come to something else, and say which totals wait for their lines."""
        stated = {order_id: total for order_id, total in self._stated.items() if total is not None}
        if not stated:
            return
        compared = with_lines(self.office, stated)
        self.left += totals_apart(
            self.office, {order_id: stated[order_id] for order_id in compared}
        )
        if waiting := len(stated) - len(compared):
            yield f"{wording.count(waiting, 'total')} kept, to be compared when the lines are imported."


class LineImport(Importer):
    """The columns that only an import of order lines has."""

    keys = (("order_id", "reference"), ("order_id", "item_id"))
    asks = PACK_WORDS
    # An order may have an item twice, for two places or as the vendor split it.
    counted = (("order_id", "item_id"),)
    whole_file = True
    fills = ("ordered_sku",)
    extra = (
        Field(
            "date", default=None, label="Received on", also=("date received", "receipt date")
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
            help="Of what was received, what went back",
        ).named("rejected", "int"),
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._find = Finder(office)
        self._past = Past(office)
        self._intake = Intake(office)
        self._packs = ItemPacks(office)
        #: Where goods of an item go unless a row says, settled once for the whole file.
        self._homes: dict[int, int] = {}
        self._today = office.today.isoformat()
        self._orders: set[int] = set()
        #: All orders of the file, those whose lines are on record already too.
        self._named: set[int] = set()
        #: What is said at the end: receipts kept as history, those that moved stock, by how much, and for what items.
        self._history = self._booked = self._units = self._same_day = self._rejected = (
            self._over
        ) = 0
        self._items: set[int] = set()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse what the commands refuse: too many packs, receipts on an order that is not sent, or of a day none can have.

        More that went back than came is refused too, and goods without their lot.
        """
        self._keep_skus([row for row in rows if row.values["order_id"] and row.values["item_id"]])
        self._packs.forget()
        yield from self._without_size(rows)
        rows = [row for row in rows if not row.bad]
        self._named.update(row.values["order_id"] for row in rows)
        yield from self._beyond_bounds(rows)
        yield from self._not_sent(
            [row for row in rows if row.values["order_id"] and self._came(row)]
        )
        yield from self._without_lot(
            [row for row in rows if row.values["item_id"] and self._came(row)]
        )
        for row in rows:
            day, extra = str(row.extra.get("received_on") or self._today), row.extra
            if day > self._today:
                yield row, "received_on", f"is after today, {self._today}"
            elif day < EARLIEST:
                yield (
                    row,
                    "received_on",
                    f"is before {EARLIEST}; correct the year, or leave it blank",
                )
            if extra.get("rejected", 0) > self._came(row):
                yield row, "rejected", f"is more than the {self._came(row):,} received"

    def _keep_skus(self, rows: list[Row]) -> None:
        """Fill in the vendor's SKU that is known today: the line keeps it, as one that is drafted here does."""
        orders, items = ({row.values[name] for row in rows} for name in ("order_id", "item_id"))
        known = skus_of_orders(self.office, orders, items)
        for row in rows:
            values = row.values
            values["ordered_sku"] = known.get(
                (values["order_id"], values["item_id"], values["pack_size"])
            )

    def _without_size(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Fill in the size of each pack that a row names alone, as the item has it or the name says; yield those with neither."""
        named = [
            row for row in rows if self._says(row, "pack") and not self._says(row, "pack_size")
        ]
        self._packs.read(row.values["item_id"] for row in named)
        for row in named:
            try:
                pack = self._packs.named(row.values["item_id"], row.values["pack"])
            except ValueError as why:
                yield row, "pack", str(why)
            else:
                row.values |= {"pack": pack.name, "pack_size": pack.size}
                row.blank = tuple(name for name in row.blank if name != "pack_size")

    def _says(self, row: Row, name: str) -> bool:
        return name in self.given and name not in row.blank

    def _beyond_bounds(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        for row in rows:
            if row.values["packs"] > MOST_PACKS:
                yield row, "packs", f"is more than {MOST_PACKS:,}"
            elif self._came(row) > LARGEST:
                yield (
                    row,
                    "received" if "received" in row.extra else "packs",
                    f"is more than {LARGEST:,} base units",
                )

    def _not_sent(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield rows of goods that came in on an order that was never sent."""
        if not rows:
            return
        sql = "SELECT id, status FROM inventory_order WHERE id IN (SELECT value FROM json_each(?))"
        statuses: dict[int, str] = dict(
            self.office.rows(sql, id_list({row.values["order_id"] for row in rows}))
        )
        for row in rows:
            status = statuses[row.values["order_id"]]
            if status not in CAME:
                order = f"{Order.meta.prefix}-{row.values['order_id']}"
                column = "received" if "received" in row.extra else "received_on"
                yield (
                    row,
                    column,
                    f"cannot be: {order} is {status}, and goods come in on an order that is sent",
                )

    def _without_lot(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield rows of goods that come in lots and would be in stock: a file of lines has no column for the lot."""
        rows = [row for row in rows if self._intake.in_lots(row.values["item_id"])]
        days = self._days(rows)
        for row in rows:
            if not self._is_history(row, days):
                how = "leave it blank, and receive it with `officeops order receive`, with lot and expiry"
                yield row, "received", f"is of an item that comes in lots; {how}"

    @staticmethod
    def _came(row: Row) -> int:
        """Return what came in on a row: all of a line that names the day it came, unless it says how much."""
        ordered: int = row.values["packs"] * row.values["pack_size"]
        came: int = row.extra.get("received", ordered if row.extra.get("received_on") else 0)
        return came

    def added(self, rows: list[Row]) -> None:
        """Book what came in on new lines, and what of it went back."""
        self._orders.update(row.values["order_id"] for row in rows)
        received = [row for row in rows if self._came(row)]
        if not received:
            return
        days = self._days(received)
        moves: list[dict[str, Any]] = []
        for row in received:
            moves += self._moves(row, days[id(row)])
        self.office.add_many(Move, moves)

    def _days(self, rows: list[Row]) -> dict[int, str]:
        """Return the day each row's goods came, by the row's identity, with what is known of their items read."""
        item_ids = {row.values["item_id"] for row in rows}
        self._past.read(item_ids)
        self._homes |= homes(self.office, item_ids - self._homes.keys())
        expected = self._days_of_orders({row.values["order_id"] for row in rows})
        days = {}
        for row in rows:
            day = str(
                row.extra.get("received_on") or expected.get(row.values["order_id"]) or self._today
            )
            days[id(row)] = min(day, self._today)
        return days

    def _place(self, row: Row) -> int:
        """Return where a row's goods went: the place it names, else where the item lives."""
        values = row.values
        place: int = values["location_id"] or self._homes.get(values["item_id"]) or self._find.place
        return place

    def _is_history(self, row: Row, days: dict[int, str]) -> bool:
        """Whether a row's goods came before the balance, which has them in it already."""
        return days[id(row)] < self._past.begins(row.values["item_id"], self._place(row))

    def _days_of_orders(self, order_ids: set[int]) -> dict[int, str | None]:
        """Return the day each order was expected or made: as near as is known to when it came, where no row says."""
        sql = (
            "SELECT id, ifnull(expected_on, ordered_on) FROM inventory_order "
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        return dict(self.office.rows(sql, id_list(order_ids)))

    def _moves(self, row: Row, day: str) -> Iterable[dict[str, Any]]:
        """Yield the receipt of a row and what went back of it; both are history if the balance has them in it."""
        values, came = row.values, self._came(row)
        place = self._place(row)
        begins = self._past.begins(values["item_id"], place)
        history = day < begins
        over = came > values["packs"] * values["pack_size"]
        move = {"item_id": values["item_id"], "location_id": place, "day": day, "history": history}
        yield {
            **move,
            "kind": "receive",
            "quantity": came,
            "line_id": row.id,
            "note": OVER_DELIVERY if over else None,
        }
        rejected = row.extra.get("rejected") or 0
        if rejected:
            yield {
                **move,
                "kind": "return",
                "quantity": -rejected,
                "line_id": None,
                "note": "rejected when it came",
            }
        self._rejected += rejected
        self._history += history
        if not history:
            self._over += over
            self._booked += 1
            self._units += came - rejected
            self._items.add(values["item_id"])
            self._same_day += day == begins

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the lines on which other goods came in than the file says: `order receive` books what came since."""
        told = {row.id: row for row in rows if row.extra.keys() & {"received", "received_on"}}
        sql = (
            "SELECT line_id, sum(quantity) FROM inventory_move "
            "WHERE line_id IN (SELECT value FROM json_each(?)) GROUP BY line_id"
        )
        received: dict[int, int] = dict(self.office.rows(sql, id_list(told))) if told else {}
        differing = {}
        for line_id, row in told.items():
            if self._came(row) != received.get(line_id, 0):
                differing[line_id] = ["received" if "received" in row.extra else "received_on"]
        return differing

    def finish(self) -> Iterable[str]:
        """Bring each order's state in line with what came in on it; say what became of stock, and which totals differ."""
        self.left += totals_apart(self.office, stated_totals(self.office, self._named))
        for order_id, short in self._unsettled():
            order = self.office.get(Order, order_id)
            self.office.edit(order, managed=True, status="partly_received" if short else "received")
        if self._same_day:
            self.left.append(
                f"{wording.count(self._same_day, 'receipt')} of the day of the opening balance or count, added to stock: "
                "look whether the balance has them in it already."
            )
        if self._over:
            self.left.append(
                f"{wording.count(self._over, 'receipt')} of more than was ordered, added to stock as over-delivery: "
                "count what came."
            )
        if self._history or self._booked:
            yield self._stock()
        if self._rejected:
            yield f"Rejected: {self._rejected:,} units, booked as returned."

    def _stock(self) -> str:
        changed = "On hand: unchanged"
        if self._booked:
            items = wording.count(len(self._items), "item")
            changed = (
                f"On hand: {self._units:+,} of {items} by {wording.count(self._booked, 'receipt')}"
            )
        if not self._history:
            return f"{changed}."
        receipts = wording.count(self._history, "receipt")
        return f"{changed}; {receipts} from before the opening balance or count kept as history."

    def _unsettled(self) -> list[tuple[int, int]]:
        """Return the open orders on which goods came, each with what is still to come; all of them in one query."""
        sql = f"""
        SELECT o.id, sum({STILL_TO_COME.format(received="ifnull(r.came, 0)")})
        FROM inventory_order o JOIN inventory_line l ON l.order_id = o.id AND l.archived_at IS NULL
        LEFT JOIN (
            SELECT m.line_id, sum(m.quantity) AS came FROM inventory_move m WHERE m.line_id IN (
                SELECT k.id FROM inventory_line k WHERE k.order_id IN (SELECT value FROM json_each(?1)))
            GROUP BY m.line_id) r ON r.line_id = l.id
        WHERE o.id IN (SELECT value FROM json_each(?1)) AND o.status IN ('draft', 'approved', 'sent', 'partly_received')
        GROUP BY o.id HAVING sum(ifnull(r.came, 0)) > 0 ORDER BY o.id
        """
        return self.office.rows(sql, id_list(self._orders))
