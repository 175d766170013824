"""What is agreed with a vendor about an item, and what is known of the vendor itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.services import VendorDirectory
from officeops_inventory.config import InventorySettings
from officeops_inventory.model import Pack, Terms

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops.services import VendorFacts
    from officeops_inventory.model import Item, Order


class Deal(Value):
    """What one pack is and costs: `size` in base units, `price` as fields of kind price are kept, `moq` in packs."""

    pack: str
    size: int
    price: int | None
    moq: int


def vendors_of(office: Office) -> dict[int, VendorFacts]:
    """Return what is known of every vendor, by id; nothing while the vendors plugin is off."""
    directory = office.service(VendorDirectory)  # type: ignore[type-abstract] # a Protocol is what it asks for
    return directory.vendors(office) if directory else {}


def vendor_of(office: Office, vendor_id: int) -> VendorFacts | None:
    """Return what is known of a vendor; None while the vendors plugin is off."""
    return vendors_of(office).get(vendor_id)


def price_holds(terms: Terms, day: date) -> bool:
    """Whether a vendor's price is valid on a day; both ends are."""
    return (terms.price_from is None or terms.price_from <= day) and (
        terms.price_until is None or day <= terms.price_until
    )


def terms_of(
    office: Office, item_id: int, vendor_id: int, pack_id: int | None = None
) -> Terms | None:
    """Return a vendor's terms for an item: with a price valid today first, then by rank. `pack_id` limits them."""
    found = office.all(
        Terms,
        "item_id = ?1 AND vendor_id = ?2 AND (?3 IS NULL OR pack_id = ?3)",
        item_id,
        vendor_id,
        pack_id,
    )
    today = office.today
    return min(
        found, key=lambda terms: (not price_holds(terms, today), terms.rank, terms.id), default=None
    )


def deal_for(office: Office, item: Item, vendor_id: int, pack_id: int | None = None) -> Deal:
    """Return the pack and price to order an item by: the vendor's, else single base units at no known price."""
    terms = terms_of(office, item.id, vendor_id, pack_id)
    chosen = pack_id or (terms.pack_id if terms else None)
    pack = office.get(Pack, chosen) if chosen else None
    price = terms.price if terms and price_holds(terms, office.today) else None
    return Deal(
        pack.name if pack else item.base_unit,
        pack.size if pack else 1,
        price,
        terms.moq if terms else 1,
    )


def price_of_pack(office: Office, item_id: int, vendor_id: int, size: int) -> int | None:
    """Return what a vendor asks today for a pack of exactly this size of an item; None where that is not known."""
    for terms in sorted(
        office.all(Terms, "item_id = ? AND vendor_id = ?", item_id, vendor_id), key=_by_rank
    ):
        pack = office.get(Pack, terms.pack_id) if terms.pack_id else None
        if (
            (pack.size if pack else 1) == size
            and terms.price is not None
            and price_holds(terms, office.today)
        ):
            return terms.price
    return None


def _by_rank(terms: Terms) -> tuple[int, int]:
    return terms.rank, terms.id


def lead_days(office: Office, order: Order) -> int:
    """Return the days until all of an order is in: its slowest line's terms, else the vendor's, else the office's."""
    said = office.rows(
        "SELECT (SELECT t.lead_days FROM inventory_terms t WHERE t.item_id = l.item_id AND t.vendor_id = ?1 "
        "AND t.lead_days IS NOT NULL AND t.archived_at IS NULL ORDER BY t.rank, t.id LIMIT 1) "
        "FROM inventory_line l WHERE l.order_id = ?2 AND l.packs > 0 AND l.archived_at IS NULL",
        order.vendor_id,
        order.id,
    )
    vendor = vendor_of(office, order.vendor_id)
    usual = vendor.lead_days if vendor else None
    if usual is None:
        usual = office.settings("inventory", InventorySettings).lead_days
    return max((usual if days is None else int(days) for (days,) in said), default=usual)
