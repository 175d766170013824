"""Former numbers: a lot is known by the numbers that it had, so boxes with one of them are held too.

A number may be corrected before anybody knows of what a lot is held for. Whether the old or the new
one is on the boxes, nobody can tell from the file, so both are kept apart until somebody decides.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops import folded
from officeops_inventory.model import Lot, LotHold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office, Record

#: Open holds of lots of some items, with the numbers that the lots had in the month before them.
_HAD: Final = """
SELECT h.id, json_extract(c.before, '$.number') AS was
FROM inventory_lot l JOIN inventory_lot_hold h ON h.lot_id = l.id
JOIN core_change c ON c.record = 'inventory_lot' AND c.record_id = l.id
JOIN core_action a ON a.id = c.action_id
WHERE l.item_id IN (SELECT value FROM json_each(?))
AND h.released_at IS NULL AND h.archived_at IS NULL AND was IS NOT NULL AND a.at >= (
    SELECT date(b.at, '-31 days') FROM core_change d JOIN core_action b ON b.id = d.action_id
    WHERE d.record = 'inventory_lot_hold' AND d.record_id = h.id ORDER BY d.id LIMIT 1)
"""
#: Lots of an item that got another number since a record was entered, with what they had.
_HAD_SINCE: Final = """
SELECT l.id, json_extract(c.before, '$.number') AS was
FROM inventory_lot l JOIN core_change c ON c.record = 'inventory_lot' AND c.record_id = l.id
WHERE l.item_id = ? AND l.archived_at IS NULL AND was IS NOT NULL
AND c.action_id > (SELECT min(action_id) FROM core_change WHERE record = ? AND record_id = ?)
"""
_OPEN: Final = "lot_id = ? AND for_key = ? AND for_id = ? AND released_at IS NULL"
#: Boxes that were carried are those that somebody decided on.
_DECIDED: Final = """
SELECT 1 FROM inventory_lot_hold h
WHERE h.lot_id = ? AND h.for_key = ? AND h.for_id = ? AND h.archived_at IS NULL
AND NOT EXISTS (
    SELECT 1 FROM inventory_move m WHERE m.lot_id = h.lot_id AND m.quantity > 0
    AND m.kind <> 'transfer' AND NOT m.history AND m.id > h.ended_after)
LIMIT 1
"""


def namesakes(office: Office, item_ids: Iterable[int]) -> Iterator[tuple[Lot, LotHold]]:
    """Yield lots with a number that a held lot of their item had, each with the other one's hold.

    Those that the same record holds, or that somebody decided on for it, are left out.
    """
    # The numbers alone: else the history is for people who may read it.
    with office.lifted():
        rows = office.rows(_HAD, json.dumps(sorted(set(item_ids))))
    for hold_id, number in dict.fromkeys(rows):
        hold = office.get(LotHold, hold_id)
        item_id = office.get(Lot, hold.lot_id).item_id
        for lot in office.all(Lot, "item_id = ? AND id <> ?", item_id, hold.lot_id):
            if folded(lot.number) == folded(number) and not _is_settled(office, lot, hold):
                yield lot, hold


def _is_settled(office: Office, lot: Lot, hold: LotHold) -> bool:
    about = (lot.id, hold.for_key, hold.for_id)
    return bool(office.first(LotHold, _OPEN, *about) or office.value(_DECIDED, *about))


def had_since(
    office: Office,
    item_id: int,
    number: str,
    about: Record,
) -> set[int]:
    """Return the lots of an item that had a number when a record was entered, or later."""
    with office.lifted():
        rows = office.rows(_HAD_SINCE, item_id, about.meta.table, about.id)
    return {lot_id for lot_id, was in rows if folded(was) == folded(number)}


def why_too(office: Office, lot: Lot, hold: LotHold) -> str:
    """Return the reason to hold a lot for the other one's hold."""
    return f"{hold.reason}; held lot {office.label(Lot, hold.lot_id)} had the number {lot.number}"
