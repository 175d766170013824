"""Columns of what the commands print."""

from __future__ import annotations

from officeops import Field


def column(
    name: str,
    label: str,
    rank: int = 1,
    kind: str = "text",
) -> Field:
    """Return a column by its name in JSON, its label, and how early narrow terminals drop it."""
    # A field of no record: the same code prints lists and overviews.
    return Field(kind, label=label, list_rank=rank).named(name, "")
