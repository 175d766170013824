"""Row terms: the pack and the vendor's terms that a row of an item file states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_inventory.imports.items.columns import TERMS
from officeops_inventory.imports.terms.offer import WantedPack

if TYPE_CHECKING:
    from officeops.exchange import Row
    from officeops_inventory.imports.terms.offer import Offer


def wanted_pack(row: Row, given: frozenset[str] = frozenset()) -> WantedPack:
    """Return the pack that a row states.

    With the columns `given`, a blank size in a file that has sizes is a single unit.
    """
    extra = row.extra
    size = extra.get("pack_size")
    if size is None and "pack_size" in given and not extra.get("pack"):
        size = 1
    return WantedPack(extra.get("vendor_sku"), extra.get("pack"), size, extra.get("barcode"))


def given_terms(row: Row) -> dict[str, Any]:
    """Return the terms that a row gives, as fields of vendor terms."""
    # A blank cell is no key of `extra`: it says nothing.
    return {name: row.extra[name] for name in TERMS if name in row.extra}


def differing_terms(row: Row, offer: Offer) -> list[str]:
    """Return the terms of a row that differ from an offer that the office has."""
    names = []
    if row.extra.get("pack_size") not in {None, offer.size}:
        names.append("pack_size")
    for name, value in given_terms(row).items():
        if getattr(offer, name) != value:
            names.append(name)
    return names


def refuse_contradiction(row: Row, offer: Offer) -> None:
    """Raise ValueError where a row contradicts an earlier row of the file on the same terms."""
    differing = differing_terms(row, offer)
    if differing:
        name = differing[0].replace("_", " ")
        raise ValueError(f"is the same as in an earlier row of the file, with another {name}")
