"""Offers: the vendors' terms for items, with the facts of the vendors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import id_list
from officeops_inventory.reorder.types import Offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office
    from officeops.services import VendorFacts

#: Both ends of a price's validity are included, as in `vendor_terms.price_holds`.
_OFFERS = """
SELECT t.item_id, t.id, t.vendor_id, ifnull(p.size, 1), ifnull(p.name, i.base_unit), t.moq, t.price,
    t.lead_days, t.rank, (t.price_from IS NULL OR t.price_from <= ?1)
    AND (t.price_until IS NULL OR t.price_until >= ?1)
FROM inventory_terms t
JOIN inventory_item i ON i.id = t.item_id
LEFT JOIN inventory_pack p ON p.id = t.pack_id
WHERE t.item_id IN (SELECT value FROM json_each(?2)) AND t.archived_at IS NULL
"""


def offers_of(
    office: Office,
    items: Iterable[int],
    vendors: Mapping[int, VendorFacts],
    lead_days: int,
) -> dict[int, list[Offer]]:
    """Return the offers for each item.

    The lead time is that of the terms, else of the vendor, else the office's `lead_days`.
    """
    rows = office.rows(_OFFERS, office.today.isoformat(), id_list(items))
    offers: dict[int, list[Offer]] = {}
    for item_id, terms_id, vendor_id, *terms in rows:
        offer = _offer(terms_id, vendor_id, terms, vendors.get(vendor_id), lead_days)
        offers.setdefault(item_id, []).append(offer)
    return offers


def _offer(
    terms_id: int,
    vendor_id: int,
    terms: list[Any],
    vendor: VendorFacts | None,
    usual: int,
) -> Offer:
    size, pack, moq, price, lead_days, rank, price_valid = terms
    # While the plugin vendors is off, terms go on working under the vendor's number.
    name, status = f"vendor #{vendor_id}", "active"
    if vendor:
        name, status = vendor.name, vendor.status
        lead_days = vendor.lead_days if lead_days is None else lead_days
    return Offer(
        terms_id,
        vendor_id,
        name,
        size,
        pack,
        moq,
        price,
        usual if lead_days is None else lead_days,
        rank,
        status == "on_hold",
        status != "inactive",
        bool(price_valid),
    )
