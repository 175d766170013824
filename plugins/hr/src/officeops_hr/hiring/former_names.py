"""Former names of a candidate: one text, with semicolons between."""

from __future__ import annotations


def split_names(text: str | None) -> list[str]:
    """Return the names in a text."""
    return [name for part in (text or "").split(";") if (name := part.strip())]
