"""Vendor offers: which terms and which pack of an item a file's row is about.

A row is about the terms with its vendor SKU, else about those of its vendor for a pack of its size. Names of packs say
little: one vendor's "BX/24" is another's "box". What fits none is a new offer, in a pack of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Value
from officeops.model.text_folding import folded
from officeops_inventory.imports.pack_names import ItemPacks, PackFacts
from officeops_inventory.model import Pack, Terms
from officeops_inventory.stock.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_TERMS = """
SELECT t.id, t.item_id, t.vendor_id, t.vendor_sku, t.pack_id, p.name, ifnull(p.size, 1), t.price, t.moq, t.lead_days, t.rank
FROM inventory_terms t LEFT JOIN inventory_pack p ON p.id = t.pack_id
WHERE t.item_id IN (SELECT value FROM json_each(?)) AND t.archived_at IS NULL ORDER BY t.rank, t.id
"""


class Offer(Value):
    """Terms on record: what a vendor asks for an item in one pack; `size` is in base units."""

    id: int
    item_id: int
    vendor_id: int
    vendor_sku: str | None
    pack_id: int | None
    pack: str | None
    size: int
    price: int | None
    moq: int
    lead_days: int | None
    rank: int

    @property
    def packed(self) -> str:
        """The pack in words."""
        return f"{self.pack or 'pack'} of {self.size:,}" if self.pack_id else "single units"


class Asked(Value):
    """What a row says of a pack and of the terms for it; None where it says nothing."""

    vendor_sku: str | None = None
    name: str | None = None
    size: int | None = None
    barcode: str | None = None

    @property
    def pack(self) -> bool:
        """Whether the row says anything of a pack."""
        return bool(self.name or self.size or self.barcode)


class VendorOffers:
    """The terms and packs of items, read once for each item of a file, and kept in step with what is written here."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._first_new = office.last_id(Terms) + 1
        self._read: set[int] = set()
        self._offers: dict[int, list[Offer]] = {}
        self._packs = ItemPacks(office)

    def clear(self) -> None:
        """Forget everything, so that a long file takes no more memory than a piece of it."""
        self._read.clear()
        self._offers.clear()
        self._packs.forget()

    def read(self, item_ids: Iterable[int]) -> None:
        """Read the terms and packs of items, those that were read before left out."""
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
        return [
            offer for offer in self._offers.get(item_id, ()) if vendor_id in {None, offer.vendor_id}
        ]

    def find(self, item_id: int, vendor_id: int, asked: Asked) -> Offer | None:
        """Return the terms a row is about, or None for an offer that is new. Raises ValueError where several fit."""
        offers = self.of(item_id, vendor_id)
        if asked.vendor_sku:
            named = [offer for offer in offers if _is(offer.vendor_sku, asked.vendor_sku)]
            if named:
                return next((offer for offer in named if offer.size == asked.size), named[0])
        if not asked.pack:
            if len(offers) > 1:
                packs = " or ".join(offer.packed for offer in offers)
                raise ValueError(f"may be for {packs}; say the pack's size")
            return offers[0] if offers else None
        pack = self.known_pack(item_id, asked)
        size = pack.size if pack else (asked.size or 1)
        # A pack that is not on record is not the single units that terms without a pack are for.
        fitting = [
            offer
            for offer in offers
            if offer.pack_id == (pack.id if pack else None) and offer.size == size
        ]
        if fitting:
            return fitting[0]
        return next((offer for offer in offers if offer.size == size), None)

    def sized(self, item_id: int, asked: Asked) -> Asked:
        """Return what a row says with the size of the pack it names. Raises ValueError where nothing says it."""
        if not asked.name or asked.size:
            return asked
        offers = self.of(item_id) if asked.vendor_sku else []
        wanted = folded(asked.name)
        for offer in offers:
            # Of two packs of one name, the vendor's number tells which.
            if (
                _is(offer.vendor_sku, asked.vendor_sku)
                and offer.pack
                and folded(offer.pack) == wanted
            ):
                return asked.replace(size=offer.size)
        pack = self._packs.named(item_id, asked.name)
        return asked.replace(name=pack.name, size=pack.size)

    def known_pack(self, item_id: int, asked: Asked) -> PackFacts | None:
        """Return the pack on record that a row means: by barcode, by size and name, by either alone.

        Raises ValueError where a name alone may be several, or a barcode is that of another size.
        """
        packs = self._packs.of(item_id)
        if asked.barcode:
            scanned = next((pack for pack in packs if pack.barcode == asked.barcode), None)
            if scanned and asked.size not in {None, scanned.size}:
                raise ValueError(
                    f"is the barcode of a pack of {scanned.size:,}, not {asked.size:,}"
                )
            if scanned:
                return scanned
        fitting = [pack for pack in packs if asked.size in {None, pack.size}]
        if asked.name:
            wanted = folded(asked.name)
            named = [pack for pack in fitting if folded(pack.name) == wanted]
            if len(named) > 1:
                sizes = " or ".join(f"{pack.size:,}" for pack in named)
                raise ValueError(f"{asked.name!r} may be of {sizes}; say the pack's size")
            return named[0] if named else None
        return fitting[0] if asked.size and asked.size > 1 and fitting else None

    def pack(self, item_id: int, asked: Asked) -> int | None:
        """Return the id of the pack a row means, made where it is new; None for single units.

        Raises ValueError where it may be several, Refused where the barcode is another item's.
        """
        known = self.known_pack(item_id, asked)
        if known is None:
            if not asked.barcode and (asked.size or 1) == 1 and not asked.name:
                return None
            made = self.office.add(
                Pack(
                    item_id=item_id,
                    name=asked.name or "pack",
                    size=asked.size or 1,
                    barcode=asked.barcode,
                )
            )
            self._packs.of(item_id).append(PackFacts(made.id, made.name, made.size, made.barcode))
            return made.id
        if asked.barcode and known.barcode not in {None, asked.barcode}:
            raise ValueError(
                f"the {known.name} of {known.size:,} has the barcode {known.barcode} already; a pack has one"
            )
        if asked.barcode and known.barcode is None:
            self.office.edit(self.office.get(Pack, known.id), barcode=asked.barcode)
            packs = self._packs.of(item_id)
            packs[packs.index(known)] = known.replace(barcode=asked.barcode)
        return known.id

    def has_barcode(self, item_id: int, barcode: str) -> bool:
        """Whether a pack of an item has a barcode."""
        return any(pack.barcode == barcode for pack in self._packs.of(item_id))

    def last_rank(self, item_id: int) -> int:
        """Return the rank of the terms of an item that are asked last; 0 where it has none."""
        return max((offer.rank for offer in self.of(item_id)), default=0)

    def make_way(self, item_id: int, vendor_id: int) -> int:
        """Move a vendor's terms for an item, and those behind them, one rank back; return the rank that is free then.

        Terms that this file added are not moved: what comes after them in the file is asked after them.
        """
        if any(offer.id >= self._first_new for offer in self.of(item_id, vendor_id)):
            return self.last_rank(item_id) + 1
        rank = min(offer.rank for offer in self.of(item_id, vendor_id))
        for offer in self.of(item_id):
            if offer.rank >= rank and offer.id < self._first_new:
                self.edit(offer, rank=offer.rank + 1)
        return rank

    def edit(self, offer: Offer, **values: Any) -> None:  # noqa: ANN401 - fields of terms
        """Change terms on record."""
        self.office.edit(self.office.get(Terms, offer.id), **values)
        self.forget(offer.item_id)

    def add(self, terms: list[dict[str, Any]]) -> None:
        """Add terms."""
        self.office.add_many(Terms, terms)
        for each in terms:
            self.forget(each["item_id"])

    def forget(self, item_id: int) -> None:
        """Read an item again when it is next asked for."""
        self._read.discard(item_id)
        self._offers.pop(item_id, None)
        self._packs.forget(item_id)


def _is(vendor_sku: str | None, asked: str | None) -> bool:
    """Whether a vendor's number on record is the one a row asks for."""
    return bool(vendor_sku and asked) and folded(str(vendor_sku)) == folded(str(asked))
