"""Packs from elsewhere: a file gives a barcode to one pack, whatever zeros it is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Reason, item_number
from officeops.exchange import Importer, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

    #: A pack as a file names it: its item, its name and its size.
    Pack = tuple[object, ...]


class PackImport(Importer):
    """Refuses a barcode that an earlier row of the file gives another pack."""

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: The pack of each barcode of the file, by its one form, and how the file writes it.
        self._bearers: dict[str, tuple[Pack, str]] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield rows whose barcode is an earlier row's, written with other zeros.

        Barcodes that are written alike are refused as every repeated unique value is.
        """
        for row in rows:
            values = row.values
            barcode = values["barcode"]
            if not barcode:
                continue
            pack = (values["item_id"], values["name"], values["size"])
            # The first row with a barcode keeps it.
            earlier, written = self._bearers.setdefault(item_number(barcode), (pack, barcode))
            if earlier != pack and written != barcode:
                yield (
                    row,
                    "barcode",
                    Reason(f"is that of an earlier row, written {written}", code="taken"),
                )
