"""Item offers: the packs and the vendors' terms that rows of an item file bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.values import wording
from officeops_inventory.imports.items.columns import PACK_COLUMNS
from officeops_inventory.imports.items.row_terms import (
    differing_terms,
    given_terms,
    refuse_contradiction,
    wanted_pack,
)
from officeops_inventory.imports.terms.vendor_offers import VendorOffers
from officeops_inventory.model import Pack, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.terms.offer import Offer

#: The columns of a pack in the order in which differences name them.
_PACK_NAMES: Final = ("pack", "pack_size", "barcode")


class ItemOffers:
    """Adds the packs and terms of new items; compares and changes those of known items."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._offers = VendorOffers(office)
        self._first_new = office.last_id(Terms) + 1
        self._given: frozenset[str] = frozenset()
        #: How many rows have terms and no vendor, and how many packs replace another.
        self._vendorless = self._new_packs = 0
        #: Known terms that an earlier row of this file changed.
        self._changed: set[int] = set()

    def begin(self, given: frozenset[str]) -> None:
        """Remember which columns the file has."""
        self._given = given

    def clear(self) -> None:
        """Forget the records read for an earlier piece of the file."""
        self._offers.clear()

    # -- new items ---------------------------------------------------------------------------------

    def add(self, rows: list[Row]) -> None:
        """Write the packs and terms of new items."""
        packs = self._add_packs(rows) if self._given & PACK_COLUMNS else {}
        terms: list[dict[str, Any]] = []
        for row in rows:
            terms += self._terms(row, packs.get(row.id))
        if terms:
            self._office.add_many(Terms, terms)

    def _add_packs(self, rows: list[Row]) -> dict[int, int]:
        """Add the packs of new items, all at once: a new item has none. Return them by item."""
        packs: list[dict[str, Any]] = []
        for row in rows:
            wanted = wanted_pack(row)
            if not wanted.is_single:
                pack = {
                    "item_id": row.id,
                    "name": wanted.name or "pack",
                    "size": wanted.size or 1,
                    "barcode": wanted.barcode,
                }
                packs.append(pack)
        pack_ids = self._office.add_many(Pack, packs) if packs else []
        return {pack["item_id"]: pack_id for pack, pack_id in zip(packs, pack_ids, strict=True)}

    def _terms(self, row: Row, pack_id: int | None) -> Iterator[dict[str, Any]]:
        """Yield the terms of a new item with each of its vendors, in the order of the row."""
        vendors = row.extra.get("vendors", ())
        if not vendors:
            self._note_vendorless(row)
        for rank, vendor_id in enumerate(vendors, 1):
            yield _terms_of(row, vendor_id, pack_id, rank)

    def _note_vendorless(self, row: Row) -> None:
        """Count a row whose terms are of no vendor."""
        self._vendorless += bool(given_terms(row))

    # -- further rows of new items -----------------------------------------------------------------

    def further(self, row: Row) -> bool:
        """Add the vendors and packs that a further row of a new item brings; whether it brings any.

        Raises ValueError where it contradicts an earlier row.
        """
        vendors = row.extra.get("vendors", ())
        if not vendors:
            self._note_vendorless(row)
            return self._take_pack(row) if row.extra.keys() & PACK_COLUMNS else False
        is_new = False
        for vendor_id in vendors:
            offer = self._offers.find(row.id, vendor_id, wanted_pack(row, self._given))
            if offer is None:
                self._add_offer(row, vendor_id, self._offers.last_rank(row.id) + 1)
                is_new = True
            else:
                refuse_contradiction(row, offer)
                is_new = self._take_barcode(row, offer) or is_new
        return is_new

    def _take_pack(self, row: Row) -> bool:
        """Add the pack of a row that names no vendor, or its barcode; whether it is new."""
        wanted = wanted_pack(row)
        if not self._offers.lacks_pack(row.id, wanted):
            return False
        self._offers.pack(row.id, wanted)
        return True

    def _take_barcode(self, row: Row, offer: Offer) -> bool:
        """Give the pack of terms the barcode of a row; whether it is new."""
        barcode = row.extra.get("barcode")
        if not barcode or self._offers.has_barcode(row.id, barcode):
            return False
        self._set_barcode(row, offer)
        return True

    def _set_barcode(self, row: Row, offer: Offer) -> None:
        """Give the pack of terms the barcode of a row. Raises ValueError where it has another."""
        wanted = wanted_pack(row).replace(name=offer.pack, size=offer.size)
        self._offers.pack(row.id, wanted)

    def _add_offer(self, row: Row, vendor_id: int, rank: int) -> None:
        pack_id = self._offers.pack(row.id, wanted_pack(row))
        self._offers.add([_terms_of(row, vendor_id, pack_id, rank)])

    # -- known items -------------------------------------------------------------------------------

    def read(self, rows: list[Row]) -> None:
        """Read the terms and packs of the items of rows, all at once."""
        columns = PACK_COLUMNS | {"vendors"}
        self._offers.read(row.id for row in rows if row.extra.keys() & columns)

    def differing(self, row: Row) -> list[str]:
        """Return the columns of a row's terms and packs that differ from its item's."""
        vendors = row.extra.get("vendors", ())
        if not vendors:
            self._note_vendorless(row)
            return self._differing_pack(row) if row.extra.keys() & PACK_COLUMNS else []
        names: list[str] = []
        for vendor_id in vendors:
            names += self._differing_offer(row, vendor_id)
        barcode = row.extra.get("barcode")
        if barcode and not self._offers.has_barcode(row.id, barcode):
            names.append("barcode")
        return list(dict.fromkeys(names))

    def out_of_order(self, row: Row) -> list[str]:
        """Return "vendor" where a row asks its vendors in another order than the item does."""
        vendors = row.extra.get("vendors", ())
        if len(vendors) < 2:
            return []
        ranks = []
        for vendor_id in vendors:
            offers = self._offers.of(row.id, vendor_id)
            rank = min((offer.rank for offer in offers), default=0)
            if rank:
                ranks.append(rank)
        return ["vendor"] if ranks != sorted(ranks) else []

    def _differing_pack(self, row: Row) -> list[str]:
        """Return the columns of a row's pack that its item lacks."""
        wanted = wanted_pack(row)
        try:
            lacks = self._offers.lacks_pack(row.id, wanted)
        except ValueError:
            return ["pack"]
        if not lacks:
            return []
        unscanned = wanted.replace(barcode=None)
        if unscanned.is_stated and self._offers.known_pack(row.id, unscanned):
            return ["barcode"]
        return _pack_names(row)

    def _differing_offer(self, row: Row, vendor_id: int) -> list[str]:
        """Return the columns of a row that differ from the terms it is about.

        All of them do where the vendor or the pack is new to the item.
        """
        try:
            offer = self._offers.find(row.id, vendor_id, wanted_pack(row, self._given))
        except ValueError:
            return ["pack"]
        if offer is not None:
            return differing_terms(row, offer)
        names = [*_pack_names(row), *given_terms(row)]
        is_known = self._offers.of(row.id, vendor_id)
        return names if is_known else ["vendor", *names]

    def update(self, row: Row) -> None:
        """Change the terms and packs that a row is about.

        A vendor that is new to an item comes after those it has. Raises ValueError where the row
        leaves a doubt or contradicts an earlier one, Refused where a pack cannot be added.
        """
        vendors = row.extra.get("vendors", ())
        for vendor_id in vendors:
            self._update_offer(row, vendor_id)
        if not vendors and row.extra.keys() & PACK_COLUMNS:
            self._take_pack(row)

    def _update_offer(self, row: Row, vendor_id: int) -> None:
        """Change the terms a row is about, or add them.

        Another pack of the vendor comes before the one it sold so far: the file has the packs that
        the vendor sells now, and a lower price of the older pack must not be ordered at.
        """
        offer = self._offers.find(row.id, vendor_id, wanted_pack(row, self._given))
        if offer is None and self._offers.of(row.id, vendor_id):
            self._add_offer(row, vendor_id, self._offers.make_way(row.id, vendor_id))
            self._new_packs += 1
        elif offer is None:
            self._add_offer(row, vendor_id, self._offers.last_rank(row.id) + 1)
        elif offer.id in self._changed or offer.id >= self._first_new:
            # The file itself has these terms: a second row of theirs changes nothing more.
            refuse_contradiction(row, offer)
            self._take_barcode(row, offer)
        else:
            self._changed.add(offer.id)
            self._change(row, offer)

    def _change(self, row: Row, offer: Offer) -> None:
        """Change known terms to those of a row, and their pack where its size differs."""
        barcode = row.extra.get("barcode")
        if not differing_terms(row, offer) and not barcode:
            return
        changes = given_terms(row)
        if row.extra.get("pack_size", offer.size) != offer.size:
            changes["pack_id"] = self._offers.pack(row.id, wanted_pack(row))
        elif barcode:
            self._set_barcode(row, offer)
        self._offers.edit(offer, **changes)

    # -- at the end --------------------------------------------------------------------------------

    def left(self) -> Iterable[str]:
        """Yield a sentence on the rows whose terms were left out."""
        if self._vendorless:
            rows = wording.count(self._vendorless, "row")
            yield (
                f"{rows} with a price, vendor SKU, MOQ or lead time and no vendor: "
                "those are a vendor's terms, and were left out."
            )

    def notes(self) -> Iterable[str]:
        """Yield a sentence on the order in which new packs are asked."""
        if self._new_packs:
            packs = wording.count(self._new_packs, "new pack")
            yield (
                f"{packs} of vendors that sold another pack so far: the new one is ordered, "
                "the other one comes after it."
            )


def _terms_of(
    row: Row,
    vendor_id: int,
    pack_id: int | None,
    rank: int,
) -> dict[str, Any]:
    return {
        "item_id": row.id,
        "vendor_id": vendor_id,
        "pack_id": pack_id,
        "rank": rank,
        **given_terms(row),
    }


def _pack_names(row: Row) -> list[str]:
    return [name for name in _PACK_NAMES if name in row.extra]
