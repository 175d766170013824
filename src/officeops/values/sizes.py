"""Sizes of files, as people read them."""

from __future__ import annotations

_KILO = 1000


def size_text(size: int) -> str:
    """Return a number of bytes as people read it: 812 bytes, 34 KB, 1.2 MB."""
    if size < _KILO:
        return "1 byte" if size == 1 else f"{size} bytes"
    if size < _KILO * _KILO:
        return f"{size / _KILO:.0f} KB"
    return f"{size / _KILO / _KILO:,.1f} MB"
