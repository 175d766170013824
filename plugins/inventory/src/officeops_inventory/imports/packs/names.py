"""Pack names in files: the pack that a name means, and its size. The one rule of every import.

A name is looked up inside its item; else its size is read in its text ("box of 100", "50/bx"); else
it is refused. A pack without a stated size is never taken for a single unit: an order would be for
a hundred times too much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value, folded, id_list, item_number
from officeops_inventory.imports.packs.text import NamedPack, stated_pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_UNITS: Final = """
SELECT id, base_unit FROM inventory_item WHERE id IN (SELECT value FROM json_each(?))
"""
_PACKS: Final = """
SELECT item_id, id, name, size, barcode FROM inventory_pack
WHERE item_id IN (SELECT value FROM json_each(?)) AND archived_at IS NULL ORDER BY id
"""


class PackFacts(Value):
    """A pack that the office has; `size` is in base units."""

    id: int
    name: str
    size: int
    barcode: str | None


def named_pack(text: str, base_unit: str, known: Iterable[PackFacts | NamedPack] = ()) -> NamedPack:
    """Return the pack that a name or a barcode means: one that the item has, else as its text says.

    An export names a pack by its barcode where another pack has the same name. Raises ValueError
    with a sentence where the text may mean several packs, and where nothing says its size.
    """
    wanted = folded(text)
    named: list[PackFacts | NamedPack] = []
    others: list[PackFacts | NamedPack] = []
    for pack in known:
        is_meant = folded(pack.name) == wanted or same_barcode(pack.barcode, text)
        (named if is_meant else others).append(pack)
    sizes = sorted({pack.size for pack in named})
    if len(sizes) > 1:
        several = " or ".join(f"{size:,}" for size in sizes)
        raise ValueError(f"{text!r} may be of {several}; say the pack's size")
    if named:
        return NamedPack(named[0].name, named[0].size, named[0].barcode)
    stated = stated_pack(text, base_unit)
    if stated is None:
        raise ValueError(
            f"{text!r} says no size, and the item has no pack of that name; write it like "
            "`box of 100`, or fill a column pack_size"
        )
    of_size = [pack for pack in others if pack.size == stated.size and stated.size > 1]
    # The item's only pack of the size has the name by which the office knows it.
    return stated.replace(name=of_size[0].name) if len(of_size) == 1 else stated


def same_barcode(one: str | None, other: str | None) -> bool:
    """Whether two barcodes are one number, however they are written."""
    if not one or not other:
        return False
    return one == other or item_number(one) == item_number(other)


class ItemPacks:
    """The base units and packs of items, read once for each item of a file."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._units: dict[int, str] = {}
        self._packs: dict[int, list[PackFacts]] = {}

    def read(self, item_ids: Iterable[int]) -> None:
        """Read items, except those that were read before."""
        new = set(item_ids) - self._units.keys()
        if not new:
            return
        ids = id_list(new)
        self._units |= dict.fromkeys(new, "each") | dict(self._office.rows(_UNITS, ids))
        for item_id, *facts in self._office.rows(_PACKS, ids):
            self._packs.setdefault(item_id, []).append(PackFacts(*facts))

    def of(self, item_id: int) -> list[PackFacts]:
        """Return the packs of an item, the oldest first."""
        self.read([item_id])
        return self._packs.setdefault(item_id, [])

    def unit(self, item_id: int) -> str:
        """Return the base unit of an item."""
        self.read([item_id])
        return self._units[item_id]

    def named(self, item_id: int, text: str) -> NamedPack:
        """Return the pack of an item that a file names. Raises ValueError with a sentence."""
        return named_pack(text, self.unit(item_id), self.of(item_id))

    def forget(self, item_id: int | None = None) -> None:
        """Read an item again when it is next asked for; all of them without one."""
        for known in (self._units, self._packs):
            if item_id is None:
                known.clear()
            else:
                known.pop(item_id, None)
