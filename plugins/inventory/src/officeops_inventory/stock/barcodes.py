"""Barcodes: the item in the hand, from the code on its pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.text_folding import folded
from officeops_inventory.model import Item, Pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Digits of GTIN-8, -12 (UPC), -13 (EAN) and -14: one number, written with more or fewer leading zeros
#: (GS1 General Specifications, section 3.2).
GTIN_LENGTHS: Final = (8, 12, 13, 14)


def spellings(text: str) -> list[str]:
    """Return the ways one barcode may be on record: as it is, and a GTIN with its leading zeros or without."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > max(GTIN_LENGTHS):
        return [text]
    bare = text.lstrip("0")
    # Seven digits or fewer are no GTIN but somebody's own number, where a leading zero may tell two apart.
    if len(bare) < min(GTIN_LENGTHS) - 1:
        return [text]
    return sorted({text, bare, *(bare.zfill(length) for length in GTIN_LENGTHS if length >= len(bare))})


def gtin(text: str) -> str:
    """Return the one form by which a barcode is told from others: a GTIN with all its zeros, anything else folded."""
    return max(spellings(text), key=len) if len(spellings(text)) > 1 else folded(text)


def twin_of(office: Office, pack: Pack) -> Pack | None:
    """Return another live pack whose barcode is the same number, written with more or fewer zeros; None where none has."""
    others = office.some(Pack, office.alike(Pack, "barcode", *spellings(pack.barcode or "")))
    return next((other for other in others if other.id != pack.id and other.archived_at is None), None)


def items_by_barcode(office: Office, text: str) -> Iterator[Item]:
    """Yield the items that are not archived and come in a pack with this barcode."""
    yield from (item for item in office.some(Item, items_with(office, text)) if item.archived_at is None)


def items_with(office: Office, text: str) -> list[int]:
    """Return the ids of the items that come in a pack with this barcode."""
    packs = office.some(Pack, office.alike(Pack, "barcode", *spellings(text)))
    return list(dict.fromkeys(pack.item_id for pack in packs))
