"""Name order: lists of hours go by the name, as a list on paper does, and not by the number."""

from __future__ import annotations


def by_name(label: str) -> tuple[str, str]:
    """Return the order of a person's label: `P-10 Ana Alvarez` is before `P-2 Eli Brown`."""
    number, _, name = label.partition(" ")
    return name, number
