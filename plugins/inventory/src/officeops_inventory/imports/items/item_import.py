"""Items with opening balances: the stock on hand and on order, the packs and vendors' terms.

Balances open on rows that create the item, never on those of a known item: where such a row differs
from the record, that is named. Several rows may bring the lots, places, vendors and packs of one
item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Reason, Refused, folded, reason_of
from officeops.exchange import Importer, Row, column_of, everyday, misfits
from officeops.values import wording
from officeops_inventory.declared.lot_rules import strange_end
from officeops_inventory.imports.finder import PACK_WORDS, Finder
from officeops_inventory.imports.items.columns import COLUMNS
from officeops_inventory.imports.items.numbers import ItemNumbers
from officeops_inventory.imports.items.offers import ItemOffers
from officeops_inventory.imports.items.opening import ItemOpening
from officeops_inventory.imports.items.opening_lots import lacking
from officeops_inventory.imports.items.stock_sheet import StockSheet
from officeops_inventory.imports.packs.barcodes import FileBarcodes
from officeops_inventory.imports.packs.rows import PackRows
from officeops_inventory.model import Item, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office

    #: A row, the field, and why it is refused.
    Wrong = tuple[Row, str, str]

#: Extra columns whose cells are checked by themselves before a row is written.
_CHECKED = frozenset({"expires_on", "on_order", "barcode"})
#: Heads that can mean nothing but the unit in which stock is counted, as `everyday` writes them.
_BASE_UNIT_HEADS = frozenset({"base unit", "stock unit"})
_SAME_ROW = "is the same as in an earlier row of the file"


class ItemImport(Importer):
    """The import of items, with their stock, orders, packs and terms."""

    extra = COLUMNS
    fills = ("sku",)
    follow = ("on_hand",)
    asks = PACK_WORDS

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self.find = Finder(office)
        self._sheet = StockSheet(office, self.find)
        self._offers = ItemOffers(office)
        self._opening = ItemOpening(office, self.find, source)
        self._pack_rows = PackRows(office)
        self._numbers = ItemNumbers(office)
        #: Items with a lower id are older than the file.
        self._first_new = office.last_id(Item) + 1
        self._further = 0
        #: A column that the file itself does not call the base unit, and that was taken for it.
        self._unit_column = ""
        self._today = office.today
        self._barcodes = FileBarcodes(office)
        #: The earlier row of each line that brings more of an item.
        self._firsts: dict[int, Row] = {}

    def begin(self, given: frozenset[str], *, update: bool) -> None:
        """Remember the file's columns, and whether known records are to be changed."""
        super().begin(given, update=update)
        self._offers.begin(given)
        self._opening.begin(given)

    def doubts(self, columns: Mapping[str, str]) -> Iterable[tuple[str, str]]:
        """Ask about a reorder quantity that is no level between two others.

        Most lists mean the amount to order by it. A column of units is asked about in `check`, which
        sees its cells.
        """
        if not self.given & {"pack", "pack_size"}:
            for column, name in columns.items():
                if name == "base_unit" and everyday(column) not in _BASE_UNIT_HEADS:
                    self._unit_column = column
        if self.given >= {"minimum", "order_up_to"}:
            return
        for column, name in columns.items():
            if name == "reorder_point" and everyday(column) == "quantity reorder":
                why = "may be how many to order, or the level at which to order, reorder_point"
                yield column, why

    def look_up(self, rows: list[Row]) -> Iterable[Wrong]:
        """Find the vendors that rows name."""
        # Several vendors may be in a cell, so the column is text and no reference.
        if "vendor" not in self.given:
            return
        for row in rows:
            named = row.extra.get("vendor")
            if not named:
                continue
            try:
                row.extra["vendors"] = self.find.vendors(named)
            except ValueError as why:
                yield row, "vendor", reason_of(why, "not-found")

    def check(self, rows: list[Row]) -> Iterable[Wrong]:
        """Number the items without a SKU, and check the cells of other records than the item."""
        self._offers.clear()
        self._firsts.clear()
        for row, sku in zip(rows, column_of(rows, "sku"), strict=True):
            if sku is None and row.values["name"]:
                row.values["sku"] = self._numbers.sku(row.values["name"])
        if self.given & _CHECKED:
            for row in rows:
                yield from self._wrong_extras(row)
        if "pack" in self.given:
            yield from self._pack_rows.sized(rows)
        if "base_unit" in self.given:
            if self._unit_column:
                self._pack_rows.refuse_unsized(rows, self._unit_column)
            yield from self._pack_rows.units(rows)
        if "on_hand" in self.given:
            yield from lacking(self.office, rows)

    def _wrong_extras(self, row: Row) -> Iterator[Wrong]:
        """Yield an impossible expiry, an order without a vendor, a barcode of another item."""
        extra = row.extra
        strange = strange_end(extra.get("expires_on"), self._today)
        if strange:
            yield row, "expires_on", Reason(strange, code="out-of-range")
        if extra.get("on_order") and not extra.get("vendor"):
            yield row, "on_order", Reason("needs a vendor, whose order it is", code="needed")
        barcode = extra.get("barcode")
        if barcode:
            bearer = self._barcodes.bearer(barcode, row.values["sku"])
            if bearer:
                yield row, "barcode", Reason(f"is that of item {bearer}", code="taken")

    # -- new items ---------------------------------------------------------------------------------

    def refuse_new(self, rows: list[Row]) -> Iterable[Wrong]:
        """Refuse a new item of an archived vendor: nothing can be ordered there."""
        if "vendor" not in self.given:
            return
        named: set[int] = set()
        for row in rows:
            named.update(row.extra.get("vendors", ()))
        astray = misfits(self.office, Terms.meta, Terms.meta.by_name["vendor_id"], named)
        for row in rows:
            for vendor_id in row.extra.get("vendors", ()):
                if vendor_id in astray:
                    yield row, "vendor", astray[vendor_id].reason()

    def added(self, rows: list[Row]) -> None:
        """Write terms, packs, the opening stock moves and the opening orders of new items."""
        rows = [row for row in rows if row.extra]
        if rows:
            self._offers.add(rows)
            self._opening.open(rows)

    # -- several rows of one item ------------------------------------------------------------------

    def further(self, row: Row, first: Row) -> bool:
        """Whether a row may bring another lot, place, vendor or pack; `brought` finds out."""
        self._firsts[row.line] = first
        return bool(row.extra)

    def brought(self, rows: list[Row]) -> Iterable[Wrong]:
        """Write the further lots, places, orders, vendors and packs of new items.

        Those of known items are compared.
        """
        of_known = [row for row in rows if row.id < self._first_new]
        differing = self._sheet.differing(of_known)
        self._offers.read(of_known)
        for row in rows:
            contradiction = self._contradiction(row)
            if contradiction:
                yield row, "sku", Reason(contradiction, code="contradicts-record")
            elif row.id >= self._first_new:
                yield from self._bring(row)
            else:
                yield from self._compare(row, differing.get(row.line, []))

    def _contradiction(self, row: Row) -> str:
        """Return why a row contradicts the item's earlier row, or blank.

        One item has one name and one set of levels.
        """
        first = self._firsts[row.line]
        for name, value in first.values.items():
            said = row.values[name]
            if name not in self.given or name in row.blank or said is None or said == value:
                continue
            if not _alike(said, value):
                return f"{_SAME_ROW}, with another {name.replace('_', ' ')}"
        return ""

    def _bring(self, row: Row) -> Iterator[Wrong]:
        """Write the records a row brings; yield why not, where it brings none or contradicts."""
        try:
            stock = self._opening.further_stock(row)
            offer = self._offers.further(row)
            order = self._opening.further_order(row)
        except ValueError as why:
            yield row, "sku", reason_of(why, "contradicts-record")
            return
        except Refused as why:
            for problem in why.problems:
                yield row, problem.field, problem.reason()
            return
        if stock or offer or order:
            self._further += 1
        else:
            yield row, "sku", Reason(_SAME_ROW, code="given-twice")

    def _compare(self, row: Row, fixed: list[str]) -> Iterator[Wrong]:
        """Compare a further row of a known item with the record; change it with `--update`."""
        names = self._offers.differing(row)
        if names and self.update:
            try:
                self._offers.update(row)
            except ValueError as why:
                yield row, "sku", reason_of(why, "contradicts-record")
                return
            except Refused as why:
                self._not_taken(row, why)
            self._further += 1
            names = []
        left = [*names, *fixed, *self._offers.out_of_order(row)]
        if left:
            words = wording.listing([name.removesuffix("_id") for name in left])
            item = f"line {row.line}: {row.values['sku']}"
            self.left.append(f"{item} differs in {words} and was left as it is.")

    # -- known items -------------------------------------------------------------------------------

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return where a row states other stock, other orders or another order of vendors."""
        by_line = self._sheet.differing(rows)
        differing = {}
        for row in rows:
            names = [*by_line.get(row.line, []), *self._offers.out_of_order(row)]
            if names:
                differing[row.id] = names
        return differing

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the columns of terms, packs and barcodes that differ from the item's."""
        rows = [row for row in rows if row.extra]
        self._offers.read(rows)
        differing = {}
        for row in rows:
            names = self._offers.differing(row)
            if names:
                differing[row.id] = names
        return differing

    def updated(self, rows: list[Row]) -> None:
        """Change the terms of known items."""
        for row in rows:
            try:
                self._offers.update(row)
            except (ValueError, Refused) as why:
                self._not_taken(row, why)

    def _not_taken(self, row: Row, why: Exception) -> None:
        item = f"line {row.line}: {row.values['sku']}"
        self.left.append(f"{item}: the pack and terms were left, as the row {why}.")

    def finish(self) -> Iterable[str]:
        """Name the cells that were left out, and say which numbers and packs were added."""
        self.left += [*self._sheet.sentences(), *self._offers.left(), *self._opening.left()]
        yield from self._offers.notes()
        if self._further:
            rows = wording.count(self._further, "further row")
            yield f"{rows}: more lots, places, vendors or packs of items above."
        numbered = self._numbers.sentence()
        if numbered:
            yield numbered


def _alike(said: object, value: object) -> bool:
    """Whether two texts of a file are the same to people."""
    return isinstance(said, str) and isinstance(value, str) and folded(said) == folded(value)
