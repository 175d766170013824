"""Packs: the packages that an item comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, field, ref
from officeops.values import wording
from officeops_inventory.declared import pack_twins
from officeops_inventory.model.names import ITEM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_BEFORE = "SELECT size, name FROM inventory_pack WHERE id = ?"
_PRICES = """
SELECT count(*) FROM inventory_terms
WHERE pack_id = ? AND price IS NOT NULL AND archived_at IS NULL
"""
#: A longer number after "of" is no pack size.
_MOST_DIGITS = 9


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

    importer = "officeops_inventory.imports.packs.pack_import:PackImport"

    item_id: int = ref("inventory.item", fixed=True, list_rank=1, also=ITEM_NAMES)
    name: str = field(
        default="pack",
        list_rank=2,
        also=("package", "package type", "pack name", "unit"),
    )
    size: int = field(
        kind="quantity",
        minimum=1,
        list_rank=3,
        also=("pack size", "quantity", "quantity per package", "units"),
        help="Base units in it",
    )
    barcode: str | None = field(
        kind="item_code",
        default=None,
        unique=True,
        search=True,
        list_rank=4,
        also=("gtin", "upc", "ean", "ndc", "udi", "bar code"),
    )

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Find a pack by name and size, such as box of 100 where the item has a box of 50 too."""
        # As the program itself writes packs, so that a person can type what it printed.
        name, of, size = text.rpartition(" of ")
        if not of or not size.strip().isdecimal() or len(size) > _MOST_DIGITS:
            return
        for pack in office.some(cls, office.alike(cls, "name", name)):
            if pack.size == int(size):
                yield pack.id

    @classmethod
    def doubles(cls, office: Office) -> Iterable[tuple[str, str]]:
        """Yield packs that are named by another's size."""
        return pack_twins.doubles(office)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse the name of another pack, and another size under a price.

        The price of a box of 100 would become the price of a box of 200.
        """
        rows = office.rows(_BEFORE, self.id) if self.id else []
        size, name = rows[0] if rows else (None, None)
        if self.name != name:
            yield from self._name_taken(office)
        if size is not None and size != self.size:
            yield from self._size_priced(office, size)

    def _name_taken(self, office: Office) -> Iterable[Problem]:
        size = pack_twins.name_twin(office, self.id, self.item_id, self.name)
        # A pack of the same name and size is refused by `unique_together`.
        if size is not None and size != self.size:
            why = f"says a size, and is the name of a pack of {size:,} of this item"
            yield Problem(f"{why}. Give this one another name", "name", code="taken")

    def _size_priced(self, office: Office, before: int) -> Iterable[Problem]:
        prices = office.value(_PRICES, self.id)
        if prices:
            why = f"cannot change: {wording.count(prices, 'price')} of vendors are for {before:,}"
            yield Problem(f"{why}. Add a pack of {self.size:,}", "size", code="in-use")
