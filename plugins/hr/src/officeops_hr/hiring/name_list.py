"""Name list: the names of one person, as one text with semicolons between, or in their order."""

from __future__ import annotations

from officeops import folded

# Apart from what asks the history about a candidate: a candidate itself needs these.


def split_names(text: str | None) -> list[str]:
    """Return the names in a text."""
    parts = (text or "").split(";")
    names = (part.strip() for part in parts)
    return [*filter(None, names)]


def without_doubles(*names: str) -> list[str]:
    """Return names in their order, those that differ in capital letters alone once."""
    first: dict[str, str] = {}
    for name in names:
        key = folded(name)
        first.setdefault(key, name)
    return list(first.values())
