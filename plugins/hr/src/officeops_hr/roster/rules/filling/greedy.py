"""Greedy: gives each open seat the person who fits best, slot by slot, the scarcest role first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops_hr.roster.rules.filling.seats import Seat, Slot
    from officeops_hr.roster.rules.filling.week import Week


def fill(week: Week) -> None:
    """Give each open seat the person who fits best; a seat that nobody may take stays open."""
    by_slot: dict[Slot, list[Seat]] = defaultdict(list)
    for seat in week.open_seats():
        by_slot[seat.slot].append(seat)
    for wanted in by_slot.values():
        while wanted:
            scarcest = _scarcest(week, wanted)
            wanted.remove(scarcest)
            _give_best(week, scarcest)


def _scarcest(week: Week, wanted: Sequence[Seat]) -> Seat:
    """Return the seat for which the fewest people could be spared; the worse one goes before."""
    # Seats of one role have the same people, so each role is counted once.
    free = {seat: len(week.free(seat)) for seat in set(wanted)}

    def spare(seat: Seat) -> tuple[int, int, int]:
        left = free[seat] - wanted.count(seat)
        return left, -seat.weight, seat.role

    return min(wanted, key=spare)


def _give_best(week: Week, seat: Seat) -> None:
    free = week.free(seat)
    if free:
        best = min(free, key=lambda worker: week.cost(worker, seat))
        week.give(best, seat)
