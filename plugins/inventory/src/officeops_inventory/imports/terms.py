"""Vendors' terms come with the pack they are for; a price list changes the terms it is about and makes no second ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused
from officeops.exchange.importer import Importer, Row
from officeops.values import wording
from officeops_inventory.imports.finder import BARCODE, PACK_NAME, PACK_SIZE, PACK_WORDS
from officeops_inventory.imports.vendor_offers import Asked, Offer, VendorOffers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: The most terms that a sentence names.
_NAMED = 5


class TermsImport(Importer):
    """The columns that only an import of vendor terms has."""

    extra = (PACK_NAME, PACK_SIZE, BARCODE)
    keys = (("item_id", "vendor_id", "pack_id"),)
    fills = ("pack_id", "rank")
    asks = PACK_WORDS

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._offers = VendorOffers(office)
        #: The terms that rows of a piece are about.
        self._found: dict[int, Offer] = {}
        #: New packs beside packs that the same vendor's terms have, in words.
        self._beside: list[str] = []
        #: Items and vendors of which a new pack is asked before the older ones.
        self._in_front: set[tuple[int, int]] = set()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the terms and the pack each row is about, or make the pack."""
        self._offers.clear()
        self._found.clear()
        named = [row for row in rows if row.values["item_id"] and row.values["vendor_id"]]
        self._offers.read(row.values["item_id"] for row in named)
        ranks: dict[int, int] = {}
        for row in named:
            try:
                self._place(row, ranks)
            except ValueError as why:
                yield row, "pack", str(why)
            except Refused as why:
                yield from ((row, problem.field, problem.message) for problem in why.problems)

    def _place(self, row: Row, ranks: dict[int, int]) -> None:
        """Fill in a row's pack, and the rank of new terms: no two terms of an item are asked first."""
        values = row.values
        item_id = values["item_id"]
        asked = self._offers.sized(item_id, self._asked(row))
        if asked.name:
            row.extra |= {"pack": asked.name, "pack_size": asked.size}
        offer = self._offers.find(item_id, values["vendor_id"], asked)
        if offer is not None:
            self._found[row.line] = offer
            values["pack_id"] = offer.pack_id
            return
        values["pack_id"] = self._offers.pack(item_id, asked)
        if "rank" not in self.given or "rank" in row.blank:
            values["rank"] = self._rank(item_id, values["vendor_id"], ranks)

    def _asked(self, row: Row) -> Asked:
        extra = row.extra
        size = extra.get("pack_size")
        if size is None and "pack_size" in self.given and not extra.get("pack"):
            size = 1
        return Asked(row.values["vendor_sku"], extra.get("pack"), size, extra.get("barcode"))

    def _rank(self, item_id: int, vendor_id: int, ranks: dict[int, int]) -> int:
        """Return the rank of new terms: last, or before the vendor's older pack where the file changes what is on record."""
        older = self._offers.of(item_id, vendor_id)
        if older:
            self._beside.append(
                f"{self._label(item_id)} beside {wording.listing([offer.packed for offer in older])}"
            )
        if older and self.update and (item_id, vendor_id) not in self._in_front:
            self._in_front.add((item_id, vendor_id))
            return self._offers.make_way(item_id, vendor_id)
        ranks[item_id] = 1 + max(ranks.get(item_id, 0), self._offers.last_rank(item_id))
        return ranks[item_id]

    def _label(self, item_id: int) -> str:
        return str(self.office.value("SELECT sku FROM inventory_item WHERE id = ?", item_id))

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the rows whose vendor SKU is on record in a pack of another size."""
        differing: dict[int, list[str]] = {}
        for row in rows:
            offer = self._found.get(row.line)
            if offer is not None and row.extra.get("pack_size") not in {None, offer.size}:
                differing[row.id] = ["pack_size"]
        return differing

    def updated(self, rows: list[Row]) -> None:
        """Put terms whose pack became another size on the right pack."""
        for row in rows:
            offer = self._found.get(row.line)
            if offer is not None and row.extra.get("pack_size") not in {None, offer.size}:
                pack_id = self._offers.pack(offer.item_id, self._asked(row))
                self._offers.edit(offer, pack_id=pack_id)

    def finish(self) -> Iterable[str]:
        """Say which packs are new beside others of the same vendor."""
        if not self._beside:
            return
        shown = ", ".join(self._beside[:_NAMED])
        more = f" and {len(self._beside) - _NAMED:,} more" if len(self._beside) > _NAMED else ""
        packs = wording.count(len(self._beside), "new pack")
        if self._in_front:
            yield f"{packs} of a vendor: {shown}{more}; the new one is ordered, the others come after it."
        else:
            self.left.append(
                f"{packs} of a vendor: {shown}{more}; the older one is still ordered. If it is replaced, change its rank "
                "or archive it."
            )
