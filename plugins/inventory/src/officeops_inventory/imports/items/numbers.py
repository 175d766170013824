"""Item numbers: the SKUs of items that a file gives none. Half of what a practice buys has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import folded
from officeops.values import wording

if TYPE_CHECKING:
    from officeops import Office

#: Begins the SKUs given here.
_PREFIX: Final = "ITEM-"
_SKUS: Final = "SELECT name, sku FROM inventory_item WHERE archived_at IS NULL ORDER BY id DESC"


class ItemNumbers:
    """Finds the SKU of an item by its name, and gives new items the next number."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: SKUs by item name; read when the first row needs one.
        self._skus: dict[str, str] | None = None
        self._next = 1
        self._given: list[str] = []

    def sku(self, name: str) -> str:
        """Return the SKU of the item of a name, with a number of its own where it is new."""
        if self._skus is None:
            self._skus = self._read()
        key = folded(name)
        if key not in self._skus:
            sku = f"{_PREFIX}{self._next:04}"
            self._next += 1
            self._skus[key] = sku
            self._given.append(sku)
        return self._skus[key]

    def _read(self) -> dict[str, str]:
        # All names at once: a list without SKUs looks up each of its rows by name.
        skus: dict[str, str] = {}
        for name, sku in self._office.rows(_SKUS):
            skus[folded(name)] = sku
            self._next = max(self._next, _number(sku) + 1)
        return skus

    def sentence(self) -> str:
        """Return which numbers were given; blank for none."""
        if not self._given:
            return ""
        first, last = self._given[0], self._given[-1]
        items = wording.count(len(self._given), "item")
        numbers = first if first == last else f"{first} to {last}"
        return f"{items} without a SKU: numbered {numbers}."


def _number(sku: str) -> int:
    """Return the number of a SKU that was given here; 0 for any other."""
    tail = sku.removeprefix(_PREFIX)
    if tail == sku or not tail.isdecimal() or len(tail) >= 10:
        return 0
    return int(tail)
