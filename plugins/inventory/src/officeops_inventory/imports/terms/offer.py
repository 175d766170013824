"""An offer: terms that the office has for an item, and the pack that a row of a file wants."""

from __future__ import annotations

from officeops import Value


class Offer(Value):
    """Terms that the office has: a vendor's price of an item in one pack.

    `size` is in base units. Terms with a lower `rank` are asked first.
    """

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


class WantedPack(Value):
    """The pack that a row states, and the vendor's number for it; None where it states none."""

    vendor_sku: str | None = None
    name: str | None = None
    size: int | None = None
    barcode: str | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the row states anything of a pack."""
        return bool(self.name or self.size or self.barcode)

    @property
    def is_single(self) -> bool:
        """Whether the row is about single units, which need no pack."""
        return not self.name and not self.barcode and (self.size or 1) == 1
