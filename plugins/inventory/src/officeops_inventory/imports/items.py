"""Items come with opening balances: what is on hand, what is on order, who sells it and for how much.

Balances open on rows that create the item, never on one that is there already: what a file says otherwise of that is
named. Several rows may bring the lots, places, vendors and packs of one item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused
from officeops.exchange.columns.header_words import everyday
from officeops.exchange.importer import Importer, Row
from officeops.model.text_folding import folded
from officeops.values import wording
from officeops_inventory.declared.barcode_spellings import gtin, spellings
from officeops_inventory.declared.lot_rules import strange_end
from officeops_inventory.imports.finder import PACK_WORDS, Finder
from officeops_inventory.imports.item_columns import COLUMNS
from officeops_inventory.imports.item_offers import ItemOffers
from officeops_inventory.imports.item_opening import ItemOpening
from officeops_inventory.imports.pack_rows import PackRows
from officeops_inventory.imports.stock_sheet import StockSheet
from officeops_inventory.model import Item, Pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office

#: Begins the numbers of items that a file gives none.
_NUMBERED = "ITEM-"
#: Extra columns whose cells are looked at by themselves before a row is written.
_CHECKED = frozenset({"expires_on", "on_order", "barcode"})


class ItemImport(Importer):
    """Takes in items with their stock, orders, packs and terms."""

    extra = COLUMNS
    fills = ("sku",)
    asks = PACK_WORDS

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self.find = Finder(office)
        self._sheet = StockSheet(office, self.find)
        self._offers = ItemOffers(office)
        self._opening = ItemOpening(office, self.find, source)
        self._pack_rows = PackRows(office)
        #: Items with a lower id were there before the file.
        self._first_new = office.last_id(Item) + 1
        self._further = 0
        self._day = office.today
        #: Each barcode of the file, and the item it is on there.
        self._barcodes: dict[str, str] = {}
        #: The earlier row of each line that brings more of an item.
        self._firsts: dict[int, Row] = {}
        #: SKUs by item name, and the numbers given here: for rows without a SKU.
        self._skus: dict[str, str] | None = None
        self._numbered: list[str] = []

    def begin(self, given: frozenset[str], *, update: bool) -> None:
        """Take in what the file has columns for, and whether records that are there are to be changed."""
        super().begin(given, update=update)
        self._offers.begin(given)
        self._opening.begin(given)

    def doubts(self, columns: Mapping[str, str]) -> Iterable[tuple[str, str]]:
        """Ask about a reorder quantity that is no level between two others: most lists mean the amount to order by it."""
        if self.given >= {"minimum", "order_up_to"}:
            return
        for column, name in columns.items():
            if name == "reorder_point" and everyday(column) == "quantity reorder":
                yield (
                    column,
                    "may be how many to order, or the level at which to order, reorder_point",
                )

    def look_up(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the vendors that rows name."""
        for row in rows if "vendor" in self.given else ():
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
            if row.values["sku"] is None and row.values["name"]:
                row.values["sku"] = self._sku(row.values["name"])
        if self.given & _CHECKED:
            yield from self._wrong_extras(rows)
        if "pack" in self.given:
            yield from self._pack_rows.sized(rows)
        if "base_unit" in self.given:
            yield from self._pack_rows.units(rows)
        if "on_hand" in self.given:
            yield from self._opening.lacking(rows)

    def _wrong_extras(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield rows with an impossible expiry, an order without a vendor, or a barcode that another item has."""
        for row in rows:
            extra = row.extra
            if (ends := extra.get("expires_on")) and (strange := strange_end(ends, self._day)):
                yield row, "expires_on", strange
            if extra.get("on_order") and not extra.get("vendor"):
                yield row, "on_order", "needs a vendor, whose order it is"
            if (barcode := extra.get("barcode")) and (
                taken := self._bearer(barcode, row.values["sku"])
            ):
                yield row, "barcode", f"is that of item {taken}"

    def _sku(self, name: str) -> str:
        """Return the SKU of the item of a name, given here where it is new: half of what a practice buys has none."""
        if self._skus is None:
            rows = self.office.rows(
                "SELECT name, sku FROM inventory_item WHERE archived_at IS NULL ORDER BY id DESC"
            )
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
        packs = self.office.some(Pack, self.office.alike(Pack, "barcode", *spellings(barcode)))
        there = next((self.office.get(Item, pack.item_id).sku for pack in packs), None)
        bearer = str(there or self._barcodes.setdefault(gtin(barcode), str(sku)))
        return "" if folded(bearer) == folded(str(sku)) else bearer

    # -- new items --------------------------------------------------------------------------------------

    def added(self, rows: list[Row]) -> None:
        """Write terms, packs, the opening stock moves and the opening orders of new items."""
        rows = [row for row in rows if row.extra]
        if rows:
            self._offers.add(rows)
            self._opening.open(rows)

    # -- several rows of one item -----------------------------------------------------------------------

    def further(self, row: Row, first: Row) -> bool:
        """Whether a row may bring another lot, place, vendor or pack of an item; `brought` tells whether it does."""
        self._firsts[row.line] = first
        return bool(row.extra)

    def brought(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Take in the further lots, places, orders, vendors and packs of items; compare those of items that were there."""
        there = [row for row in rows if row.id < self._first_new]
        differing = self._sheet.differing(there)
        self._offers.read(there)
        for row in rows:
            if why := self._contradiction(row):
                yield row, *why
            elif row.id >= self._first_new:
                yield from self._bring(row)
            else:
                yield from self._compare(row, differing.get(row.line, []))

    def _contradiction(self, row: Row) -> tuple[str, str] | None:
        """Return how a row contradicts the item's earlier row, or None: one item has one name and one set of levels."""
        first = self._firsts[row.line]
        for name, value in first.values.items():
            said = row.values[name]
            if name not in self.given or name in row.blank or said is None or said == value:
                continue
            if not _alike(said, value):
                return (
                    "sku",
                    f"is the same as in an earlier row of the file, with another {name.replace('_', ' ')}",
                )
        return None

    def _bring(self, row: Row) -> Iterable[tuple[Row, str, str]]:
        """Write what a row brings; yield why not, where it brings nothing or contradicts the earlier row."""
        try:
            stock = self._opening.further_stock(row)
            offer = self._offers.further(row)
            order = self._opening.further_order(row)
        except ValueError as why:
            yield row, "sku", str(why)
            return
        except Refused as why:
            yield from ((row, problem.field, problem.message) for problem in why.problems)
            return
        if stock or offer or order:
            self._further += 1
        else:
            yield row, "sku", "is the same as in an earlier row of the file"

    def _compare(self, row: Row, fixed: list[str]) -> Iterable[tuple[Row, str, str]]:
        """Compare a further row of an item that was there with what is on record; change it where that was asked for."""
        names = self._offers.differing(row)
        if names and self.update:
            try:
                self._offers.update(row)
            except ValueError as why:
                yield row, "sku", str(why)
                return
            except Refused as why:
                self._not_taken(row, why)
            self._further += 1
            names = []
        if left := [*names, *fixed, *self._offers.out_of_order(row)]:
            words = wording.listing([name.removesuffix("_id") for name in left])
            self.left.append(
                f"line {row.line}: {row.values['sku']} differs in {words} and was left as it is."
            )

    # -- items that are there -------------------------------------------------------------------------

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return where a row says other stock, other orders or another order of its vendors than are on record."""
        by_line = self._sheet.differing(rows)
        differing = {}
        for row in rows:
            if names := [*by_line.get(row.line, []), *self._offers.out_of_order(row)]:
                differing[row.id] = names
        return differing

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return which terms, packs and barcodes of a row are not what the item's are."""
        rows = [row for row in rows if row.extra]
        self._offers.read(rows)
        return {row.id: names for row in rows if (names := self._offers.differing(row))}

    def updated(self, rows: list[Row]) -> None:
        """Change the terms of items that are there."""
        for row in rows:
            try:
                self._offers.update(row)
            except (ValueError, Refused) as why:
                self._not_taken(row, why)

    def _not_taken(self, row: Row, why: Exception) -> None:
        self.left.append(
            f"line {row.line}: {row.values['sku']}: the pack and terms were left, as the row {why}."
        )

    def finish(self) -> Iterable[str]:
        """Say what could not be kept, and what was decided."""
        self.left += [*self._sheet.sentences(), *self._offers.left(), *self._opening.left()]
        yield from self._offers.notes()
        if self._further:
            yield f"{wording.count(self._further, 'further row')}: more lots, places, vendors or packs of items above."
        if self._numbered:
            first, last = self._numbered[0], self._numbered[-1]
            items = wording.count(len(self._numbered), "item")
            yield f"{items} without a SKU: numbered {first if first == last else f'{first} to {last}'}."


def _alike(said: object, value: object) -> bool:
    """Whether two texts of a file are the same to people."""
    return isinstance(said, str) and isinstance(value, str) and folded(said) == folded(value)


def _number(sku: str) -> int:
    """Return the number of a SKU that was given here; 0 for any other."""
    tail = sku.removeprefix(_NUMBERED)
    return int(tail) if tail != sku and tail.isdecimal() and len(tail) < 10 else 0
