"""Vendors' terms come with the pack they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused
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

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the pack each row is about, or make it."""
        for row in rows:
            values, extra = row.values, row.extra
            if values["item_id"] and values["vendor_id"]:
                try:
                    values["pack_id"] = self._find.pack(
                        values["item_id"], extra.get("pack"), extra.get("pack_size"), extra.get("barcode")
                    )
                except ValueError as why:
                    yield row, "pack", str(why)
                except Refused as why:
                    yield from ((row, problem.field, problem.message) for problem in why.problems)
