"""Items come with opening balances: what is on hand, what is on order, who sells it and for how much.

Balances open on rows that create the item, never on one that is there already: what a file says otherwise of that is
named. Several rows may bring the lots and places of one item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Refused, ref, wording
from officeops.exchange.importer import Importer, Row
from officeops.fields import Field
from officeops.same import folded
from officeops_inventory.importing import BARCODE, PACK_NAME, PACK_SIZE, PACK_WORDS, VENDOR, Finder, expiry_text
from officeops_inventory.model import Item, Line, Lot, Move, Order, Pack, Terms
from officeops_inventory.pack_rows import PackRows
from officeops_inventory.stock_sheet import StockSheet
from officeops_inventory.vendor_offers import Asked, VendorOffers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.vendor_offers import Offer

_LOCATION: Field = ref("core.location", default=None, also=("room", "bin", "bin location", "storage"))

#: Extra columns that are a vendor's terms, under the names they have there.
TERMS = ("vendor_sku", "moq", "price", "lead_days")
#: Columns of which a further row of an item may bring another.
_SEVERAL = frozenset({"on_hand", "lot", "expires_on", "location_id", "vendors", "pack", "pack_size", "barcode"})
_PACK_COLUMNS = frozenset({"pack", "pack_size", "barcode"})
#: Begins the numbers of items that a file gives none.
_NUMBERED = "ITEM-"


class ItemImport(Importer):
    """The columns that only an item's import has."""

    extra = (
        VENDOR,
        Field(
            "text",
            default=None,
            label="Vendor SKU",
            also=(
                "supplier sku",
                "vendor item number",
                "vendor item no",
                "vendor item",
                "vendor product code",
                "vendor part number",
                "vendor code",
                "supplier code",
                "catalog number",
                "catalog no",
                "catalog",
                "cat no",
            ),
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
                "on hand qty",
                "stock level",
                "quantity",
                "qty",
                "count",
                "counted",
                "balance",
                "quantity available",
                "available",
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
            "date",
            default=None,
            month_end=True,
            label="Expires on",
            also=("expiry", "expiry date", "expiration date", "expires", "exp date", "exp", "use by", "best before"),
        ).named("expires_on", "date"),
        _LOCATION.named("location_id", "int"),
    )

    fills = ("sku",)
    asks = PACK_WORDS

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self.find = Finder(office)
        self._sheet = StockSheet(office, self.find)
        self._offers = VendorOffers(office)
        self._pack_rows = PackRows(office)
        #: Items with a lower id were there before the file.
        self._first_new = office.last_id(Item) + 1
        self._today = office.today.isoformat()
        self._orders: dict[int, int] = {}
        self._priceless = self._new_packs = self._further = 0
        #: Each barcode of the file, and the item it is on there.
        self._barcodes: dict[str, str] = {}
        #: The earlier row of each line that brings more of an item.
        self._firsts: dict[int, Row] = {}
        #: SKUs by item name, and the numbers given here: for rows without a SKU.
        self._skus: dict[str, str] | None = None
        self._numbered: list[str] = []

    def look_up(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the vendors that rows name."""
        for row in rows:
            if named := row.extra.get("vendor"):
                try:
                    row.extra["vendors"] = self.find.vendors(named)
                except ValueError as why:
                    yield row, "vendor", str(why)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Number what has no SKU; refuse an order without a vendor, and a barcode that another item has."""
        self._offers.clear()
        self._firsts.clear()
        for row in rows:
            extra = row.extra
            if row.values["sku"] is None and row.values["name"]:
                row.values["sku"] = self._sku(row.values["name"])
            if extra.get("on_order") and not extra.get("vendor"):
                yield row, "on_order", "needs a vendor, whose order it is"
            if (barcode := extra.get("barcode")) and (taken := self._bearer(barcode, row.values["sku"])):
                yield row, "barcode", f"is that of item {taken}"
        if "pack" in self.given:
            yield from self._pack_rows.sized(rows)
        if "base_unit" in self.given:
            yield from self._pack_rows.units(rows)

    def _sku(self, name: str) -> str:
        """Return the SKU of the item of a name, given here where it is new: half of what a practice buys has none."""
        if self._skus is None:
            rows = self.office.rows("SELECT name, sku FROM inventory_item WHERE archived_at IS NULL ORDER BY id DESC")
            self._skus = {folded(item): sku for item, sku in rows}
            self._next = 1 + max((_number(sku) for sku in self._skus.values()), default=0)
        key = folded(name)
        if key not in self._skus:
            self._skus[key] = f"{_NUMBERED}{self._next:04}"
            self._next += 1
            self._numbered.append(self._skus[key])
        return self._skus[key]

    def _bearer(self, barcode: str, sku: str | None) -> str:
        """Return the other item that has a barcode, in the office or further up in the file."""
        packs = self.office.some(Pack, self.office.alike(Pack, "barcode", barcode))
        there = next((self.office.get(Item, pack.item_id).sku for pack in packs), None)
        bearer = str(there or self._barcodes.setdefault(folded(barcode), str(sku)))
        return "" if folded(bearer) == folded(str(sku)) else bearer

    # -- new items --------------------------------------------------------------------------------------

    def added(self, rows: list[Row]) -> None:
        """Write terms, packs, the opening stock moves and the opening orders of new items."""
        rows = [row for row in rows if row.extra]
        packs = self._packs(rows) if self.given & _PACK_COLUMNS else {}
        terms = [each for row in rows for each in self._terms(row, packs.get(row.id))]
        if terms:
            self.office.add_many(Terms, terms)
        self._open_stock([row for row in rows if row.extra.get("on_hand")])
        self._open_orders([row for row in rows if row.extra.get("on_order")])

    def _packs(self, rows: list[Row]) -> dict[int, int]:
        """Make the packs of new items, all at once: an item that is new has none. Single units need no pack."""
        packed = []
        for row in rows:
            asked = _asked(row)
            if asked.name or asked.barcode or (asked.size or 1) > 1:
                packed.append((row.id, asked))
        packs = [
            {"item_id": item_id, "name": asked.name or "pack", "size": asked.size or 1, "barcode": asked.barcode}
            for item_id, asked in packed
        ]
        pack_ids = self.office.add_many(Pack, packs) if packs else []
        return {item_id: pack_id for (item_id, _), pack_id in zip(packed, pack_ids, strict=True)}

    def _terms(self, row: Row, pack_id: int | None) -> Iterable[dict[str, Any]]:
        extra = row.extra
        vendors = extra.get("vendors", ())
        if not vendors and extra.get("price") is not None:
            self._priceless += 1
        given = _given(row)
        for rank, vendor_id in enumerate(vendors, 1):
            yield {"item_id": row.id, "vendor_id": vendor_id, "pack_id": pack_id, "rank": rank, **given}

    def _open_stock(self, rows: list[Row]) -> None:
        if rows:
            lots = self._lots([row for row in rows if row.extra.keys() & {"lot", "expires_on"}])
            self.office.add_many(Move, [self._opening(row, lots.get(row.id)) for row in rows])

    def _opening(self, row: Row, lot_id: int | None) -> dict[str, Any]:
        return {
            "item_id": row.id,
            "kind": "opening",
            "quantity": row.extra["on_hand"],
            "location_id": row.extra.get("location_id") or self.find.place,
            "lot_id": lot_id,
            "day": self._today,
        }

    def _lots(self, rows: list[Row]) -> dict[int, int]:
        """Make the lots of new items, all at once: an item that is new has none."""
        lots = [
            {"item_id": row.id, "number": row.extra.get("lot") or ends, "expires_on": ends}
            for row in rows
            for ends in [expiry_text(row.extra.get("expires_on"))]
        ]
        lot_ids = self.office.add_many(Lot, lots) if lots else []
        return {row.id: lot_id for row, lot_id in zip(rows, lot_ids, strict=True)}

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
            "ordered_sku": extra.get("vendor_sku") if whole else None,
        }

    def _order(self, vendor_id: int) -> int:
        if vendor_id not in self._orders:
            note = f"On order when {self.source.rpartition(':')[0] or 'the file'} was imported"
            made = Order(vendor_id=vendor_id, status="sent", ordered_on=self.office.today, note=note)
            self._orders[vendor_id] = self.office.add(made).id
        return self._orders[vendor_id]

    # -- several rows of one item -----------------------------------------------------------------------

    def further(self, row: Row, first: Row) -> bool:
        """Whether a row may bring another lot, place, vendor or pack of an item; `brought` tells whether it does."""
        self._firsts[row.line] = first
        return bool(row.extra.keys() & _SEVERAL)

    def brought(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Open the further lots and places of items, and take in their further vendors and packs."""
        there = [row for row in rows if row.id < self._first_new]
        differing = self._sheet.differing(there)
        self.left += [
            f"line {row.line}: {row.values['sku']} differs in {' and '.join(differing[row.id])} and was left as it is."
            for row in there
            if row.id in differing
        ]
        for row in rows:
            if why := self._contradiction(row):
                yield row, *why
            elif row.id >= self._first_new:
                yield from self._bring(row)

    def _contradiction(self, row: Row) -> tuple[str, str] | None:
        """Return how a row contradicts the item's earlier row, or None: one item has one name and one set of levels."""
        first = self._firsts[row.line]
        for name, value in first.values.items():
            said = row.values[name]
            if name not in self.given or name in row.blank or said is None or said == value:
                continue
            if not _alike(said, value):
                return "sku", f"is the same as in an earlier row of the file, with another {name.replace('_', ' ')}"
        return None

    def _bring(self, row: Row) -> Iterable[tuple[Row, str, str]]:
        """Write what a row brings; yield why not, where it brings nothing or contradicts the earlier row."""
        try:
            fresh = self._further_stock(row)
            fresh = self._further_offer(row) or fresh
        except ValueError as why:
            yield row, "sku", str(why)
            return
        except Refused as why:
            yield from ((row, problem.field, problem.message) for problem in why.problems)
            return
        self._further += fresh
        if not fresh:
            yield row, "sku", "is the same as in an earlier row of the file"

    def _further_stock(self, row: Row) -> bool:
        """Open a further balance; whether the row is of another lot or place. Raises ValueError for one that is open."""
        extra = row.extra
        place = extra.get("location_id") or self.find.place
        lot_id = self.find.lot(row.id, extra.get("lot"), expiry_text(extra.get("expires_on")))
        open_already = self.office.value(
            "SELECT quantity FROM inventory_stock WHERE item_id = ? AND location_id = ? AND lot_id IS ?",
            row.id,
            place,
            lot_id,
        )
        quantity = extra.get("on_hand")
        if open_already is not None and quantity and not extra.get("vendors"):
            raise ValueError("is the same as in an earlier row of the file")
        if quantity and open_already is None:
            self.office.add_many(Move, [self._opening(row, lot_id)])
        return open_already is None and (quantity is not None or lot_id is not None)

    def _further_offer(self, row: Row) -> bool:
        """Add a further vendor or pack; whether the row has one. Raises ValueError where it contradicts an earlier row."""
        vendors = row.extra.get("vendors", ())[:1]
        if not vendors:
            return bool(row.extra.get("barcode") and self._offers.pack(row.id, _asked(row)))
        offer = self._offers.find(row.id, vendors[0], _asked(row, self.given))
        if offer is None:
            self._add_offer(row, vendors[0], self._offers.last_rank(row.id) + 1)
            return True
        differing = _differing(row, offer)
        if differing:
            raise ValueError(
                f"is the same as in an earlier row of the file, with another {differing[0].replace('_', ' ')}"
            )
        return False

    def _add_offer(self, row: Row, vendor_id: int, rank: int) -> None:
        pack_id = self._offers.pack(row.id, _asked(row))
        self._offers.add([{"item_id": row.id, "vendor_id": vendor_id, "pack_id": pack_id, "rank": rank, **_given(row)}])

    # -- items that are there -------------------------------------------------------------------------

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return where a row says other stock or other orders than are on record."""
        return self._sheet.differing(rows)

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return which terms, packs and barcodes of a row are not what the item's are."""
        self._offers.read(row.id for row in rows if row.extra.keys() & {"vendors", "barcode"})
        differing: dict[int, list[str]] = {}
        for row in rows:
            names = []
            if row.extra.get("vendors"):
                names = self._differing_terms(row)
            if (barcode := row.extra.get("barcode")) and not self._offers.has_barcode(row.id, barcode):
                names.append("barcode")
            if names:
                differing[row.id] = names
        return differing

    def _differing_terms(self, row: Row) -> list[str]:
        """Return where a row's terms differ; of a vendor or a pack that is new to the item, all it says of it."""
        vendor_id = row.extra["vendors"][0]
        try:
            offer = self._offers.find(row.id, vendor_id, _asked(row, self.given))
        except ValueError:
            return ["pack"]
        if offer is not None:
            return _differing(row, offer)
        if not self._offers.of(row.id, vendor_id):
            return ["vendor"]
        packs = [name for name in ("pack", "pack_size", "barcode") if name in row.extra]
        return [*packs, *_given(row)]

    def updated(self, rows: list[Row]) -> None:
        """Change the terms of items that are there; a vendor that is new to an item comes after those it has."""
        for row in rows:
            if row.extra.get("vendors"):
                self._update_terms(row, row.extra["vendors"][0])
            elif row.extra.get("barcode"):
                self._take_barcode(row)

    def _update_terms(self, row: Row, vendor_id: int) -> None:
        """Change the terms a row is about. Another pack of the vendor goes before the one it sold so far.

        The file says what the vendor sells now: the price of the older pack must not be ordered at because it is lower.
        """
        try:
            offer = self._offers.find(row.id, vendor_id, _asked(row, self.given))
            if offer is None and self._offers.of(row.id, vendor_id):
                self._add_offer(row, vendor_id, self._offers.make_way(row.id, vendor_id))
                self._new_packs += 1
            elif offer is None:
                self._add_offer(row, vendor_id, self._offers.last_rank(row.id) + 1)
            elif _differing(row, offer) or row.extra.get("barcode"):
                changes = _given(row)
                if "pack_size" in row.extra and row.extra["pack_size"] != offer.size:
                    changes["pack_id"] = self._offers.pack(row.id, _asked(row))
                elif row.extra.get("barcode"):
                    self._offers.pack(row.id, _asked(row)._replace(name=offer.pack, size=offer.size))
                self._offers.edit(offer, **changes)
        except (ValueError, Refused) as why:
            self._not_taken(row, why)

    def _take_barcode(self, row: Row) -> None:
        try:
            self._offers.pack(row.id, _asked(row))
        except (ValueError, Refused) as why:
            self._not_taken(row, why)

    def _not_taken(self, row: Row, why: Exception) -> None:
        self.left.append(f"line {row.line}: {row.values['sku']}: the pack and terms were left, as the row {why}.")

    def finish(self) -> Iterable[str]:
        """Say what could not be kept, and what was decided."""
        self.left += self._sheet.sentences()
        if self._priceless:
            many = "price was" if self._priceless == 1 else "prices were"
            self.left.append(f"{self._priceless:,} {many} left out: a price is a vendor's, and those rows name none.")
        if self._new_packs:
            packs = wording.count(self._new_packs, "new pack")
            yield f"{packs} of vendors that sold another pack so far: the new one is ordered, the other one comes after it."
        if self._further:
            yield f"{wording.count(self._further, 'further row')}: more lots, places, vendors or packs of items above."
        if self._numbered:
            first, last = self._numbered[0], self._numbered[-1]
            items = wording.count(len(self._numbered), "item")
            yield f"{items} without a SKU: numbered {first if first == last else f'{first} to {last}'}."


def _alike(said: object, value: object) -> bool:
    """Whether two texts of a file are the same to people."""
    return isinstance(said, str) and isinstance(value, str) and folded(said) == folded(value)


def _asked(row: Row, given: frozenset[str] = frozenset()) -> Asked:
    """Return what a row says of its pack; a blank cell of a file that has pack sizes is a single unit."""
    extra = row.extra
    size = extra.get("pack_size")
    if size is None and "pack_size" in given and not extra.get("pack"):
        size = 1
    return Asked(extra.get("vendor_sku"), extra.get("pack"), size, extra.get("barcode"))


def _given(row: Row) -> dict[str, Any]:
    """Return the terms that a row gives."""
    return {name: row.extra[name] for name in TERMS if name in row.extra}


def _differing(row: Row, offer: Offer) -> list[str]:
    """Return which terms a row gives otherwise than an offer on record has them."""
    names = [name for name, value in _given(row).items() if getattr(offer, name) != value]
    if row.extra.get("pack_size") not in {None, offer.size}:
        names.insert(0, "pack_size")
    return names


def _number(sku: str) -> int:
    """Return the number of a SKU that was given here; 0 for any other."""
    tail = sku.removeprefix(_NUMBERED)
    return int(tail) if tail != sku and tail.isdecimal() and len(tail) < 10 else 0
