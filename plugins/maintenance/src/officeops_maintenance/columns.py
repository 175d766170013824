"""A column of a table that a command prints, which no record has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import computed

if TYPE_CHECKING:
    from officeops import Field


def column(
    name: str,
    kind: str = "text",
    label: str = "",
    rank: int = 1,
) -> Field:
    """Declare a column; one of a higher rank goes first where a terminal is narrow."""
    return computed(name, "", kind=kind, label=label, list_rank=rank)
