"""Items: the supplies that the office stocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, computed, field, folded
from officeops.values import wording
from officeops.values.wording import units
from officeops_inventory.declared.balances import BELOW_ZERO, ON_HAND
from officeops_inventory.model.levels import levels_in_order
from officeops_inventory.model.names import MINIMUM_NAMES
from officeops_inventory.model.packs import Pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: What counts an item in base units, in the order of the counts of _UNIT_USES.
_COUNTED_IN_UNITS = ("move", "order line")
_UNIT_USES = """
SELECT (SELECT count(*) FROM inventory_move WHERE item_id = ?1),
    (SELECT count(*) FROM inventory_line WHERE item_id = ?1 AND archived_at IS NULL)
"""
_BALANCES = (
    "SELECT sum(quantity), count(*) FROM inventory_stock WHERE item_id = ? AND quantity <> 0"
)


class Item(
    Record,
    key="inventory.item",
    display="name",
    also=("article", "goods", "product", "supply", "supplies"),
):
    """A supply the office stocks.

    The SKU is unique. The name is not: lists of real offices give one name to several SKUs, such
    as a glove by size, and a look-up by such a name lists the items it fits.
    """

    sku: str = field(
        example="GLV-M",
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
        help="The office's own number for the item",
    )
    name: str = field(
        example="Nitrile gloves, M",
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
        example="Gloves",
        default=None,
        list_rank=5,
        also=("group", "product category", "category name", "family"),
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
            # Taken as the reorder point only between two other levels; elsewhere the import asks
            # (ItemImport.doubts), because many sheets mean the quantity to order.
            "reorder quantity",
            "reorder qty",
            "reorder",
            "order point",
            "rop",
            # A sheet of two levels reorders at its minimum; one of three has a column for that,
            # which is taken first.
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
    # A soft maximum is passed by less than one pack, so that orders stay whole packs.
    maximum_is_hard: bool = field(
        default=False,
        label="Hard maximum",
        list_rank=9,
        also=("maximum is hard", "hard max"),
        help="Never order above the maximum",
    )
    safety_stock: int | None = field(
        kind="quantity", default=None, minimum=0, list_rank=9, also=("safety qty", "buffer stock")
    )
    # Any shelf life makes the item one that comes in lots (declared/lot_rules.py).
    shelf_life_days: int | None = field(
        default=None, minimum=1, unit="days", list_rank=9, also=("shelf life",)
    )
    # Not archived: the rest of it must be counted and used.
    discontinued: bool = field(
        default=False, list_rank=8, help="Never ordered again", also=("inactive", "obsolete")
    )

    computed = (
        computed(
            "on_hand", ON_HAND.format("item_id"), kind="quantity", label="On hand", list_rank=3
        ),
        computed(
            "below_zero",
            BELOW_ZERO,
            kind="quantity",
            label="Negative stock",
            list_rank=4,
            help="Sum of the balances below zero: the record is wrong there; count it",
        ),
    )
    not_merged = (
        "Items are not merged: two may count in other units, and stock in lots is not to be mixed. "
        "Count the one that goes down to 0, archive it, and order and receive the other one."
    )
    importer = "officeops_inventory.imports.items.item_import:ItemImport"
    check_reads = ("order_up_to", "reorder_point")

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse levels that contradict each other, and a new base unit for counted quantities."""
        if self.id:
            yield from self._unit_kept(office)
        yield from levels_in_order(self)

    def _unit_kept(self, office: Office) -> Iterable[Problem]:
        """Refuse another base unit while there are quantities in the old one.

        15,000 g would read as 15,000 kg.
        """
        before = office.value("SELECT base_unit FROM inventory_item WHERE id = ?", self.id)
        if before is None or folded(before) == folded(self.base_unit):
            return
        # Archived moves do not exist, and archived lines are no part of any total.
        uses = []
        [counts] = office.rows(_UNIT_USES, self.id)
        for number, noun in zip(counts, _COUNTED_IN_UNITS, strict=True):
            if number:
                uses.append(wording.count(number, noun))
        if uses:
            cure = "Add an item for the other unit, and discontinue this one"
            why = f"cannot change from {before}, the unit of {wording.listing(uses)}. {cure}"
            yield Problem(why, "base_unit", code="in-use")

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Find an item by the barcode of any of its packs."""
        pack_ids = office.alike(Pack, "barcode", text)
        item_ids = (pack.item_id for pack in office.some(Pack, pack_ids))
        return list(dict.fromkeys(item_ids))

    def keep(self, office: Office) -> str | None:
        """Refuse to archive an item while any of it is in stock."""
        [(total, balances)] = office.rows(_BALANCES, self.id)
        if not balances:
            return None
        on_hand = units(total, self.base_unit)
        return f"{on_hand} on hand; use or discard them first, or mark it discontinued"
