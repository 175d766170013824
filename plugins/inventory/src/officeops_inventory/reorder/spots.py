"""Spots: an item at one location, or wherever it is; the rule is evaluated for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: (item, location); the location is None for all of the item, wherever it is.
Spot = tuple[int, "int | None"]


def by_spot(
    rows: Iterable[tuple[Any, ...]], spots: Collection[Spot]
) -> dict[Spot, list[list[Any]]]:
    """Return rows of (item, location, values …) as the values for each spot that they count for.

    A row counts for its item at its location, and for its item as a whole.
    """
    # Hot: a row for each move of half a year, so no objects are made here.
    values_by_spot: dict[Spot, list[list[Any]]] = {}
    for item_id, location_id, *values in rows:
        for spot in ((item_id, None), (item_id, location_id)):
            if spot in spots:
                values_by_spot.setdefault(spot, []).append(values)
    return values_by_spot


def item_ids(spots: Iterable[Spot]) -> set[int]:
    """Return the items of spots, each once."""
    return {item_id for item_id, _ in spots}
