"""What the inventory's imports share: vendors named in a cell, packs, lots and the place things open at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.rows import resolve
from officeops.fields import Field
from officeops.locations import default_location
from officeops_inventory.model import Lot, Pack

if TYPE_CHECKING:
    from officeops import Office

VENDOR = Field(
    "text",
    default=None,
    label="Vendor",
    also=("supplier", "vendor name", "supplier name", "preferred vendor", "supplier ids", "vendor code"),
    help="Code or name; several are separated by semicolons, the first is asked first",
).named("vendor", "str")
PACK_NAME = Field(
    "text",
    default=None,
    label="Pack",
    also=("package", "package type", "default package type", "pack name", "package uom"),
).named("pack", "str")
PACK_SIZE = Field(
    "quantity",
    default=None,
    label="Pack size",
    minimum=1,
    also=("quantity per package", "units per pack", "package size", "pack qty"),
).named("pack_size", "int")
BARCODE = Field("text", default=None, label="Barcode", also=("gtin", "upc", "ean", "ndc", "udi", "bar code")).named(
    "barcode", "str"
)


class Finder:
    """Finds what cells name, each name once for a whole file."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._vendors: dict[str, list[int]] = {}
        self._vendor = Field("reference", target="vendors.vendor").named("vendor_id", "int")
        self._place = 0

    def vendors(self, text: str) -> list[int]:
        """Return the vendors a cell names, in its order. Raises ValueError with a sentence."""
        if text not in self._vendors:
            try:
                self._vendors[text] = [resolve(self.office, self._vendor, text)]
            except ValueError:
                parts = [part.strip() for part in text.split(";") if part.strip()]
                if len(parts) < 2:
                    raise
                self._vendors[text] = list(dict.fromkeys(resolve(self.office, self._vendor, part) for part in parts))
        return self._vendors[text]

    @property
    def place(self) -> int:
        """The id of the location where stock opens unless a row says one."""
        if not self._place:
            self._place = default_location(self.office)
        return self._place

    def pack(self, item_id: int, name: str | None, size: int | None, barcode: str | None) -> int | None:
        """Return the id of an item's pack, made if it is new; None for single units.

        Raises ValueError where a name alone may be several, Refused where the barcode is another pack's.
        """
        if not barcode and (size or 1) == 1 and not name:
            return None
        if name and size is None and not barcode:
            sizes = self.office.rows(
                "SELECT id, size FROM inventory_pack WHERE item_id = ? AND name = ? AND archived_at IS NULL",
                item_id,
                name,
            )
            if len(sizes) > 1:
                raise ValueError(
                    f"{name!r} may be of {' or '.join(str(each[1]) for each in sizes)}; say the pack's size"
                )
            if sizes:
                return int(sizes[0][0])
        size, name = size or 1, name or "pack"
        found = self.office.value(
            "SELECT id FROM inventory_pack WHERE item_id = ? AND name = ? AND size = ? AND archived_at IS NULL",
            item_id,
            name,
            size,
        )
        return int(found) if found else self.office.add(Pack(item_id=item_id, name=name, size=size, barcode=barcode)).id

    def lot(self, item_id: int, number: str | None, expires_on: str | None) -> int | None:
        """Return the id of an item's lot, made if it is new; None where neither number nor end is known.

        Raises ValueError where the lot is known to end on another day.
        """
        if not number and not expires_on:
            return None
        number = number or f"exp {expires_on}"
        found = self.office.first(Lot, "item_id = ? AND number = ?", item_id, number)
        if found is None:
            made = self.office.add_many(Lot, [{"item_id": item_id, "number": number, "expires_on": expires_on}])
            return made[0]
        known = found.expires_on.isoformat() if found.expires_on else None
        if expires_on and known and known != expires_on:
            raise ValueError(f"lot {number} ends on {known}, not {expires_on}")
        return found.id
