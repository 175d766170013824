"""Pack rows: the size of each pack that rows of an item file name, found before any is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops import Reason, Refused, folded, reason_of
from officeops.exchange import column_of
from officeops_inventory.imports.known_items import known_items
from officeops_inventory.imports.packs.names import ItemPacks, named_pack
from officeops_inventory.imports.packs.text import OUTER_PACKS, NamedPack, stated_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.packs.names import PackFacts

    #: A row, the field, and why it is refused.
    Wrong = tuple[Row, str, str]

_UNITS: Final = (
    "SELECT base_unit FROM inventory_item WHERE base_unit IN (SELECT value FROM json_each(?))"
)


class PackRows:
    """Fills in the sizes of named packs, and refuses packs and units that leave a doubt."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def sized(self, rows: list[Row]) -> Iterator[Wrong]:
        """Fill in the size of each pack that a row names; yield rows where nothing has it.

        The item knows it, an earlier row of the item has it, or the pack's name says it.
        """
        packed = [row for row in rows if "pack" in row.extra]
        # Most lists have a column of sizes, and no pack to look up.
        if all("pack_size" in row.extra for row in packed):
            return
        known = _KnownPacks(self._office, packed)
        for row in packed:
            sku, name = folded(row.values["sku"] or ""), row.extra["pack"]
            packs = known.of(sku)
            if "pack_size" not in row.extra:
                unit = known.unit(sku) or row.values["base_unit"]
                try:
                    pack = named_pack(name, unit, packs)
                except ValueError as why:
                    if not _vendor_tells(row, packs):
                        yield row, "pack", reason_of(why, "malformed")
                    continue
                row.extra |= {"pack": pack.name, "pack_size": pack.size}
            # A later row of the same item may name the pack alone.
            packs.append(NamedPack(row.extra["pack"], row.extra["pack_size"]))

    def units(self, rows: list[Row]) -> Iterator[Wrong]:
        """Yield rows whose unit is a pack of several.

        A "box of 100" is sold by a vendor; the unit is one of its pieces.
        """
        sizes = {}
        for unit in set(column_of(rows, "base_unit")):
            # Most units are words: only those with a digit are read.
            pack = stated_pack(unit) if any(map(str.isdigit, unit)) else None
            if pack and pack.size > 1:
                sizes[unit] = pack.size
        if not sizes:
            return
        # An office may have such units from before this rule.
        used = {unit for (unit,) in self._office.rows(_UNITS, json.dumps(list(sizes)))}
        for row in rows:
            unit = row.values["base_unit"]
            if unit in sizes and unit not in used:
                what = f"is a pack of {sizes[unit]:,}, not a unit"
                cure = "map the column to pack, or write what one of it is, as each"
                yield row, "base_unit", Reason(f"{what}: {cure}", code="unclear-column")

    def refuse_unsized(self, rows: list[Row], column: str) -> None:
        """Raise Refused where a unit is a box, and nothing says how many are in one.

        Counted as one each, four boxes of a hundred gloves would be four gloves. `column` is the
        one of the file. A unit that an item of the office has already is no doubt: somebody decided
        it.
        """
        units = {unit for unit in set(column_of(rows, "base_unit")) if folded(unit) in OUTER_PACKS}
        if not units:
            return
        used = {unit for (unit,) in self._office.rows(_UNITS, json.dumps(list(units)))}
        doubtful = units - used
        row = next((row for row in rows if row.values["base_unit"] in doubtful), None)
        if row is None:
            return
        unit = row.values["base_unit"]
        raise Refused(
            f'line {row.line}: "{column}" says {unit!r}, but not how many are in one. If you count '
            f'whole ones, say --map "{column}=base_unit"; if you count their content, say '
            f'--map "{column}=pack" and fill a column pack_size. Nothing was imported',
            code="unclear-column",
        )


class _KnownPacks:
    """The packs of the items that rows name, by folded SKU: the office's, then the file's."""

    def __init__(self, office: Office, rows: Iterable[Row]) -> None:
        skus = {folded(row.values["sku"]) for row in rows if row.values["sku"]}
        self._ids = known_items(office, skus)
        self._item_packs = ItemPacks(office)
        self._item_packs.read(self._ids.values())
        self._packs: dict[str, list[PackFacts | NamedPack]] = {}

    def unit(self, sku: str) -> str:
        """Return the base unit of a known item; blank for a new one."""
        item_id = self._ids.get(sku)
        return self._item_packs.unit(item_id) if item_id else ""

    def of(self, sku: str) -> list[PackFacts | NamedPack]:
        """Return the packs of an item; a caller adds those of the file."""
        packs = self._packs.get(sku)
        if packs is None:
            item_id = self._ids.get(sku)
            packs = self._packs[sku] = [*self._item_packs.of(item_id)] if item_id else []
        return packs


def _vendor_tells(row: Row, packs: Iterable[PackFacts | NamedPack]) -> bool:
    """Whether the vendor's own number can tell which of several packs of one name is meant."""
    if "vendor_sku" not in row.extra:
        return False
    wanted = folded(row.extra["pack"])
    return any(folded(pack.name) == wanted for pack in packs)
