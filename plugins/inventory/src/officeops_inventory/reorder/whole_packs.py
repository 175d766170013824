"""Whole packs: how many to order, and why none fit under a hard maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops_inventory.reorder.types import in_packs

if TYPE_CHECKING:
    from officeops_inventory.reorder.types import Evaluation


class Pack(Value):
    """How the chosen vendor sells: base units in a pack, its name, and the least order in packs."""

    size: int
    name: str
    moq: int


def packs_to_order(
    position: int,
    point: int,
    top: int,
    limit: int | None,
    pack: Pack,
) -> tuple[int, str]:
    """Return the packs to order; if none fit under the hard maximum `limit`, 0 and the reason."""
    # Rounded up: the negation of a floor division is the ceiling.
    packs = -((position - top) // pack.size)
    if limit is None:
        return max(packs, pack.moq), ""
    # Down to the most that fits, then checked: fewer may be below the least order, or change nothing.
    packs = min(packs, (limit - position) // pack.size)
    after = position + packs * pack.size
    if packs > 0 and packs >= pack.moq and after > point:
        return packs, ""
    return 0, _reason(position, point, limit, max(packs, 0), pack)


def within_maximum(suggestion: Evaluation, room: int, limit: int) -> Evaluation:
    """Return the suggestion for one location, cut to the room that the whole item has, or blocked.

    `room` is in base units, below the item's own hard maximum `limit`.
    """
    if suggestion.quantity <= room:
        return suggestion
    size, pack = suggestion.pack_size, suggestion.pack
    packs = max(0, room) // size
    least = max(1, suggestion.moq)
    if packs < least:
        why = f"{in_packs(least, pack, size)} would bring all places together over"
        blocked = f"{why} the item's hard maximum of {limit}."
        return suggestion.replace(packs=0, quantity=0, blocked=blocked)
    asked = in_packs(suggestion.packs, pack, size)
    why = f"Its level here asks for {asked}; the item's hard maximum of {limit}"
    warnings = (*suggestion.warnings, f"{why} leaves room for fewer.")
    return suggestion.replace(packs=packs, quantity=packs * size, warnings=warnings)


def _reason(position: int, point: int, limit: int, fitting: int, pack: Pack) -> str:
    """Return why no number of packs is above the reorder point and within the hard maximum.

    `fitting` is the most packs that stay within it.
    """
    if limit <= point:
        why = f"The hard maximum of {limit} is not above the reorder point of {point}."
        return f"{why} Change one of the two."
    over = f"over the hard maximum of {limit}."
    least = position + pack.moq * pack.size
    if pack.moq > 1 and least > limit:
        return f"The minimum order of {_bring(position, pack.moq, pack)}, {over}"
    one_more = f"{_bring(position, fitting + 1, pack)}, {over}"
    if not fitting:
        return one_more
    too_few = f"{_bring(position, fitting, pack)}, not above the reorder point of {point}"
    return f"{too_few}, and {one_more}"


def _bring(position: int, packs: int, pack: Pack) -> str:
    after = position + packs * pack.size
    return f"{in_packs(packs, pack.name, pack.size)} would bring {position} to {after}"
