"""The past: the days that an item's balance includes already; a move of those days is history.

An opening balance is the stock when the record began, a count that of its day. Moves from before
either are in that quantity; booked once more, they would be counted twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.model import Count, Move

#: No move is older: a day before it is a slip, such as 1990 for a blank date.
EARLIEST: Final = "2000-01-01"
#: An item at a location, by their ids.
Shelf = tuple[int, int]

_OPENED = """
SELECT m.item_id, m.location_id, min(m.day) FROM inventory_move m
WHERE m.item_id IN (SELECT value FROM json_each(?)) AND m.kind = 'opening' AND NOT m.history
    AND NOT EXISTS (SELECT 1 FROM inventory_move r WHERE r.reverses_id = m.id)
GROUP BY m.item_id, m.location_id
"""
_COUNTED = """
SELECT item_id, location_id, max(day) FROM inventory_count_entry
WHERE item_id IN (SELECT value FROM json_each(?)) AND archived_at IS NULL
GROUP BY item_id, location_id
"""
#: When a record was booked: the number of the action that added it.
_BOOKED = (
    "(SELECT min(action_id) FROM core_change WHERE record = 'inventory_{}' AND record_id = {}.id)"
)
#: The last count that has seen a move: booked after it, and not of an earlier day.
_SEEN_BY = f"""
SELECT max(e.day) FROM inventory_move m JOIN inventory_count_entry e
    ON e.item_id = m.item_id AND e.location_id = m.location_id AND e.day >= m.day
WHERE m.id = ? AND e.archived_at IS NULL
    AND {_BOOKED.format("count_entry", "e")} > {_BOOKED.format("move", "m")}
"""
#: A lot whose stock would be wrong without a count: moves booked after it are history because of it.
_RELIES_ON_COUNT = f"""
SELECT 1 FROM inventory_count_entry e JOIN inventory_move m
    ON m.item_id = e.item_id AND m.location_id = e.location_id AND m.day <= e.day
WHERE e.id = ? AND m.history
    AND {_BOOKED.format("move", "m")} > {_BOOKED.format("count_entry", "e")}
GROUP BY m.lot_id HAVING sum(m.quantity) <> 0
"""
_RELIES_ON_OPENING = f"""
SELECT 1 FROM inventory_move o JOIN inventory_move m ON m.item_id = o.item_id AND m.day < o.day
WHERE o.id = ? AND o.kind = 'opening' AND NOT o.history AND m.history
    AND {_BOOKED.format("move", "m")} > {_BOOKED.format("move", "o")}
GROUP BY m.location_id, m.lot_id HAVING sum(m.quantity) <> 0
"""


def counted_since(office: Office, move: Move) -> str:
    """Return the day of a count that has seen what a move did; blank if there is none.

    Such a count has set the quantity on hand, so taking the move back must not change it again.
    """
    return office.value(_SEEN_BY, move.id) or ""


def relied_on(office: Office, entry: Count | Move) -> bool:
    """Whether later moves are history because of a count, or of an opening balance.

    They changed no stock, as its quantity includes them. Without it, stock would lack them.
    """
    sql = _RELIES_ON_OPENING if entry.meta.key == "inventory.move" else _RELIES_ON_COUNT
    return office.value(sql, entry.id) is not None


class Past:
    """The day from which moves of an item change its stock at a location.

    An item is read once, when it is first needed. Days are ISO dates.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._read: set[int] = set()
        #: The day an item was first opened anywhere: other locations had none of it then.
        self._first: dict[int, str] = {}
        self._opened: dict[Shelf, str] = {}
        self._counted: dict[Shelf, str] = {}

    def read(self, item_ids: Iterable[int]) -> None:
        """Read the openings and counts of items that were not read before."""
        new = set(item_ids) - self._read
        if not new:
            return
        self._read |= new
        ids = id_list(new)
        for item_id, location_id, day in self._office.rows(_OPENED, ids):
            self._opened[item_id, location_id] = day
            self._first[item_id] = min(day, self._first.get(item_id, day))
        for item_id, location_id, day in self._office.rows(_COUNTED, ids):
            self._counted[item_id, location_id] = day

    def opened(self, item_id: int, location_id: int) -> str:
        """Return the day of the opening balance; blank if there is none."""
        return self._opened.get((item_id, location_id)) or self._first.get(item_id, "")

    def counted(self, item_id: int, location_id: int) -> str:
        """Return the day of the last count; blank if there is none."""
        return self._counted.get((item_id, location_id), "")

    def begins(self, item_id: int, location_id: int) -> str:
        """Return the first day whose moves change stock; blank if all do."""
        return max(self.opened(item_id, location_id), self.counted(item_id, location_id))
