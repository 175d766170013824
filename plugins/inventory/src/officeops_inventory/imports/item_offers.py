"""Item offers: the packs and the vendors' terms that rows of an item file bring, for new items and for those there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.values import wording
from officeops_inventory.imports.item_columns import PACK_COLUMNS, TERMS
from officeops_inventory.imports.vendor_offers import Asked, VendorOffers
from officeops_inventory.model import Pack, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange.importer import Row
    from officeops_inventory.imports.vendor_offers import Offer


class ItemOffers:
    """Takes in packs and terms, compares them with those on record, and changes those where that is asked for."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._offers = VendorOffers(office)
        self._first_new = office.last_id(Terms) + 1
        self._given: frozenset[str] = frozenset()
        self._vendorless = self._new_packs = 0
        #: Terms on record that a row of this file is about.
        self._told: set[int] = set()

    def begin(self, given: frozenset[str]) -> None:
        """Take in which columns the file has."""
        self._given = given

    def clear(self) -> None:
        """Forget what was read for an earlier piece of the file."""
        self._offers.clear()

    # -- new items --------------------------------------------------------------------------------------

    def add(self, rows: list[Row]) -> None:
        """Write the packs and terms of new items."""
        packs = self._packs(rows) if self._given & PACK_COLUMNS else {}
        terms = [offer for row in rows for offer in self._terms(row, packs.get(row.id))]
        if terms:
            self._office.add_many(Terms, terms)

    def _packs(self, rows: list[Row]) -> dict[int, int]:
        """Make the packs of new items, all at once: an item that is new has none. Single units need no pack."""
        packed = []
        for row in rows:
            asked = _asked(row)
            if asked.name or asked.barcode or (asked.size or 1) > 1:
                packed.append((row.id, asked))
        packs = [
            {
                "item_id": item_id,
                "name": asked.name or "pack",
                "size": asked.size or 1,
                "barcode": asked.barcode,
            }
            for item_id, asked in packed
        ]
        pack_ids = self._office.add_many(Pack, packs) if packs else []
        return {item_id: pack_id for (item_id, _), pack_id in zip(packed, pack_ids, strict=True)}

    def _terms(self, row: Row, pack_id: int | None) -> Iterable[dict[str, Any]]:
        vendors = row.extra.get("vendors", ())
        given = _given(row)
        self._vendorless += bool(given and not vendors)
        for rank, vendor_id in enumerate(vendors, 1):
            yield {
                "item_id": row.id,
                "vendor_id": vendor_id,
                "pack_id": pack_id,
                "rank": rank,
                **given,
            }

    def further(self, row: Row) -> bool:
        """Add the vendors and packs that a further row of a new item brings; whether it brings any.

        Raises ValueError where it contradicts an earlier row.
        """
        vendors = row.extra.get("vendors", ())
        if not vendors:
            self._vendorless += bool(_given(row))
            return self._take_pack(row) if row.extra.keys() & PACK_COLUMNS else False
        fresh = False
        for vendor_id in vendors:
            offer = self._offers.find(row.id, vendor_id, _asked(row, self._given))
            if offer is None:
                self._add_offer(row, vendor_id, self._offers.last_rank(row.id) + 1)
                fresh = True
            else:
                _agree(row, offer)
                fresh = self._take_barcode(row, offer) or fresh
        return fresh

    def _take_pack(self, row: Row) -> bool:
        """Make the pack of a row that names no vendor, or give it its barcode; whether it is new."""
        asked = _asked(row)
        if not self._lacks_pack(row, asked):
            return False
        self._offers.pack(row.id, asked)
        return True

    def _take_barcode(self, row: Row, offer: Offer) -> bool:
        """Give the pack of terms the barcode of a row; whether it is new."""
        barcode = row.extra.get("barcode")
        if not barcode or self._offers.has_barcode(row.id, barcode):
            return False
        self._offers.pack(row.id, _asked(row).replace(name=offer.pack, size=offer.size))
        return True

    def _lacks_pack(self, row: Row, asked: Asked) -> bool:
        """Whether an item has no pack such as a row names, or not its barcode. Raises ValueError where it may be several."""
        if asked.barcode and not self._offers.has_barcode(row.id, asked.barcode):
            return True
        is_single = not asked.name and not asked.barcode and (asked.size or 1) == 1
        return not is_single and self._offers.known_pack(row.id, asked) is None

    def _add_offer(self, row: Row, vendor_id: int, rank: int) -> None:
        pack_id = self._offers.pack(row.id, _asked(row))
        self._offers.add(
            [
                {
                    "item_id": row.id,
                    "vendor_id": vendor_id,
                    "pack_id": pack_id,
                    "rank": rank,
                    **_given(row),
                }
            ]
        )

    # -- items that are there -----------------------------------------------------------------------------

    def read(self, rows: list[Row]) -> None:
        """Read what is on record of the items of rows, all at once."""
        told = PACK_COLUMNS | {"vendors"}
        self._offers.read(row.id for row in rows if row.extra.keys() & told)

    def differing(self, row: Row) -> list[str]:
        """Return which terms, packs and barcodes of a row are not what its item's are."""
        vendors = row.extra.get("vendors", ())
        if not vendors:
            self._vendorless += bool(_given(row))
            return self._differing_pack(row) if row.extra.keys() & PACK_COLUMNS else []
        names: list[str] = []
        for vendor_id in vendors:
            names += self._differing_terms(row, vendor_id)
        if (barcode := row.extra.get("barcode")) and not self._offers.has_barcode(row.id, barcode):
            names.append("barcode")
        return list(dict.fromkeys(names))

    def out_of_order(self, row: Row) -> list[str]:
        """Return "vendor" where a row asks its vendors in another order than the item does."""
        vendors = row.extra.get("vendors", ())
        if len(vendors) < 2:
            return []
        ranks = [
            min((offer.rank for offer in self._offers.of(row.id, vendor)), default=0)
            for vendor in vendors
        ]
        known = [rank for rank in ranks if rank]
        return ["vendor"] if known != sorted(known) else []

    def _differing_pack(self, row: Row) -> list[str]:
        """Return what a row says of a pack that its item has not."""
        try:
            lacks = self._lacks_pack(row, _asked(row))
        except ValueError:
            return ["pack"]
        if not lacks:
            return []
        asked = _asked(row).replace(barcode=None)
        known = self._offers.known_pack(row.id, asked) if asked.pack else None
        return (
            ["barcode"]
            if known
            else [name for name in ("pack", "pack_size", "barcode") if name in row.extra]
        )

    def _differing_terms(self, row: Row, vendor_id: int) -> list[str]:
        """Return where a row's terms differ; of a vendor or a pack that is new to the item, all it says of it."""
        try:
            offer = self._offers.find(row.id, vendor_id, _asked(row, self._given))
        except ValueError:
            return ["pack"]
        if offer is not None:
            return _differing(row, offer)
        packs = [name for name in ("pack", "pack_size", "barcode") if name in row.extra]
        is_new = not self._offers.of(row.id, vendor_id)
        return [*(["vendor"] if is_new else []), *packs, *_given(row)]

    def update(self, row: Row) -> None:
        """Change the terms and packs that a row is about; a vendor that is new to an item comes after those it has.

        Raises ValueError where the row leaves a doubt or contradicts an earlier one, Refused where a pack cannot be made.
        """
        vendors = row.extra.get("vendors", ())
        for vendor_id in vendors:
            self._update_terms(row, vendor_id)
        if not vendors and row.extra.keys() & PACK_COLUMNS:
            self._take_pack(row)

    def _update_terms(self, row: Row, vendor_id: int) -> None:
        """Change the terms a row is about. Another pack of the vendor goes before the one it sold so far.

        The file says what the vendor sells now: the price of the older pack must not be ordered at because it is lower.
        """
        offer = self._offers.find(row.id, vendor_id, _asked(row, self._given))
        if offer is None and self._offers.of(row.id, vendor_id):
            self._add_offer(row, vendor_id, self._offers.make_way(row.id, vendor_id))
            self._new_packs += 1
        elif offer is None:
            self._add_offer(row, vendor_id, self._offers.last_rank(row.id) + 1)
        elif offer.id in self._told or offer.id >= self._first_new:
            _agree(row, offer)
            self._take_barcode(row, offer)
        else:
            self._told.add(offer.id)
            self._change(row, offer)

    def _change(self, row: Row, offer: Offer) -> None:
        if not _differing(row, offer) and not row.extra.get("barcode"):
            return
        changes = _given(row)
        if row.extra.get("pack_size", offer.size) != offer.size:
            changes["pack_id"] = self._offers.pack(row.id, _asked(row))
        elif row.extra.get("barcode"):
            self._offers.pack(row.id, _asked(row).replace(name=offer.pack, size=offer.size))
        self._offers.edit(offer, **changes)

    # -- at the end -----------------------------------------------------------------------------------------

    def left(self) -> Iterable[str]:
        """Yield what was left out."""
        if self._vendorless:
            rows = wording.count(self._vendorless, "row")
            yield (
                f"{rows} with a price, vendor SKU, MOQ or lead time and no vendor: those are a vendor's terms, and were left out."
            )

    def notes(self) -> Iterable[str]:
        """Yield what was decided."""
        if self._new_packs:
            packs = wording.count(self._new_packs, "new pack")
            yield f"{packs} of vendors that sold another pack so far: the new one is ordered, the other one comes after it."


def _asked(row: Row, given: frozenset[str] = frozenset()) -> Asked:
    """Return what a row says of its pack; a blank cell of a file that has pack sizes is a single unit."""
    extra = row.extra
    size = extra.get("pack_size")
    if size is None and "pack_size" in given and not extra.get("pack"):
        size = 1
    return Asked(extra.get("vendor_sku"), extra.get("pack"), size, extra.get("barcode"))


def _given(row: Row) -> dict[str, Any]:
    """Return the terms that a row gives."""
    return {name: row.extra[name] for name in TERMS if name in row.extra}


def _differing(row: Row, offer: Offer) -> list[str]:
    """Return which terms a row gives otherwise than an offer on record has them."""
    names = [name for name, value in _given(row).items() if getattr(offer, name) != value]
    if row.extra.get("pack_size") not in {None, offer.size}:
        names.insert(0, "pack_size")
    return names


def _agree(row: Row, offer: Offer) -> None:
    """Raise ValueError where a row contradicts what an earlier row of the file says of the same terms."""
    if differing := _differing(row, offer):
        raise ValueError(
            f"is the same as in an earlier row of the file, with another {differing[0].replace('_', ' ')}"
        )
