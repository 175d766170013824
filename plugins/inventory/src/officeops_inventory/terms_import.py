"""Vendors' terms come with the pack they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.importer import Importer, Row
from officeops_inventory.importing import BARCODE, PACK_NAME, PACK_SIZE, Finder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class TermsImport(Importer):
    """The columns that only an import of vendor terms has."""

    extra = (PACK_NAME, PACK_SIZE, BARCODE)
    keys = (("item_id", "vendor_id", "pack_id"),)
    fills = ("pack_id",)

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._find = Finder(office)

    def check(self, row: Row) -> Iterable[tuple[str, str]]:
        """Find the pack a row is about, or make it."""
        values, extra = row.values, row.extra
        if values["item_id"] and values["vendor_id"]:
            values["pack_id"] = self._find.pack(values["item_id"], extra.get("pack"), extra.get("pack_size"), extra.get("barcode"))
        return ()
