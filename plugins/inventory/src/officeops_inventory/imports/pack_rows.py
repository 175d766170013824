"""Pack rows: the size of each pack that rows of an item file name, settled before any row is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.text_folding import folded
from officeops_inventory.imports.pack_names import NamedPack, named_pack, stated_pack
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange.importer import Row

    #: A row, the field, and why it is refused.
    Wrong = tuple[Row, str, str]

_KNOWN: Final = """
SELECT s.folded, i.base_unit, p.name, p.size, p.barcode
FROM inventory_item_same s JOIN inventory_item i ON i.id = s.id AND i.archived_at IS NULL
LEFT JOIN inventory_pack p ON p.item_id = i.id AND p.archived_at IS NULL
WHERE s.identity = ? AND s.folded IN (SELECT value FROM json_each(?)) ORDER BY p.id
"""


class PackRows:
    """Fills in the sizes of named packs, from the item or from the name; refuses what says none."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._identity = next(
            identity.name for identity in Item.meta.identities if identity.columns == ("sku",)
        )

    def sized(self, rows: list[Row]) -> Iterable[Wrong]:
        """Give each row the size of the pack it names, as its item has it or as the name says; yield rows with neither."""
        if not any("pack" in row.extra and "pack_size" not in row.extra for row in rows):
            return
        units, packs = self._known(rows)
        for row in rows:
            if "pack" not in row.extra:
                continue
            key = folded(row.values["sku"] or "")
            known = packs.setdefault(key, [])
            name = row.extra["pack"]
            if "pack_size" not in row.extra:
                try:
                    pack = named_pack(name, units.get(key) or row.values["base_unit"], known)
                except ValueError as why:
                    if not self._vendor_tells(row, known):
                        yield row, "pack", str(why)
                    continue
                row.extra |= {"pack": pack.name, "pack_size": pack.size}
            # A later row of the same item may name the pack alone.
            known.append(NamedPack(row.extra["pack"], row.extra["pack_size"]))

    @staticmethod
    def _vendor_tells(row: Row, known: list[NamedPack]) -> bool:
        """Whether the vendor's own number can tell which of several packs of one name is meant."""
        wanted = folded(row.extra["pack"])
        return "vendor_sku" in row.extra and any(folded(pack.name) == wanted for pack in known)

    def _known(self, rows: list[Row]) -> tuple[dict[str, str], dict[str, list[NamedPack]]]:
        """Return the base units and the packs of the items that rows name, by SKU."""
        skus = {
            folded(row.values["sku"]) for row in rows if row.values["sku"] and "pack" in row.extra
        }
        units: dict[str, str] = {}
        packs: dict[str, list[NamedPack]] = {}
        for sku, unit, name, size, barcode in self._office.rows(
            _KNOWN, self._identity, _listed(skus)
        ):
            units[sku] = unit
            if name is not None:
                packs.setdefault(sku, []).append(NamedPack(name, size, barcode))
        return units, packs

    def units(self, rows: list[Row]) -> Iterable[Wrong]:
        """Yield rows whose unit is a pack of several: "box of 100" is what a vendor sells, not what one of it is."""
        packs = {
            unit: pack.size
            for unit in {row.values["base_unit"] for row in rows}
            if any(map(str.isdigit, unit)) and (pack := stated_pack(unit)) and pack.size > 1
        }
        if not packs:
            return
        sql = "SELECT base_unit FROM inventory_item WHERE base_unit IN (SELECT value FROM json_each(?))"
        kept = {unit for (unit,) in self._office.rows(sql, _listed(packs))}
        for row in rows:
            unit = row.values["base_unit"]
            if unit in packs and unit not in kept:
                why = f"is a pack of {packs[unit]:,}, not a unit: map the column to pack, or write what one of it is, as each"
                yield row, "base_unit", why


def _listed(texts: Iterable[str]) -> str:
    """Return texts as a JSON array, for json_each."""
    import json

    return json.dumps(list(texts))
