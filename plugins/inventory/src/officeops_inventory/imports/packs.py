"""Packs from elsewhere: a file has a barcode once, whatever zeros it is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.importer import Importer, Row
from officeops_inventory.declared.barcode_spellings import gtin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class PackImport(Importer):
    """Refuses a barcode that an earlier row of the file gives another pack."""

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: Each barcode of the file by its one form: the pack that has it, and how it is written there.
        self._bearers: dict[str, tuple[tuple[object, ...], str]] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield rows whose barcode is an earlier row's, written with other zeros; written alike it is refused anyway."""
        for row in rows:
            barcode = row.values["barcode"]
            if not barcode:
                continue
            pack = (row.values["item_id"], row.values["name"], row.values["size"])
            earlier, written = self._bearers.setdefault(gtin(barcode), (pack, barcode))
            if earlier != pack and written != barcode:
                yield row, "barcode", f"is that of an earlier row, written {written}"
