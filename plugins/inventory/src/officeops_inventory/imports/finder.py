"""What the inventory's imports share: vendors named in a cell, packs, lots and the place things open at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.core.default_location import default_location
from officeops.exchange.importer import Asking
from officeops.exchange.imports.rows import resolve
from officeops.model.fields import Field
from officeops.model.text_folding import folded
from officeops_inventory.declared.lot_rules import strange_end
from officeops_inventory.imports.pack_names import PACK_HEADS
from officeops_inventory.model import Lot
from officeops_inventory.stock.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

    #: A lot on record: its id, number and last day.
    _KnownLot = tuple[int, str, str | None]

VENDOR = Field(
    "text",
    default=None,
    label="Vendor",
    also=(
        "supplier",
        "vendor name",
        "supplier name",
        "preferred vendor",
        "supplier ids",
        "vendor code",
        "supplier code",
    ),
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
    also=(
        "quantity per package",
        "units per pack",
        "package size",
        "pack qty",
        "case quantity",
        "units per case",
        "case size",
    ),
).named("pack_size", "int")
BARCODE = Field(
    "text", default=None, label="Barcode", also=("gtin", "upc", "ean", "ndc", "udi", "bar code")
).named("barcode", "str")

#: Columns that sound like packs are asked about where no column says how much is in one: what is taken for single units is
#: ordered by the box.
PACK_WORDS: Final = {"a pack": Asking(PACK_HEADS, ("pack_size", "pack"))}


class Finder:
    """Finds what cells name, each name once for a whole file."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._vendors: dict[str, list[int]] = {}
        self._vendor = Field("reference", target="vendors.vendor").named("vendor_id", "int")
        self._place = 0
        self._lots: dict[tuple[int, str], _KnownLot] = {}
        self._lots_read: set[int] = set()
        self._today = office.today

    def vendors(self, text: str) -> list[int]:
        """Return the vendors a cell names, in its order. Raises ValueError with a sentence."""
        if text not in self._vendors:
            try:
                self._vendors[text] = [resolve(self.office, self._vendor, text)]
            except ValueError:
                parts = [part.strip() for part in text.split(";") if part.strip()]
                if len(parts) < 2:
                    raise
                self._vendors[text] = list(
                    dict.fromkeys(resolve(self.office, self._vendor, part) for part in parts)
                )
        return self._vendors[text]

    @property
    def place(self) -> int:
        """The id of the location where stock opens unless a row says one."""
        if not self._place:
            self._place = default_location(self.office)
        return self._place

    def read_lots(self, item_ids: Iterable[int]) -> None:
        """Read the lots of items, those that were read before left out."""
        new = set(item_ids) - self._lots_read
        if not new:
            return
        self._lots_read |= new
        sql = (
            "SELECT id, item_id, number, expires_on FROM inventory_lot "
            "WHERE item_id IN (SELECT value FROM json_each(?)) AND archived_at IS NULL ORDER BY id DESC"
        )
        for lot_id, item_id, number, expires_on in self.office.rows(sql, id_list(new)):
            self._lots[item_id, folded(number)] = (lot_id, number, expires_on)

    def known_lot(self, item_id: int, number: str | None, expires_on: str | None) -> int | None:
        """Return the id of the lot a row names, among those read; None where it is new or the row names none."""
        known = self._known_lot(item_id, number, expires_on)
        return known[0] if known else None

    def _known_lot(
        self, item_id: int, number: str | None, expires_on: str | None
    ) -> _KnownLot | None:
        """Return a lot by its number, or by its last day: lots without a number go by that, in either spelling."""
        names = (number,) if number else (expires_on, f"exp {expires_on}") if expires_on else ()
        known = (self._lots.get((item_id, folded(name))) for name in names)
        return next(filter(None, known), None)

    def lot_conflict(self, item_id: int, number: str | None, expires_on: str | None) -> str:
        """Return why a row cannot be of the lot it names, among those read; blank where it can."""
        if strange := strange_end(expires_on, self._today):
            return strange
        known = self._known_lot(item_id, number, expires_on)
        if known and expires_on and known[2] and known[2] != expires_on:
            return f"lot {known[1]} ends on {known[2]}, not {expires_on}"
        return ""

    def lot_differs(self, item_id: int, number: str | None, expires_on: str | None) -> list[str]:
        """Return the columns that say otherwise of a lot than is on record, among those read."""
        known = self._known_lot(item_id, number, expires_on)
        if known is None:
            return [name for name, value in (("lot", number), ("expires_on", expires_on)) if value]
        return ["expires_on"] if expires_on and known[2] != expires_on else []

    def lot(
        self, item_id: int, number: str | None, expires_on: str | None, no_lot: str | None = None
    ) -> int | None:
        """Return the id of an item's lot, made if it is new; None where neither number nor end is known.

        A new lot without an end keeps why (`no_lot`). A lot that is on record without an end gets the row's. Raises
        ValueError where it ends on another day.
        """
        self.read_lots([item_id])
        name = number or expires_on
        if not name:
            return None
        known = self._known_lot(item_id, number, expires_on)
        if known is None:
            if strange := strange_end(expires_on, self._today):
                raise ValueError(strange)
            row = {"item_id": item_id, "number": name, "expires_on": expires_on}
            row["no_lot"] = None if expires_on else (no_lot or "").strip() or None
            (lot_id,) = self.office.add_many(Lot, [row])
            self._lots[item_id, folded(name)] = (lot_id, name, expires_on)
            return lot_id
        lot_id, name, ends = known
        if conflict := self.lot_conflict(item_id, number, expires_on):
            raise ValueError(conflict)
        if expires_on and not ends:
            self.office.edit(
                self.office.get(Lot, lot_id), expires_on=date.fromisoformat(expires_on)
            )
            self._lots[item_id, folded(name)] = (lot_id, name, expires_on)
        return lot_id


def expiry_text(day: date | str | None) -> str | None:
    """Return a day as SQLite keeps it."""
    return None if day is None else str(day)
