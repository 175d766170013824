"""Vendors' terms with the pack they are for: a price list changes terms and adds no second ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused, reason_of
from officeops.exchange import Importer, Row
from officeops.values import wording
from officeops_inventory.imports.finder import BARCODE, PACK_NAME, PACK_SIZE, PACK_WORDS
from officeops_inventory.imports.terms.offer import Offer, WantedPack
from officeops_inventory.imports.terms.vendor_offers import VendorOffers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: The most terms that a sentence names.
_NAMED = 5


class TermsImport(Importer):
    """The import of vendor terms: its columns, and how a row finds its terms and its pack."""

    extra = (PACK_NAME, PACK_SIZE, BARCODE)
    keys = (("item_id", "vendor_id", "pack_id"),)
    fills = ("pack_id", "rank")
    asks = PACK_WORDS

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._offers = VendorOffers(office)
        #: The terms of each line of a piece of the file.
        self._terms: dict[int, Offer] = {}
        #: New packs beside packs that the same vendor's terms have, in words.
        self._beside: list[str] = []
        #: Items and vendors of which a new pack is asked before the older ones.
        self._in_front: set[tuple[int, int]] = set()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find the terms and the pack each row is about, or add the pack."""
        self._offers.clear()
        self._terms.clear()
        named = [row for row in rows if row.values["item_id"] and row.values["vendor_id"]]
        self._offers.read(row.values["item_id"] for row in named)
        ranks: dict[int, int] = {}
        for row in named:
            try:
                self._place(row, ranks)
            except ValueError as why:
                yield row, "pack", reason_of(why, "malformed")
            except Refused as why:
                for problem in why.problems:
                    yield row, problem.field, problem.reason()

    def _place(self, row: Row, ranks: dict[int, int]) -> None:
        """Fill in a row's pack, and the rank of new terms: an item's terms all have another."""
        values = row.values
        item_id, vendor_id = values["item_id"], values["vendor_id"]
        wanted = self._offers.sized(item_id, self._wanted(row))
        # The size is filled in, so that `differing` compares it.
        if wanted.name:
            row.extra |= {"pack": wanted.name, "pack_size": wanted.size}
        offer = self._offers.find(item_id, vendor_id, wanted)
        if offer is not None:
            self._terms[row.line] = offer
            values["pack_id"] = offer.pack_id
            return
        values["pack_id"] = self._offers.pack(item_id, wanted)
        if "rank" not in self.given or "rank" in row.blank:
            values["rank"] = self._rank(item_id, vendor_id, ranks)

    def _wanted(self, row: Row) -> WantedPack:
        """Return a row's pack; a blank size in a file that has sizes is a single unit."""
        extra = row.extra
        size = extra.get("pack_size")
        if size is None and "pack_size" in self.given and not extra.get("pack"):
            size = 1
        number = row.values["vendor_sku"]
        return WantedPack(number, extra.get("pack"), size, extra.get("barcode"))

    def _rank(self, item_id: int, vendor_id: int, ranks: dict[int, int]) -> int:
        """Return the rank of new terms: last.

        With `--update`, a vendor's new pack comes before its older one.
        """
        older = self._offers.of(item_id, vendor_id)
        if older:
            packs = wording.listing([offer.packed for offer in older])
            self._beside.append(f"{self._sku(item_id)} beside {packs}")
            if self.update and (item_id, vendor_id) not in self._in_front:
                self._in_front.add((item_id, vendor_id))
                return self._offers.make_way(item_id, vendor_id)
        # Terms of this piece are not written yet, so the office does not know their ranks.
        ranks[item_id] = 1 + max(ranks.get(item_id, 0), self._offers.last_rank(item_id))
        return ranks[item_id]

    def _sku(self, item_id: int) -> str:
        return str(self.office.value("SELECT sku FROM inventory_item WHERE id = ?", item_id))

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the rows whose vendor SKU the office has in a pack of another size."""
        differing: dict[int, list[str]] = {}
        for row in rows:
            if self._resized(row):
                differing[row.id] = ["pack_size"]
        return differing

    def updated(self, rows: list[Row]) -> None:
        """Give terms whose pack has another size now the right pack."""
        for row in rows:
            offer = self._resized(row)
            if offer:
                pack_id = self._offers.pack(offer.item_id, self._wanted(row))
                self._offers.edit(offer, pack_id=pack_id)

    def _resized(self, row: Row) -> Offer | None:
        """Return the terms of a row where their pack has another size than the row says."""
        offer = self._terms.get(row.line)
        if offer is None or row.extra.get("pack_size") in {None, offer.size}:
            return None
        return offer

    def finish(self) -> Iterable[str]:
        """Name the packs that are new beside others of a vendor, and say which is ordered."""
        if not self._beside:
            return
        shown = ", ".join(self._beside[:_NAMED])
        more = f" and {len(self._beside) - _NAMED:,} more" if len(self._beside) > _NAMED else ""
        packs = wording.count(len(self._beside), "new pack")
        named = f"{packs} of a vendor: {shown}{more}"
        if self._in_front:
            yield f"{named}; the new one is ordered, the others come after it."
        else:
            self.left.append(
                f"{named}; the older one is still ordered. If it is replaced, change its rank "
                "or archive it."
            )
