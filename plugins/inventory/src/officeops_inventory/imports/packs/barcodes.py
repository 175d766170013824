"""The barcodes of a file: which item has one, in the office or further up in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import folded, item_number
from officeops_inventory.model import Item, Pack

if TYPE_CHECKING:
    from officeops import Office


class FileBarcodes:
    """Finds the other item that has a barcode already, however it is written."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: Each barcode of the file, and the SKU of its item there.
        self._skus: dict[str, str] = {}

    def bearer(self, barcode: str, sku: str | None) -> str:
        """Return the SKU of another item that has a barcode; blank where none has."""
        bearer = self._known_bearer(barcode)
        if not bearer:
            bearer = self._skus.setdefault(item_number(barcode), str(sku))
        return "" if folded(bearer) == folded(str(sku)) else bearer

    def _known_bearer(self, barcode: str) -> str:
        pack_ids = self._office.alike(Pack, "barcode", barcode)
        for pack in self._office.some(Pack, pack_ids):
            return self._office.get(Item, pack.item_id).sku
        return ""
