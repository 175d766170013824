"""Vendor offers: the terms and the pack of an item that a file's row is about.

A row is about the terms with its vendor SKU, else about those of its vendor for a pack of its size.
Names of packs say little: one vendor's "BX/24" is another's "box". A row that fits no terms is a
new offer, in a pack of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import folded, id_list
from officeops_inventory.imports.packs.names import ItemPacks, PackFacts, same_barcode
from officeops_inventory.imports.terms.offer import Offer, WantedPack
from officeops_inventory.model import Pack, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_TERMS = """
SELECT t.id, t.item_id, t.vendor_id, t.vendor_sku, t.pack_id, p.name, ifnull(p.size, 1),
    t.price, t.moq, t.lead_days, t.rank
FROM inventory_terms t LEFT JOIN inventory_pack p ON p.id = t.pack_id
WHERE t.item_id IN (SELECT value FROM json_each(?)) AND t.archived_at IS NULL
ORDER BY t.rank, t.id
"""


class VendorOffers:
    """The terms and packs of items, read once for each item and again after each change."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._first_new = office.last_id(Terms) + 1
        self._read: set[int] = set()
        self._offers: dict[int, list[Offer]] = {}
        self._packs = ItemPacks(office)

    def clear(self) -> None:
        """Forget everything: a long file takes no more memory than a piece of it."""
        self._read.clear()
        self._offers.clear()
        self._packs.forget()

    def read(self, item_ids: Iterable[int]) -> None:
        """Read the terms and packs of items, except those that were read before."""
        new = set(item_ids) - self._read
        if not new:
            return
        self._read |= new
        ids = id_list(new)
        for row in self.office.rows(_TERMS, ids):
            offer = Offer(*row)
            self._offers.setdefault(offer.item_id, []).append(offer)
        self._packs.read(new)

    def of(self, item_id: int, vendor_id: int | None = None) -> list[Offer]:
        """Return an item's offers, or one vendor's, the first asked first."""
        self.read([item_id])
        offers = self._offers.get(item_id, [])
        return [offer for offer in offers if vendor_id in {None, offer.vendor_id}]

    # -- the terms and the pack of a row -----------------------------------------------------------

    def find(
        self,
        item_id: int,
        vendor_id: int,
        wanted: WantedPack,
    ) -> Offer | None:
        """Return the terms a row is about, or None for a new offer.

        Raises ValueError where several fit.
        """
        offers = self.of(item_id, vendor_id)
        by_number = [offer for offer in offers if _has_number(offer, wanted.vendor_sku)]
        if by_number:
            return _first_of_size(by_number, wanted.size) or by_number[0]
        if not wanted.is_stated:
            if len(offers) > 1:
                packs = " or ".join(offer.packed for offer in offers)
                raise ValueError(f"may be for {packs}; say the pack's size")
            return offers[0] if offers else None
        pack = self.known_pack(item_id, wanted)
        pack_id = pack.id if pack else None
        size = pack.size if pack else (wanted.size or 1)
        # Terms without a pack are for single units: a new pack, which has no id either, is theirs
        # only where it has their size.
        in_pack = [offer for offer in offers if offer.pack_id == pack_id]
        return _first_of_size(in_pack, size) or _first_of_size(offers, size)

    def sized(self, item_id: int, wanted: WantedPack) -> WantedPack:
        """Return a row's pack with the size of the pack it names.

        An export names a pack by its barcode, if it has one. Raises ValueError where nothing says
        the size.
        """
        if not wanted.name:
            return wanted
        scanned = _scanned(self._packs.of(item_id), wanted.name)
        if scanned:
            size, barcode = wanted.size or scanned.size, wanted.barcode or scanned.barcode
            return wanted.replace(name=scanned.name, size=size, barcode=barcode)
        if wanted.size:
            return wanted
        offers = self.of(item_id) if wanted.vendor_sku else []
        name = folded(wanted.name)
        for offer in offers:
            # Of two packs of one name, the vendor's number tells which.
            is_named = offer.pack and folded(offer.pack) == name
            if is_named and _has_number(offer, wanted.vendor_sku):
                return wanted.replace(size=offer.size)
        pack = self._packs.named(item_id, wanted.name)
        return wanted.replace(name=pack.name, size=pack.size)

    def known_pack(self, item_id: int, wanted: WantedPack) -> PackFacts | None:
        """Return the office's pack that a row means: by barcode, by size and name, by either alone.

        Raises ValueError where a name may mean several, or a barcode is that of another size.
        """
        packs = self._packs.of(item_id)
        if wanted.barcode:
            scanned = _scanned(packs, wanted.barcode)
            if scanned and wanted.size not in {None, scanned.size}:
                raise ValueError(
                    f"is the barcode of a pack of {scanned.size:,}, not {wanted.size:,}"
                )
            if scanned:
                return scanned
        fitting = [pack for pack in packs if wanted.size in {None, pack.size}]
        if wanted.name:
            return _named(fitting, wanted.name)
        return fitting[0] if wanted.size and wanted.size > 1 and fitting else None

    def lacks_pack(self, item_id: int, wanted: WantedPack) -> bool:
        """Whether an item has no pack such as a row states, or not its barcode.

        Raises ValueError where it may be several.
        """
        if wanted.barcode and not self.has_barcode(item_id, wanted.barcode):
            return True
        return not wanted.is_single and self.known_pack(item_id, wanted) is None

    def pack(self, item_id: int, wanted: WantedPack) -> int | None:
        """Return the id of the pack a row means, added where it is new; None for single units.

        Raises ValueError where it may be several, Refused where the barcode is another item's.
        """
        known = self.known_pack(item_id, wanted)
        if known is None:
            return None if wanted.is_single else self._add_pack(item_id, wanted)
        if wanted.barcode and known.barcode is None:
            self.office.edit(self.office.get(Pack, known.id), barcode=wanted.barcode)
            packs = self._packs.of(item_id)
            packs[packs.index(known)] = known.replace(barcode=wanted.barcode)
        elif wanted.barcode and not same_barcode(known.barcode, wanted.barcode):
            raise ValueError(
                f"the {known.name} of {known.size:,} has the barcode {known.barcode} already; "
                "a pack has one"
            )
        return known.id

    def _add_pack(self, item_id: int, wanted: WantedPack) -> int:
        """Add the pack of a row, and remember it for the rows after this one."""
        pack = self.office.add(
            Pack(
                item_id=item_id,
                name=wanted.name or "pack",
                size=wanted.size or 1,
                barcode=wanted.barcode,
            )
        )
        facts = PackFacts(pack.id, pack.name, pack.size, pack.barcode)
        self._packs.of(item_id).append(facts)
        return pack.id

    def has_barcode(self, item_id: int, barcode: str) -> bool:
        """Whether a pack of an item has a barcode."""
        return _scanned(self._packs.of(item_id), barcode) is not None

    def last_rank(self, item_id: int) -> int:
        """Return the rank of the terms of an item that are asked last; 0 without any."""
        return max((offer.rank for offer in self.of(item_id)), default=0)

    def make_way(self, item_id: int, vendor_id: int) -> int:
        """Move a vendor's terms for an item, and those after them, one rank back.

        Return the rank that is free then. Terms that this file added are not moved: later rows of
        the file are asked after them.
        """
        offers = self.of(item_id, vendor_id)
        if any(offer.id >= self._first_new for offer in offers):
            return self.last_rank(item_id) + 1
        rank = min(offer.rank for offer in offers)
        # `of` makes a list, which the changes to the offers leave as it is.
        for offer in self.of(item_id):
            if offer.rank >= rank and offer.id < self._first_new:
                self.edit(offer, rank=offer.rank + 1)
        return rank

    def edit(self, offer: Offer, **values: Any) -> None:  # noqa: ANN401 - fields of terms
        """Change terms that the office has."""
        self.office.edit(self.office.get(Terms, offer.id), **values)
        self.forget(offer.item_id)

    def add(self, terms: list[dict[str, Any]]) -> None:
        """Add terms."""
        self.office.add_many(Terms, terms)
        for values in terms:
            self.forget(values["item_id"])

    def forget(self, item_id: int) -> None:
        """Read an item again when it is next asked for."""
        self._read.discard(item_id)
        self._offers.pop(item_id, None)
        self._packs.forget(item_id)


def _has_number(offer: Offer, vendor_sku: str | None) -> bool:
    """Whether an offer has the vendor's number that a row gives; False for a row without one."""
    if not offer.vendor_sku or not vendor_sku:
        return False
    return folded(str(offer.vendor_sku)) == folded(str(vendor_sku))


def _first_of_size(offers: Iterable[Offer], size: int | None) -> Offer | None:
    return next((offer for offer in offers if offer.size == size), None)


def _scanned(packs: Iterable[PackFacts], barcode: str) -> PackFacts | None:
    return next((pack for pack in packs if same_barcode(pack.barcode, barcode)), None)


def _named(packs: Iterable[PackFacts], name: str) -> PackFacts | None:
    """Return the pack of a name, or None. Raises ValueError where several have it."""
    wanted = folded(name)
    named = [pack for pack in packs if folded(pack.name) == wanted]
    if len(named) > 1:
        sizes = " or ".join(f"{pack.size:,}" for pack in named)
        raise ValueError(f"{name!r} may be of {sizes}; say the pack's size")
    return named[0] if named else None
