"""Repeats: the results of counts that the same request booked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import folded
from officeops_inventory.counts.booking import CountResult, counted_as
from officeops_inventory.model import Lot, Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office
    from officeops_inventory.counts.counted import Counted


def booked_before(
    office: Office,
    counts: list[Counted],
    reason: str,
    action: int,
) -> list[CountResult]:
    """Return the results of an action that booked these counts before, from the moves it made.

    The record expected the counted quantity, less the quantity that the action moved.
    """
    moves = _moves_of(office, action)
    numbers = _lot_numbers(office, moves)
    results = []
    for count in counts:
        own_moves = _moves_of_count(count, moves, numbers)
        recorded = count.counted - sum(move.quantity for move in own_moves)
        kind = counted_as(recorded, count.counted, count.reason or reason)
        number = count.lot.number if count.lot else ""
        results.append(CountResult(count.item.id, recorded, count.counted, kind, number))
    return results


def _moves_of(office: Office, action: int) -> list[Move]:
    """Return the moves that an action booked."""
    sql = "SELECT record_id FROM core_change WHERE action_id = ? AND record = ?"
    # The history of all records is not for everyone to read; what one booked oneself is.
    with office.lifted():
        ids = [move_id for (move_id,) in office.rows(sql, action, Move.meta.table)]
    return list(office.some(Move, ids))


def _lot_numbers(office: Office, moves: Iterable[Move]) -> dict[int, str]:
    """Return the lot numbers of moves as they compare, by the lot's id."""
    lot_ids = {move.lot_id for move in moves if move.lot_id}
    numbers = {}
    for lot in office.some(Lot, lot_ids):
        numbers[lot.id] = folded(lot.number)
    return numbers


def _moves_of_count(
    count: Counted, moves: Iterable[Move], numbers: Mapping[int, str]
) -> Iterator[Move]:
    """Yield the moves of the item that was counted, or of its lot alone."""
    number = folded(count.lot.number) if count.lot else ""
    for move in moves:
        if move.item_id != count.item.id:
            continue
        if not number or numbers.get(move.lot_id or 0, "") == number:
            yield move
