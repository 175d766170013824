"""Vendor terms: what a vendor asks for an item, in which pack, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, computed, field, ref
from officeops_inventory.model.names import ITEM_NAMES
from officeops_inventory.model.packs import Pack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office


class Terms(
    Record,
    key="inventory.terms",
    noun="vendor-terms",
    former_nouns=("terms",),
    also=("price", "prices"),
    group="Vendors",
    label="Vendor terms",
    plural="Vendor terms",
    display="vendor_sku",
    sort="item_id,rank",
    unique_together=(("item_id", "vendor_id", "pack_id"),),
):
    """A vendor's price, pack and lead time for an item."""

    identity = (("item_id", "vendor_id", "pack_id"),)

    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    vendor_id: int = ref(
        "vendors.vendor", list_rank=1, also=("supplier", "supplier name", "vendor name")
    )
    vendor_sku: str | None = field(
        example="MDS194175",
        label="Vendor SKU",
        default=None,
        search=True,
        list_rank=3,
        also=("supplier sku", "vendor item number", "supplier item no", "catalog number"),
    )
    # Optional: vendors sell some items singly, and many price lists name no pack.
    pack_id: int | None = ref(
        "inventory.pack",
        default=None,
        within="item_id",
        list_rank=4,
        help="The pack it sells; blank is a single unit",
    )
    moq: int = field(
        label="MOQ",
        kind="quantity",
        default=1,
        minimum=1,
        list_rank=6,
        also=("minimum order quantity", "min order qty"),
        help="Minimum order, in packs",
    )
    price: int | None = field(
        kind="price",
        default=None,
        minimum=0,
        list_rank=2,
        also=("pack price", "package price", "unit price", "cost"),
        help="Per pack",
    )
    # Both ends of the validity are included.
    price_from: date | None = field(default=None, list_rank=8, also=("valid from",))
    price_until: date | None = field(
        default=None, list_rank=8, also=("valid until", "valid to", "contract price valid until")
    )
    lead_days: int | None = field(
        default=None, minimum=0, maximum=3650, unit="days", list_rank=7, also=("lead time",)
    )
    rank: int = field(
        default=1, minimum=1, list_rank=5, help="1 is asked first", also=("preference",)
    )

    computed = (
        # An item may have a box of 100 from one vendor and a box of 50 from another.
        computed(
            "pack_size",
            "(SELECT p.size FROM inventory_pack p WHERE p.id = t.pack_id)",
            kind="quantity",
            list_rank=4,
            help="Base units in the pack",
        ),
    )

    importer = "officeops_inventory.imports.terms.terms_import:TermsImport"

    @classmethod
    def fold(cls, office: Office, kept: Terms, gone: Terms) -> str | None:  # noqa: ARG003
        """Keep the terms that stay, unless the others ask another price or lead time."""
        from officeops import differing_fields  # a merge alone needs it

        # Which vendor is asked first does not tell two terms of one vendor apart.
        return differing_fields(kept, gone, ("rank",))

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a pack of another item, and prices that end before they begin."""
        if self.pack_id and office.get(Pack, self.pack_id).item_id != self.item_id:
            yield Problem("is a pack of another item", "pack", code="pack-of-another-item")
        if self.price_from and self.price_until and self.price_until < self.price_from:
            yield Problem("is before the price begins", "price_until", code="wrong-order")
