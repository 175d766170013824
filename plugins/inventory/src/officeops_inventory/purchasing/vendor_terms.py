"""Vendor terms as orders use them: the pack, price and lead time for an item."""

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


_TERMS = "item_id = ?1 AND vendor_id = ?2 AND (?3 IS NULL OR pack_id = ?3)"
_LEAD_DAYS = """
SELECT (
    SELECT t.lead_days FROM inventory_terms t
    WHERE t.item_id = l.item_id AND t.vendor_id = ?1
        AND t.lead_days IS NOT NULL AND t.archived_at IS NULL
    ORDER BY t.rank, t.id LIMIT 1)
FROM inventory_line l WHERE l.order_id = ?2 AND l.packs > 0 AND l.archived_at IS NULL
"""


class Deal(Value):
    """One pack and its price: `size` in base units, `price` in hundredths of a minor unit.

    `moq` is the least order, in packs.
    """

    pack: str
    size: int
    price: int | None
    moq: int


def vendors_of(office: Office) -> dict[int, VendorFacts]:
    """Return the facts of every vendor, by id; none while the vendors plugin is off."""
    directory = office.service(VendorDirectory)
    return directory.vendors(office) if directory else {}


def vendor_of(office: Office, vendor_id: int) -> VendorFacts | None:
    """Return the facts of a vendor; None while the vendors plugin is off."""
    return vendors_of(office).get(vendor_id)


def price_holds(terms: Terms, day: date) -> bool:
    """Whether a vendor's price is valid on a day; both ends are."""
    if terms.price_from is not None and day < terms.price_from:
        return False
    return terms.price_until is None or day <= terms.price_until


def terms_of(
    office: Office,
    item_id: int,
    vendor_id: int,
    pack_id: int | None = None,
) -> Terms | None:
    """Return a vendor's best terms for an item, or None: a price valid today first, then by rank.

    `pack_id` limits them to one pack.
    """
    today = office.today

    def preference(terms: Terms) -> tuple[bool, int, int]:
        return not price_holds(terms, today), terms.rank, terms.id

    return min(office.all(Terms, _TERMS, item_id, vendor_id, pack_id), key=preference, default=None)


def deal_for(
    office: Office,
    item: Item,
    vendor_id: int,
    pack_id: int | None = None,
) -> Deal:
    """Return the pack and price to order an item by.

    They are the vendor's, else single base units without a known price.
    """
    terms = terms_of(office, item.id, vendor_id, pack_id)
    price, moq = None, 1
    if terms:
        pack_id = pack_id or terms.pack_id
        moq = terms.moq
        # Terms whose price has run out still tell the pack and the least order.
        if price_holds(terms, office.today):
            price = terms.price
    if not pack_id:
        return Deal(item.base_unit, 1, price, moq)
    pack = office.get(Pack, pack_id)
    return Deal(pack.name, pack.size, price, moq)


def price_of_pack(
    office: Office,
    item_id: int,
    vendor_id: int,
    size: int,
) -> int | None:
    """Return a vendor's price today for a pack of exactly this size of an item, None if unknown."""
    # Only this pack: a price per unit from another pack is not a price the vendor asks.
    offers = sorted(office.all(Terms, _TERMS, item_id, vendor_id, None), key=_by_rank)
    for terms in offers:
        if terms.price is None or not price_holds(terms, office.today):
            continue
        pack_size = office.get(Pack, terms.pack_id).size if terms.pack_id else 1
        if pack_size == size:
            return terms.price
    return None


def _by_rank(terms: Terms) -> tuple[int, int]:
    return terms.rank, terms.id


def lead_days(office: Office, order: Order) -> int:
    """Return the days until all of an order is in, by its slowest line.

    A line's lead time is that of its terms, else the vendor's, else the office's.
    """
    rows = office.rows(_LEAD_DAYS, order.vendor_id, order.id)
    vendor = vendor_of(office, order.vendor_id)
    usual = vendor.lead_days if vendor else None
    if usual is None:
        usual = office.settings("inventory", InventorySettings).lead_days
    # A line without a lead time of its own takes the usual one, not none: it might be the slowest.
    by_line = [usual if days is None else int(days) for (days,) in rows]
    return max(by_line, default=usual)
