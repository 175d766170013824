"""Spellings of a barcode: one number, written with more or fewer leading zeros."""

from __future__ import annotations

from typing import Final

from officeops import folded

#: Digits of GTIN-8, -12 (UPC), -13 (EAN) and -14: one number, written with more or fewer leading
#: zeros (GS1 General Specifications, section 3.2).
GTIN_LENGTHS: Final = (8, 12, 13, 14)


def spellings(text: str) -> list[str]:
    """Return the spellings of one barcode: as it is, and a GTIN with and without leading zeros."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > max(GTIN_LENGTHS):
        return [text]
    bare = text.lstrip("0")
    # Seven digits or fewer are no GTIN but somebody's own number, where a leading zero may tell two
    # apart.
    if len(bare) < min(GTIN_LENGTHS) - 1:
        return [text]
    padded = {bare.zfill(length) for length in GTIN_LENGTHS}
    return sorted({text, bare} | padded)


def gtin(text: str) -> str:
    """Return the form in which barcodes are compared: a GTIN with all its zeros, else folded."""
    forms = spellings(text)
    return max(forms, key=len) if len(forms) > 1 else folded(text)
