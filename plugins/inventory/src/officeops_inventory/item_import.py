"""Items come with opening balances: what is on hand, what is on order, who sells it and for how much.

Balances open on rows that create the item, never on one that is there already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import ref
from officeops.exchange.importer import Importer, Row
from officeops.fields import Field
from officeops_inventory.importing import BARCODE, PACK_NAME, PACK_SIZE, VENDOR, Finder, expiry_text
from officeops_inventory.model import Line, Move, Order, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_LOCATION: Field = ref("core.location", default=None, also=("room", "bin", "bin location", "storage"))

#: Extra columns that are a vendor's terms, and the column of Terms each fills.
TERMS = {"vendor_sku": "vendor_sku", "moq": "moq", "price": "price", "lead_days": "lead_days"}


class ItemImport(Importer):
    """The columns that only an item's import has."""

    extra = (
        VENDOR,
        Field(
            "text",
            default=None,
            label="Vendor SKU",
            also=("supplier sku", "vendor item number", "catalog number", "vendor part number"),
        ).named("vendor_sku", "str"),
        Field(
            "price",
            default=None,
            label="Price",
            minimum=0,
            also=("unit price", "pack price", "cost", "unit cost", "standard cost"),
        ).named("price", "int"),
        PACK_NAME,
        PACK_SIZE,
        BARCODE,
        Field(
            "quantity",
            default=None,
            label="MOQ",
            minimum=1,
            also=("minimum order quantity", "min order qty", "minimum reorder quantity"),
        ).named("moq", "int"),
        Field(
            "number",
            default=None,
            label="Lead days",
            minimum=0,
            maximum=3650,
            also=("lead time", "lead time days", "expected lead time days"),
        ).named("lead_days", "int"),
        Field(
            "quantity",
            default=None,
            label="On hand",
            minimum=0,
            also=(
                "stock",
                "in stock",
                "qty on hand",
                "quantity on hand",
                "qoh",
                "units in stock",
                "stock on hand",
                "current quantity",
                "current stock",
            ),
        ).named("on_hand", "int"),
        Field(
            "quantity",
            default=None,
            label="On order",
            minimum=0,
            also=("units on order", "qty on order", "quantity on order"),
        ).named("on_order", "int"),
        Field("text", default=None, label="Lot", also=("lot number", "lot no", "batch")).named("lot", "str"),
        Field(
            "date", default=None, month_end=True, label="Expires on", also=("expiry", "expiry date", "expiration date")
        ).named("expires_on", "date"),
        _LOCATION.named("location_id", "int"),
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self.find = Finder(office)
        self._orders: dict[int, int] = {}
        self._priceless = 0
        #: Each barcode of the file, and the item it is on there.
        self._barcodes: dict[str, str] = {}

    def look_up(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the vendors that rows name."""
        for row in rows:
            if named := row.extra.get("vendor"):
                try:
                    row.extra["vendors"] = self.find.vendors(named)
                except ValueError as why:
                    yield row, "vendor", str(why)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse an order without a vendor, and a barcode that another item has."""
        for row in rows:
            extra = row.extra
            if extra.get("on_order") and not extra.get("vendor"):
                yield row, "on_order", "needs a vendor, whose order it is"
            if (barcode := extra.get("barcode")) and (taken := self._bearer(barcode, row.values["sku"])):
                yield row, "barcode", f"is that of item {taken}"

    def _bearer(self, barcode: str, sku: str | None) -> str:
        """Return the other item that has a barcode, in the office or further up in the file."""
        there = self.office.value(
            "SELECT i.sku FROM inventory_pack p JOIN inventory_item i ON i.id = p.item_id "
            "WHERE p.barcode = ? AND p.archived_at IS NULL",
            barcode,
        )
        bearer = str(there or self._barcodes.setdefault(barcode, str(sku)))
        return "" if bearer == sku else bearer

    def added(self, rows: list[Row]) -> None:
        """Write terms, packs, the opening stock moves and the opening orders of new items."""
        rows = [row for row in rows if row.extra]
        packs = {row.id: self._pack(row) for row in rows}
        terms = [each for row in rows for each in self._terms(row, packs[row.id])]
        if terms:
            self.office.add_many(Terms, terms)
        self._open_stock([row for row in rows if row.extra.get("on_hand")])
        self._open_orders([row for row in rows if row.extra.get("on_order")])

    def _pack(self, row: Row) -> int | None:
        extra = row.extra
        if not (extra.get("pack_size") or extra.get("pack") or extra.get("barcode")):
            return None
        return self.find.pack(row.id, extra.get("pack"), extra.get("pack_size"), extra.get("barcode"))

    def _terms(self, row: Row, pack_id: int | None) -> Iterable[dict[str, Any]]:
        extra = row.extra
        vendors = extra.get("vendors", ())
        if not vendors and extra.get("price") is not None:
            self._priceless += 1
        given = {column: extra[name] for name, column in TERMS.items() if name in extra}
        for rank, vendor_id in enumerate(vendors, 1):
            yield {"item_id": row.id, "vendor_id": vendor_id, "pack_id": pack_id, "rank": rank, **given}

    def _open_stock(self, rows: list[Row]) -> None:
        today, place = self.office.today.isoformat(), self.find.place if rows else 0
        moves = [
            {
                "item_id": row.id,
                "kind": "opening",
                "quantity": row.extra["on_hand"],
                "location_id": row.extra.get("location_id") or place,
                "lot_id": self._lot(row) if "lot" in row.extra or "expires_on" in row.extra else None,
                "day": today,
            }
            for row in rows
        ]
        if moves:
            self.office.add_many(Move, moves)

    def _lot(self, row: Row) -> int | None:
        return self.find.lot(row.id, row.extra.get("lot"), expiry_text(row.extra.get("expires_on")))

    def _open_orders(self, rows: list[Row]) -> None:
        """Put what is on order on one order per vendor and file, already sent."""
        lines = [self._line(row) for row in rows]
        if lines:
            self.office.add_many(Line, lines)

    def _line(self, row: Row) -> dict[str, Any]:
        extra = row.extra
        size, quantity = extra.get("pack_size") or 1, extra["on_order"]
        whole = quantity % size == 0
        return {
            "order_id": self._order(extra["vendors"][0]),
            "item_id": row.id,
            "packs": quantity // size if whole else quantity,
            "pack_size": size if whole else 1,
            "pack": (extra.get("pack") or ("pack" if size > 1 else "each")) if whole else "each",
            # An open order for part of a pack has no price of its own.
            "price": extra.get("price") if whole else None,
        }

    def _order(self, vendor_id: int) -> int:
        if vendor_id not in self._orders:
            note = f"On order when {self.source.rpartition(':')[0] or 'the file'} was imported"
            made = Order(vendor_id=vendor_id, status="sent", ordered_on=self.office.today, note=note)
            self._orders[vendor_id] = self.office.add(made).id
        return self._orders[vendor_id]

    # -- items that are there -------------------------------------------------------------------------

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return which terms of a row are not what the item's are."""
        wanted = {row.id: row for row in rows if row.extra.get("vendors")}
        known = self._known(wanted)
        found: dict[int, list[str]] = {}
        for item_id, row in wanted.items():
            terms = known.get((item_id, row.extra["vendors"][0]))
            names = [name for name in TERMS if name in row.extra and (terms is None or terms[name] != row.extra[name])]
            if terms is None or names:
                found[item_id] = names or ["vendor"]
        return found

    def _known(self, items: Iterable[int]) -> dict[tuple[int, int], dict[str, Any]]:
        marks = ",".join(map(str, items))
        rows = self.office.rows(
            f"SELECT item_id, vendor_id, id, {', '.join(TERMS.values())} FROM inventory_terms "
            f"WHERE item_id IN ({marks}) AND archived_at IS NULL ORDER BY rank DESC"
        )
        return {row[:2]: {"id": row[2], **dict(zip(TERMS, row[3:], strict=True))} for row in rows}

    def updated(self, rows: list[Row]) -> None:
        """Change the terms of items that are there; a vendor that is new to an item comes after those it has."""
        changed = [row for row in rows if row.extra.get("vendors")]
        known = self._known(row.id for row in changed)
        for row in changed:
            given = {column: row.extra[name] for name, column in TERMS.items() if name in row.extra}
            for vendor_id in row.extra["vendors"][:1]:
                if terms := known.get((row.id, vendor_id)):
                    self.office.edit(self.office.get(Terms, terms["id"]), **given)
                else:
                    rank = 1 + (
                        self.office.value("SELECT max(rank) FROM inventory_terms WHERE item_id = ?", row.id) or 0
                    )
                    pack = self._pack(row)
                    self.office.add_many(
                        Terms, [{"item_id": row.id, "vendor_id": vendor_id, "pack_id": pack, "rank": rank, **given}]
                    )

    def finish(self) -> Iterable[str]:
        """Say what could not be kept."""
        if self._priceless:
            many = "price was" if self._priceless == 1 else "prices were"
            yield f"{self._priceless:,} {many} left out: a price is a vendor's, and those rows name none."
