"""Goods elsewhere: a sheet has them at one location, the record at others.

Booked as a count, they would be in stock twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops_inventory.stock.ledger import balance, on_hand
from officeops_inventory.stock.whereabouts import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from officeops import Office
    from officeops_inventory.model import Item

    class CountedLot(Protocol):
        """A lot that was counted."""

        @property
        def id(self) -> int | None:
            """Its id; None for a lot that is not recorded yet."""

    class Counted(Protocol):
        """An item, or a lot of it, as it was counted."""

        @property
        def item(self) -> Item:
            """The item that was counted."""

        @property
        def lot(self) -> CountedLot | None:
            """The lot that was counted alone; None for all of the item."""

        @property
        def counted(self) -> int:
            """The quantity counted, in base units."""


_OTHERS: Final = """
SELECT s.location_id, sum(s.quantity) FROM inventory_stock s
JOIN core_location p ON p.id = s.location_id
WHERE s.item_id = ?1 AND s.location_id <> ?2 AND (?3 IS NULL OR s.lot_id = ?3)
GROUP BY s.location_id HAVING sum(s.quantity) > 0 ORDER BY p.count_order, p.id
"""


def elsewhere(office: Office, location_id: int, count: Counted) -> dict[int, int]:
    """Return the other locations that have the item by the record, with the quantity at each.

    There are none if the record has any of it at the location where it was counted.
    """
    lot_id = count.lot.id if count.lot else None
    # A new lot cannot be anywhere else, and nothing counted is nothing carried.
    if count.counted <= 0 or (count.lot and lot_id is None):
        return {}
    item_id = count.item.id
    if lot_id:
        here = balance(office, item_id, location_id, lot_id)
    else:
        here = on_hand(office, item_id, location_id)
    return {} if here else dict(office.rows(_OTHERS, item_id, location_id, lot_id))


def carried(
    office: Office,
    item: Item,
    said: int,
    location_id: int,
    others: Mapping[int, int],
    lot: str = "",
) -> str:
    """Return a sentence with the sheet's quantity and the record's, and how to book either case."""
    place = office.label(Location, location_id)
    # The largest balance is the likeliest to have been carried.
    source = max(others, key=lambda other: others[other])
    quantity = min(said, others[source])
    of_lot = f' --lot "{lot}"' if lot else ""
    sku = f'"{item.sku}"' if " " in item.sku else item.sku
    transfer = (
        f"officeops item transfer {sku} --quantity {quantity}{of_lot} "
        f'--from-location "{office.label(Location, source)}" --to-location "{place}"'
    )
    word = f'"{item.sku} lot {lot}={said}"' if lot else f'"{item.sku}={said}"'
    recorded = in_words(office, others.items())
    carry = f"if it was carried there, book `{transfer}`"
    count = f'if it is there too, `officeops count "{place}" {word}`'
    return f"{item.sku} {said:,} at {place}; the record has {recorded}: {carry}; {count}."
