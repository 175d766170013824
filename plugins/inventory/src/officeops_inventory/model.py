"""What the office keeps of its supplies. Quantities are whole numbers of an item's base unit, money is in minor units."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from officeops import Expiry, Location, Part, Problem, Record, choice, computed, field, ref
from officeops.model.declarations import named
from officeops.model.text_folding import folded
from officeops.values import wording
from officeops.values.wording import units
from officeops_inventory.declared import pack_twins
from officeops_inventory.declared.amounts import LINE_AMOUNT, OUTSTANDING, TOTAL, UNKNOWN, UNPRICED
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.declared.ordered_sku import SHOWN
from officeops_inventory.declared.usable import AVAILABLE, STATES, is_usable, state_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops import Office

#: How files name the item a row is about.
ITEM_NAMES = (
    "product",
    "sku",
    "product id",
    "product code",
    "item id",
    "item code",
    "item number",
    "product number",
    "item no",
    "part number",
)
#: How files name a least quantity.
MINIMUM_NAMES = (
    "min",
    "min quantity",
    "min qty",
    "minimum quantity",
    "min amount",
    "minimum amount",
    "min level",
    "minimum level",
)
#: What an order does to its lines and a ledger to its moves: above the records, so named, and loaded when it is done.
_REPRICE = "officeops_inventory.purchasing.repricing:reprice"
_BALANCE_OUT = "officeops_inventory.stock.reversal:balance_out"
_ON_HAND = "(SELECT ifnull(sum(s.quantity), 0) FROM inventory_stock s WHERE s.{} = t.id)"
_BELOW_ZERO = (
    "(SELECT sum(s.quantity) FROM inventory_stock s WHERE s.item_id = t.id AND s.quantity < 0)"
)
#: A lot of which something stands on some shelf; what is missing elsewhere does not make up for it.
_ON_A_SHELF = "EXISTS (SELECT 1 FROM inventory_stock s WHERE s.lot_id = t.id AND s.quantity > 0)"
#: Base units of a line that are still to come; blank for an order that was never sent for, or is settled.
_OUTSTANDING = f"""(SELECT iif(o.status IN ('approved', 'sent', 'partly_received'),
    {OUTSTANDING}, iif(o.status = 'draft', NULL, 0))
FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id WHERE l.id = t.id)"""


#: What counts an item in base units, and how many of each there are.
_IN_UNITS = ("move", "order line")
_UNIT_USES = """
SELECT (SELECT count(*) FROM inventory_move WHERE item_id = ?1),
    (SELECT count(*) FROM inventory_line WHERE item_id = ?1 AND archived_at IS NULL)
"""


def _levels_in_order(record: Item | Level) -> Iterable[Problem]:
    """Refuse to order up to less than what orders are for."""
    top, point = record.order_up_to, record.reorder_point
    if top is not None and point is not None and top < point:
        yield Problem(f"is below the reorder point of {point}", "order_up_to")


class Item(
    Record,
    key="inventory.item",
    display="name",
    also=("article", "goods", "product", "supply", "supplies"),
):
    """A supply the office stocks.

    Its SKU is its own alone. Its name may be another's: lists of real offices have one name with several SKUs (a glove by size),
    and a look-up by such a name says which items it fits.
    """

    sku: str = field(
        label="SKU",
        unique=True,
        search=True,
        list_rank=2,
        also=(
            "item number",
            "item no",
            "item code",
            "product code",
            "product id",
            "product number",
            "code",
            "part number",
            "stock number",
            "material number",
            "article number",
            "id",
            "key",
            # Where nothing else tells items apart, what vendors call them does.
            "catalog number",
        ),
        help="The office's own number for it",
    )
    name: str = field(
        search=True,
        list_rank=1,
        also=(
            "item",
            "product",
            "item name",
            "product name",
            "title",
            "item description",
            "product description",
        ),
    )
    description: str | None = field(
        kind="long_text", default=None, hidden=True, also=("details", "item description")
    )
    category: str | None = field(
        default=None, list_rank=5, also=("group", "product category", "category name", "family")
    )
    base_unit: str = field(
        default="each", list_rank=7, also=("unit", "uom", "unit of measure", "stock unit")
    )
    reorder_point: int | None = field(
        kind="quantity",
        default=None,
        minimum=0,
        list_rank=4,
        also=(
            "reorder level",
            "reorder at",
            "reorder quantity level",
            # Taken as a level between two others alone; elsewhere it is asked about (ItemImport.doubts).
            "reorder quantity",
            "reorder qty",
            "reorder",
            "order point",
            "rop",
            # A sheet of two levels reorders at its minimum; one of three has a column for that, taken first.
            *MINIMUM_NAMES,
        ),
        help="Order when the stock position is at or below this",
    )
    minimum: int | None = field(
        kind="quantity",
        default=None,
        minimum=0,
        list_rank=8,
        also=(*MINIMUM_NAMES, "minimum stock"),
        help="Warn when usable stock is below this",
    )
    order_up_to: int | None = field(
        kind="quantity",
        default=None,
        minimum=0,
        list_rank=6,
        also=(
            "max",
            "par",
            "par level",
            "target",
            "target level",
            "max quantity",
            "max qty",
            "maximum quantity",
            "maximum",
            "max amount",
            "maximum amount",
            "max level",
            "par qty",
            "maximum stock",
        ),
        help="Order up to this level",
    )
    maximum_is_hard: bool = field(
        default=False, list_rank=9, also=("hard maximum", "hard max"), help="Never order above it"
    )
    safety_stock: int | None = field(
        kind="quantity", default=None, minimum=0, list_rank=9, also=("safety qty", "buffer stock")
    )
    shelf_life_days: int | None = field(
        default=None, minimum=1, unit="days", list_rank=9, also=("shelf life",)
    )
    discontinued: bool = field(
        default=False, list_rank=8, help="Never ordered again", also=("inactive", "obsolete")
    )

    computed = (
        computed(
            "on_hand", _ON_HAND.format("item_id"), kind="quantity", label="On hand", list_rank=3
        ),
        computed(
            "below_zero",
            _BELOW_ZERO,
            kind="quantity",
            label="Below zero",
            list_rank=4,
            help="Sum of the balances below zero: the record is wrong there; count it",
        ),
    )
    importer = "officeops_inventory.imports.items:ItemImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse levels that contradict each other, and another base unit under quantities that are on record."""
        if self.id:
            yield from self._unit_kept(office)
        yield from _levels_in_order(self)

    def _unit_kept(self, office: Office) -> Iterable[Problem]:
        """Refuse another base unit while there are quantities in the one there was: 15,000 g would read 15,000 kg."""
        before = office.value("SELECT base_unit FROM inventory_item WHERE id = ?", self.id)
        if before is None or folded(before) == folded(self.base_unit):
            return
        uses = [
            wording.count(count, noun)
            for noun, count in zip(_IN_UNITS, office.rows(_UNIT_USES, self.id)[0], strict=True)
            if count
        ]
        if uses:
            cure = "Add an item for the other unit, and discontinue this one"
            why = f"cannot change from {before}, the unit of {wording.listing(uses)}. {cure}"
            yield Problem(why, "base_unit")

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Find an item by the barcode of any of its packs."""
        from officeops_inventory.declared.barcode_spellings import (
            spellings,
        )  # needed by few commands

        packs = office.some(Pack, office.alike(Pack, "barcode", *spellings(text)))
        return list(dict.fromkeys(pack.item_id for pack in packs))

    def keep(self, office: Office) -> str | None:
        """Keep an item in sight while there is stock of it."""
        balances = "SELECT sum(quantity), count(*) FROM inventory_stock WHERE item_id = ? AND quantity <> 0"
        [(total, some)] = office.rows(balances, self.id)
        if not some:
            return None
        return f"{units(total, self.base_unit)} on hand; use or discard them first, or mark it discontinued"


class Pack(
    Record,
    key="inventory.pack",
    display="name",
    unique_together=(("item_id", "name", "size"),),
    triggers=pack_twins.TRIGGERS,
):
    """A package that an item comes in, such as a box of 100.

    Every item may have a box, so a pack is looked up inside its item.
    """

    importer = "officeops_inventory.imports.packs:PackImport"

    item_id: int = ref("inventory.item", fixed=True, list_rank=1, also=ITEM_NAMES)
    name: str = field(
        default="pack", list_rank=2, also=("package", "package type", "pack name", "unit")
    )
    size: int = field(
        kind="quantity",
        minimum=1,
        list_rank=3,
        also=("pack size", "quantity", "quantity per package", "units"),
        help="Base units in it",
    )
    barcode: str | None = field(
        default=None,
        unique=True,
        search=True,
        list_rank=4,
        also=("gtin", "upc", "ean", "ndc", "udi", "bar code"),
    )

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Find a pack by its name and size: box of 100, where an item has a box of 50 too."""
        name, of, size = text.rpartition(" of ")
        if of and size.strip().isdecimal() and len(size) < 10:
            packs = office.some(cls, office.alike(cls, "name", name))
            yield from (pack.id for pack in packs if pack.size == int(size))

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse another size under a price, a barcode that is another pack's, whatever zeros it is written with, and its name.

        What was asked for a box of 100 would be asked for a box of 200.
        """
        sql = "SELECT size, barcode, name FROM inventory_pack WHERE id = ?"
        [(before, barcode, name)] = (office.rows(sql, self.id) if self.id else []) or [
            (None, None, None)
        ]
        if self.barcode and self.barcode != barcode:
            yield from self._barcode_taken(office)
        if self.name != name:
            yield from self._name_taken(office)
        if before in {None, self.size}:
            return
        priced = office.value(
            "SELECT count(*) FROM inventory_terms WHERE pack_id = ? AND price IS NOT NULL AND archived_at IS NULL",
            self.id,
        )
        if priced:
            terms = wording.count(priced, "price")
            yield Problem(
                f"cannot change: {terms} of vendors are for {before:,}. Add a pack of {self.size:,}",
                "size",
            )

    def _name_taken(self, office: Office) -> Iterable[Problem]:
        size = pack_twins.name_twin(office, self.id, self.item_id, self.name)
        # One of the same size is refused as what is unique together is.
        if size is not None and size != self.size:
            why = f"says a size, and is the name of a pack of {size:,} of this item. Give this one another name"
            yield Problem(why, "name")

    @classmethod
    def doubles(cls, office: Office) -> Iterable[tuple[str, str]]:
        """Yield packs with one barcode in two spellings, and those whose name says the size of another."""
        return pack_twins.doubles(office)

    def _barcode_taken(self, office: Office) -> Iterable[Problem]:
        from officeops_inventory.declared.barcode_spellings import spellings

        others = office.some(Pack, office.alike(Pack, "barcode", *spellings(self.barcode or "")))
        twin = next(
            (other for other in others if other.id != self.id and other.archived_at is None), None
        )
        # One that is written alike is refused as every unique value is.
        if twin and folded(str(twin.barcode)) != folded(str(self.barcode)):
            whose = f"{twin.name} of {twin.size:,} of {office.label(Item, twin.item_id)}"
            yield Problem(
                f"is that of {whose}, written {twin.barcode}. A barcode is one pack's", "barcode"
            )


class Terms(
    Record,
    key="inventory.terms",
    noun="vendor-terms",
    former_nouns=("terms",),
    also=("price", "prices"),
    group="Vendors",
    label="Vendor terms",
    plural="Vendor terms",
    display="vendor_sku",
    sort="item_id,rank",
    unique_together=(("item_id", "vendor_id", "pack_id"),),
):
    """A vendor's price, pack and lead time for an item."""

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    vendor_id: int = ref(
        "vendors.vendor", list_rank=1, also=("supplier", "supplier name", "vendor name")
    )
    vendor_sku: str | None = field(
        label="Vendor SKU",
        default=None,
        search=True,
        list_rank=3,
        also=("supplier sku", "vendor item number", "supplier item no", "catalog number"),
    )
    pack_id: int | None = ref(
        "inventory.pack",
        default=None,
        within="item_id",
        list_rank=4,
        help="The pack it sells; blank is a single unit",
    )
    moq: int = field(
        label="MOQ",
        kind="quantity",
        default=1,
        minimum=1,
        list_rank=6,
        also=("minimum order quantity", "min order qty"),
        help="Least order, in packs",
    )
    price: int | None = field(
        kind="price",
        default=None,
        minimum=0,
        list_rank=2,
        also=("pack price", "package price", "unit price", "cost"),
        help="Per pack",
    )
    price_from: date | None = field(default=None, list_rank=8, also=("valid from",))
    price_until: date | None = field(
        default=None, list_rank=8, also=("valid until", "valid to", "contract price valid until")
    )
    lead_days: int | None = field(
        default=None, minimum=0, maximum=3650, unit="days", list_rank=7, also=("lead time",)
    )
    rank: int = field(
        default=1, minimum=1, list_rank=5, help="1 is asked first", also=("preference",)
    )

    importer = "officeops_inventory.imports.terms:TermsImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a pack of another item, and prices that end before they begin."""
        if self.pack_id and office.get(Pack, self.pack_id).item_id != self.item_id:
            yield Problem("is a pack of another item", "pack")
        if self.price_from and self.price_until and self.price_until < self.price_from:
            yield Problem("is before the price begins", "price_until")


class Level(
    Record,
    key="inventory.level",
    noun="stock-level",
    former_nouns=("level",),
    also=("minimum", "par"),
    label="Stock level",
    display="item_id",
    unique_together=(("item_id", "location_id"),),
):
    """Levels of an item at one location, in place of the item's own."""

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    location_id: int = ref("core.location", list_rank=2)
    reorder_point: int | None = field(
        kind="quantity", default=None, minimum=0, also=("min", "reorder level")
    )
    order_up_to: int | None = field(
        kind="quantity", default=None, minimum=0, also=("max", "par", "target")
    )
    maximum_is_hard: bool = field(default=False)

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the signature of every record
        """Refuse levels that contradict each other."""
        yield from _levels_in_order(self)


class Lot(
    Record,
    key="inventory.lot",
    also=("batch", "expiry"),
    display="number",
    sort="expires_on",
    unique_together=(("item_id", "number"),),
):
    """A batch of an item, with its number and last day."""

    item_id: int = ref("inventory.item", fixed=True, list_rank=1, also=ITEM_NAMES)
    number: str = field(
        search=True,
        list_rank=2,
        also=("lot", "lot number", "lot no", "batch", "batch number", "serial"),
    )
    expires_on: date | None = field(
        default=None,
        list_rank=3,
        also=("expiry", "expiry date", "expiration date", "expires"),
        help="Last day it may be used",
    )
    status: str = choice(
        "available",
        "quarantined",
        "recalled",
        "damaged",
        default="available",
        managed=True,
        list_rank=1,
    )
    hold_reason: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        help="Why it is held; the number of a recall's notice",
    )
    no_lot: str | None = field(
        default=None,
        label="No lot",
        hidden=True,
        also=("no expiry",),
        help="Why it has no expiry, where lots of the item expire",
    )
    end_reason: str | None = field(
        default=None,
        label="End reason",
        hidden=True,
        help="Why its expiry was changed, where it was expired or held and some was on hand",
    )

    computed = (
        computed(
            "on_hand", _ON_HAND.format("lot_id"), kind="quantity", label="On hand", list_rank=2
        ),
        computed(
            "on_shelf",
            _ON_A_SHELF,
            kind="yes_no",
            label="On a shelf",
            hidden=True,
            help="Whether any is at some location",
        ),
    )
    # A held lot is told of for as long as any is on hand, whatever its end (attention.py).
    expiry = Expiry(
        "expires_on",
        lead=30,
        severity="unsafe",
        ended_action="discard",
        only=f"t.status = 'available' AND {_ON_A_SHELF}",
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a last day that is none, a lot without one where lots of its item have one, and unsafe stock with another.

        Unless it says why.
        """
        from officeops_inventory.declared.lot_rules import NO_END, strange_end, with_cure

        if strange := strange_end(self.expires_on, office.today):
            before = (
                office.value("SELECT expires_on FROM inventory_lot WHERE id = ?", self.id)
                if self.id
                else None
            )
            if before != str(self.expires_on):
                yield Problem(strange, "expires_on")
        if self._lacks_end(office):
            yield with_cure(NO_END)
        if self.id:
            yield from self._end_unexplained(office)

    def _lacks_end(self, office: Office) -> bool:
        """Whether it must say its last day, or why it has none, because lots of its item end.

        A lot that was on record without before stays as it is: it must be possible to recall it.
        """
        from officeops_inventory.declared.lot_rules import LOTS_END

        if self.expires_on or (self.no_lot or "").strip():
            return False
        before = office.rows(
            "SELECT item_id, expires_on, trim(no_lot) FROM inventory_lot WHERE id = ?", self.id
        )
        without = {(self.item_id, None, None), (self.item_id, None, "")}
        if self.id and any(tuple(row) in without for row in before):
            return False
        return bool(
            office.value(f"SELECT {LOTS_END} FROM inventory_item i WHERE i.id = ?", self.item_id)
        )

    def _end_unexplained(self, office: Office) -> Iterable[Problem]:
        """Refuse another last day, without a reason, for a lot that is on record as unsafe while any is on hand.

        A day typed over would make expired stock look good, and nobody would know why.
        """
        before = office.get(Lot, self.id)
        was = before.expires_on
        if was is not None and not isinstance(was, date):
            return  # what the file has is no day at all, and any day mends that
        word = before.unsafe_word(office.today)
        if was == self.expires_on or not word or not self.on_shelves(office):
            return
        said = (self.end_reason or "").strip()
        if not said or said == before.end_reason:
            why = f"of a lot that is {word} cannot change without a reason: there are {self.where_it_is(office)}"
            yield Problem(f"{why}. Say why in end_reason (--end-reason)", "expires_on")

    def unsafe_word(self, today: date) -> str:
        """Return in a word why it must not be used: recalled, quarantined, damaged or expired; blank where it may be."""
        if is_usable(self.status, self.expires_on, today):
            return ""
        return "expired" if self.status == AVAILABLE else self.status

    def on_shelves(self, office: Office) -> list[tuple[int, int]]:
        """Return where any of it is on hand: each location's id with the quantity there."""
        sql = "SELECT location_id, quantity FROM inventory_stock WHERE lot_id = ? AND quantity > 0 ORDER BY location_id"
        return [(place, quantity) for place, quantity in office.rows(sql, self.id)]

    def where_it_is(self, office: Office) -> str:
        """Return where its stock is, in words: 30 at Main, 10 at Exam 1."""
        shelves = [
            f"{quantity} at {office.label(Location, place)}"
            for place, quantity in self.on_shelves(office)
        ]
        return ", ".join(shelves) or "none on hand"

    def due_detail(self, office: Office) -> str:
        """Return how many of the lot there are, and where."""
        return self.where_it_is(office)

    def keep(self, office: Office) -> str | None:
        """Keep a lot in sight while any of it is on a shelf: what is unsafe must not go out of sight."""
        held = office.value(f"SELECT {_ON_A_SHELF} FROM inventory_lot t WHERE t.id = ?", self.id)
        return f"there are {self.where_it_is(office)}; use or discard them first" if held else None


class Order(
    Record,
    key="inventory.order",
    also=("po", "purchase", "purchase-order"),
    label="Purchase order",
    prefix="PO",
    display="id",
    sort="-id",
):
    """A purchase order to one vendor."""

    vendor_id: int = ref(
        "vendors.vendor", list_rank=1, also=("supplier", "supplier id", "vendor name")
    )
    reference: str | None = field(
        default=None,
        unique=True,
        search=True,
        list_rank=4,
        also=("number", "po number", "order number", "id"),
        help="Its number elsewhere",
    )
    status: str = ORDER.field(list_rank=2)
    ordered_on: date | None = field(
        default=None, list_rank=5, also=("order date", "submitted date")
    )
    expected_on: date | None = field(default=None, list_rank=3, also=("expected date", "due date"))
    note: str | None = field(kind="long_text", default=None, hidden=True, also=("notes",))
    stated_total: int | None = field(
        kind="money",
        default=None,
        managed=True,
        hidden=True,
        label="Stated total",
        help="What the file that it came from says it comes to; compared with its lines when they come",
    )

    computed = (
        computed(
            "lines",
            "(SELECT count(*) FROM inventory_line l WHERE l.order_id = t.id AND l.packs > 0 AND l.archived_at IS NULL)",
            kind="number",
            list_rank=3,
        ),
        computed(
            "total",
            TOTAL,
            kind="money",
            list_rank=2,
            unknown=UNKNOWN,
            doubt=UNPRICED,
            doubtful="unpriced",
            help="Of the lines with a price, without cancelled quantities and with those received beyond the order",
        ),
        computed(
            "unpriced",
            UNPRICED,
            kind="number",
            list_rank=4,
            help="Lines without a price, not in the total",
        ),
    )
    life = ORDER
    parts = (
        Part(
            "inventory.line",
            "order_id",
            (
                "item",
                "packs",
                "package",
                "price",
                "amount",
                "outstanding",
                "received",
                "vendor_sku",
                "location",
            ),
            "officeops_inventory.purchasing.totals:total_line",
        ),
    )
    as_text = "officeops_inventory.purchasing.order_text:order_text"
    importer = "officeops_inventory.imports.orders:OrderImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse another vendor for an order that is no longer a draft."""
        sql = "SELECT vendor_id, ordered_on, expected_on FROM inventory_order WHERE id = ?"
        vendor, *days = (
            next(iter(office.rows(sql, self.id)), (None, None, None))
            if self.id
            else (None, None, None)
        )
        if self.status != "draft" and vendor not in {None, self.vendor_id}:
            yield Problem(f"cannot change: the order is {self.status.replace('_', ' ')}", "vendor")
        backwards = self.ordered_on and self.expected_on and self.expected_on < self.ordered_on
        # What an old file has is left alone until someone changes it: goods must still come in on it.
        if backwards and days != [str(self.ordered_on), str(self.expected_on)]:
            yield Problem(f"is before {self.ordered_on}, the day it is ordered", "expected_on")

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Price the lines of an order that goes to another vendor by that vendor's terms, and say what became of each."""
        if "vendor_id" in before:
            yield from named(_REPRICE)(office, self)

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Keep an order in sight until it is settled."""
        settled = self.status in {"draft", "closed", "cancelled"}
        return (
            None if settled else f"it is {self.status.replace('_', ' ')}; close or cancel it first"
        )


class Line(
    Record,
    key="inventory.line",
    noun="order-line",
    former_nouns=("line",),
    label="Order line",
    display="item_id",
    sort="order_id,id",
    actions_only=True,
):
    """One item on an order, in packs.

    Pack and price are as they were when it was ordered.
    """

    order_id: int = ref(
        "inventory.order", list_rank=1, also=("purchase order", "purchase order id", "po")
    )
    item_id: int = ref("inventory.item", list_rank=2, also=ITEM_NAMES)
    packs: int = field(kind="quantity", minimum=0, list_rank=3, also=("quantity", "qty", "ordered"))
    pack_size: int = field(kind="quantity", default=1, minimum=1, list_rank=4)
    pack: str = field(default="each", list_rank=6)
    price: int | None = field(
        kind="price",
        default=None,
        minimum=0,
        list_rank=5,
        also=("unit cost", "unit price", "cost"),
        help="Per pack",
    )
    reference: str | None = field(
        default=None,
        list_rank=9,
        also=("id", "line", "line id", "line number", "line no"),
        help="Line number in the vendor's document, if the item appears twice",
    )
    cancelled: int = field(
        kind="quantity",
        default=0,
        minimum=0,
        managed=True,
        list_rank=8,
        help="Base units cancelled",
    )
    location_id: int | None = ref(
        "core.location", default=None, list_rank=9, help="Where it is to go"
    )
    by_hand: bool = field(
        default=False,
        managed=True,
        hidden=True,
        help="Changed by a person; `reorder draft` leaves it alone",
    )
    ordered_sku: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Ordered SKU",
        help="The vendor's SKU when it was drafted; once the order is sent, as it was sent",
    )

    computed = (
        computed(
            "received",
            "(SELECT ifnull(sum(m.quantity), 0) FROM inventory_move m WHERE m.line_id = t.id)",
            kind="quantity",
            list_rank=5,
            help="Base units received",
        ),
        computed(
            "outstanding",
            _OUTSTANDING,
            kind="quantity",
            list_rank=5,
            help="Base units not received yet",
        ),
        computed("vendor_sku", SHOWN, kind="text", label="Vendor SKU", list_rank=4),
        computed(
            "package",
            "iif(t.pack_size = 1, t.pack, t.pack || ' of ' || t.pack_size)",
            kind="text",
            list_rank=3,
            hidden=True,
            help="What one pack is: box of 100",
        ),
        computed(
            "amount",
            f"(SELECT {LINE_AMOUNT} FROM inventory_line l WHERE l.id = t.id)",
            kind="money",
            list_rank=3,
            unknown=UNKNOWN,
            help="Cost of the quantity ordered and not cancelled, or of the quantity received if that is more",
        ),
    )
    importer = "officeops_inventory.imports.orders:LineImport"

    @property
    def ordered(self) -> int:
        """Base units ordered."""
        return self.packs * self.pack_size


class Stock(
    Record,
    key="inventory.stock",
    label="Stock",
    plural="Stock",
    display="item_id",
    derived=True,
    unique_together=(("item_id", "location_id", "lot_id"),),
):
    """How much of each item and lot is on hand at each location.

    The sum of the stock moves, which a trigger keeps.
    """

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    location_id: int = ref("core.location", indexed=False, list_rank=2)
    lot_id: int | None = ref("inventory.lot", default=None, list_rank=3)
    quantity: int = field(kind="quantity", default=0, list_rank=2)

    computed = (
        computed(
            "state",
            f"(SELECT {state_sql('office_today()')} FROM (SELECT 1) LEFT JOIN inventory_lot l ON l.id = t.lot_id)",
            kind="choice",
            choices=STATES,
            label="State",
            list_rank=2,
            help="Whether it may be used, or why not",
        ),
    )


_KEEP_STOCK = """
CREATE TRIGGER inventory_move_stock AFTER INSERT ON inventory_move WHEN NOT NEW.history BEGIN
    INSERT INTO inventory_stock (item_id, location_id, lot_id, quantity)
    VALUES (NEW.item_id, NEW.location_id, NEW.lot_id, NEW.quantity)
    ON CONFLICT (item_id, location_id, ifnull(lot_id, 0)) DO UPDATE SET quantity = quantity + excluded.quantity;
END
"""


class Move(
    Record,
    key="inventory.move",
    noun="stock-move",
    former_nouns=("move",),
    also=("transaction", "movement", "ledger"),
    label="Stock move",
    display="kind",
    sort="-id",
    append_only=True,
    triggers=(_KEEP_STOCK,),
):
    """One movement of stock. Never changed, only reversed.

    The balances are the sum of these, without those kept as history: what happened before the opening balance or the
    last count, which that balance and that count have in them already. History is kept for use, price and lead time.
    """

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    kind: str = choice(
        "opening",
        "receive",
        "use",
        "waste",
        "expire",
        "adjust",
        "transfer",
        "return",
        "reversal",
        default="opening",
        list_rank=2,
        also=("type",),
    )
    quantity: int = field(
        kind="quantity",
        list_rank=2,
        also=("qty", "on hand", "qoh", "physical qoh", "count"),
        help="In base units; negative removes stock",
    )
    location_id: int = ref(
        "core.location", indexed=False, list_rank=4, also=("bin location", "room", "bin")
    )
    lot_id: int | None = ref("inventory.lot", default=None, list_rank=5)
    day: date = field(
        list_rank=3,
        also=(
            "date",
            "on",
            "moved on",
            "transaction date",
            "transaction created date",
            "created",
            "created on",
            "date created",
        ),
        help="The office's day it happened",
    )
    since: date | None = field(
        default=None, list_rank=9, help="First day of the interval over which a count found it used"
    )
    line_id: int | None = ref("inventory.line", default=None, list_rank=9)
    reverses_id: int | None = ref("inventory.move", default=None, list_rank=9)
    source: str | None = field(
        default=None, unique=True, hidden=True, help="File and line it was imported from"
    )
    note: str | None = field(default=None, list_rank=8, also=("reason", "comment", "comments"))
    reference: str | None = field(
        default=None,
        hidden=True,
        also=(
            "transaction id",
            "transaction number",
            "transaction no",
            "document number",
            "document no",
            "document",
            "id",
        ),
        help="Its number elsewhere",
    )
    history: bool = field(
        default=False,
        managed=True,
        list_rank=9,
        help="From before the opening balance or the last count: does not change stock",
    )

    importer = "officeops_inventory.imports.moves:MoveImport"

    @classmethod
    def balance_out(cls, office: Office, entries: Sequence[Self]) -> None:
        """Undo moves by reversals; a reversal by booking again what it reversed."""
        named(_BALANCE_OUT)(office, entries)


class Count(
    Record,
    key="inventory.count-entry",
    label="Count entry",
    plural="Count entries",
    display="item_id",
    sort="-id",
    actions_only=True,
):
    """One item counted at one location on one day."""

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    location_id: int = ref("core.location", list_rank=2)
    day: date = field(list_rank=3)
    expected: int = field(kind="quantity", list_rank=4)
    counted: int = field(kind="quantity", minimum=0, list_rank=3)


RECORDS: list[type[Record]] = [Item, Pack, Terms, Level, Lot, Order, Line, Stock, Move, Count]
