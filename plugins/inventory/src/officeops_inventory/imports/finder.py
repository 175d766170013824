"""Finder: the vendors, lots and default location that cells of a file name, each read once.

The columns of vendors, packs and barcodes are here too, for the imports that share them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Field, default_location, folded, id_list
from officeops.exchange import Asking, resolve
from officeops_inventory.declared.lot_rules import lot_names, strange_end
from officeops_inventory.imports.packs.text import PACK_HEADS
from officeops_inventory.model import Lot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange import Row

    #: A lot that the office knows: its id, number and last day.
    KnownLot = tuple[int, str, str | None]
    #: A lot as a row names it: its number and its last day, either of which may be missing.
    NamedLot = tuple[str | None, str | None]

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
    "item_code",
    default=None,
    label="Barcode",
    also=("gtin", "upc", "ean", "ndc", "udi", "bar code"),
).named("barcode", "str")

# A pack taken for single units would be ordered a hundred times too often: columns that sound
# like packs are asked about where no column has their size.
PACK_WORDS: Final = {"a pack": Asking(PACK_HEADS, ("pack_size", "pack"))}

# Of archived lots with one number, the last one with stock comes last.
_LOTS: Final = """
SELECT id, item_id, number, expires_on, archived_at IS NOT NULL FROM inventory_lot
WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY archived_at IS NOT NULL AND
    EXISTS (SELECT 1 FROM inventory_stock s WHERE s.lot_id = inventory_lot.id AND s.quantity > 0),
    id
"""


class Finder:
    """Finds the records that cells name, each name once for a whole file."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._vendors: dict[str, list[int]] = {}
        self._vendor = Field("reference", target="vendors.vendor").named("vendor_id", "int")
        self._place = 0
        self._lots: dict[tuple[int, str], KnownLot] = {}
        self._archived: dict[tuple[int, str], KnownLot] = {}
        #: The first lot that ever had a name, and that one by the others: a lot that was used up,
        #: archived and received again is one to a file.
        self._first: dict[tuple[int, str], int] = {}
        self.first_of: dict[int, int] = {}
        self._lots_read: set[int] = set()
        self._today = office.today

    def vendors(self, text: str) -> list[int]:
        """Return the vendors a cell names, in its order. Raises ValueError with a sentence."""
        if text not in self._vendors:
            self._vendors[text] = self._read_vendors(text)
        return self._vendors[text]

    def _read_vendors(self, text: str) -> list[int]:
        # One vendor's name may have a semicolon in it, so the whole text is tried first.
        try:
            return [resolve(self.office, self._vendor, text)]
        except ValueError:
            names = [name for name in map(str.strip, text.split(";")) if name]
            if len(names) < 2:
                raise
        vendor_ids = (resolve(self.office, self._vendor, name) for name in names)
        return list(dict.fromkeys(vendor_ids))

    @property
    def place(self) -> int:
        """The id of the location where stock opens unless a row names one."""
        if not self._place:
            self._place = default_location(self.office)
        return self._place

    # -- lots --------------------------------------------------------------------------------------

    def read_lots(self, item_ids: Iterable[int]) -> None:
        """Read the lots of items, except those that were read before."""
        new = set(item_ids) - self._lots_read
        if not new:
            return
        self._lots_read |= new
        for lot_id, item_id, number, expires_on, archived in self.office.rows(_LOTS, id_list(new)):
            name, lot = (item_id, folded(number)), (lot_id, number, expires_on)
            # Any lot will do for its name, as long as all rows of a file get the same one.
            self.first_of[lot_id] = self._first.setdefault(name, lot_id)
            if archived:
                self._archived[name] = lot
            else:
                self._lots.setdefault(name, lot)

    def known_lot(
        self,
        item_id: int,
        number: str | None,
        expires_on: str | None,
    ) -> int | None:
        """Return the id of the lot a row names, among those read; None for a new lot or none."""
        known = self._known_lot(item_id, number, expires_on)
        return known[0] if known else None

    def first_lot(
        self,
        item_id: int,
        number: str | None,
        expires_on: str | None,
    ) -> int | None:
        """Return the first lot that ever had the name that a row gives, also one that is archived."""
        for name in lot_names(number, expires_on):
            if lot_id := self._first.get((item_id, folded(name))):
                return lot_id
        return None

    def _known_lot(
        self,
        item_id: int,
        number: str | None,
        expires_on: str | None,
        *,
        archived: bool = False,
    ) -> KnownLot | None:
        """Return the lot that a row names, among those read, by the first name that fits."""
        names = [(item_id, folded(name)) for name in lot_names(number, expires_on)]
        lots = [self._lots, self._archived] if archived else [self._lots]
        for known in lots:
            for name in names:
                if name in known:
                    return known[name]
        return None

    def lot_conflict(
        self,
        item_id: int,
        number: str | None,
        expires_on: str | None,
    ) -> str:
        """Return why a row cannot be of the lot it names, among those read; blank where it can."""
        strange = strange_end(expires_on, self._today)
        if strange:
            return strange
        known = self._known_lot(item_id, number, expires_on)
        if known and expires_on and known[2] and known[2] != expires_on:
            return f"lot {known[1]} expires on {known[2]}, not {expires_on}"
        return ""

    def lot_differs(
        self,
        item_id: int,
        number: str | None,
        expires_on: str | None,
    ) -> list[str]:
        """Return the columns of a row that differ from the lot it names, among those read."""
        known = self._known_lot(item_id, number, expires_on)
        if known is not None:
            return ["expires_on"] if expires_on and known[2] != expires_on else []
        columns = []
        if number:
            columns.append("lot")
        if expires_on:
            columns.append("expires_on")
        return columns

    def lot(
        self,
        item_id: int,
        number: str | None,
        expires_on: str | None,
        no_lot: str | None = None,
        *,
        archived: bool = False,
    ) -> int | None:
        """Return the id of an item's lot, added where it is new; None for a row that names none.

        With `archived`, as for goods that leave, an archived lot is known too. A new lot without a
        last day keeps the reason (`no_lot`). A known lot without one gets the row's. Raises ValueError where the known lot ends on another day.
        """
        self.read_lots([item_id])
        names = lot_names(number, expires_on)
        if not names:
            return None
        known = self._known_lot(item_id, number, expires_on, archived=archived)
        if known is None:
            return self._add_lot(item_id, names[0], expires_on, no_lot)
        lot_id, name, ends = known
        conflict = self.lot_conflict(item_id, number, expires_on)
        if conflict:
            raise ValueError(conflict)
        # An archived lot stays as it is.
        if expires_on and not ends and self._lots.get((item_id, folded(name)), (0,))[0] == lot_id:
            last_day = date.fromisoformat(expires_on)
            self.office.edit(self.office.get(Lot, lot_id), expires_on=last_day)
            self._lots[item_id, folded(name)] = (lot_id, name, expires_on)
        return lot_id

    def _add_lot(
        self,
        item_id: int,
        number: str,
        expires_on: str | None,
        no_lot: str | None,
    ) -> int:
        """Add a lot, and remember it for the rows after this one. Raises ValueError for a slip."""
        strange = strange_end(expires_on, self._today)
        if strange:
            raise ValueError(strange)
        lot = {
            "item_id": item_id,
            "number": number,
            "expires_on": expires_on,
            "no_lot": None if expires_on else (no_lot or "").strip() or None,
        }
        (lot_id,) = self.office.add_many(Lot, [lot])
        name = (item_id, folded(number))
        self._lots[name] = (lot_id, number, expires_on)
        self.first_of[lot_id] = self._first.setdefault(name, lot_id)
        return lot_id


def named_lot(row: Row) -> NamedLot:
    """Return the number and the last day of the lot that a row names, each as SQLite keeps it."""
    extra = row.extra
    ends = extra.get("expires_on")
    return extra.get("lot"), None if ends is None else str(ends)
