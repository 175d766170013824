"""Repair: closes open seats by moving people, the worst first; never at the price of a worse one.

A chain puts somebody on the open seat, and somebody else on the one that they leave, and so on. If
it ends nowhere, all is as before. The weight of the open seats falls strictly, so it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from officeops_hr.roster.rules.filling.seats import Seat, Slot, Worker
    from officeops_hr.roster.rules.filling.week import Week

#: A chain moves so many people at most: a deeper search closed no more seats on 180 made-up months.
DEEPEST: Final = 3
#: The weight of a seat that no rule needs; the only lesser ones are shifts that may go.
_UNNEEDED: Final = 1


def repair(week: Week) -> None:
    """Close open seats of a draft by moving people."""
    hopeless: set[Seat] = set()
    while True:
        left = [seat for seat in week.open_seats() if seat not in hopeless]
        if not left:
            return
        seat = min(left, key=_worst_first)
        # A chain may fill this seat and leave a lesser one, so the sum decides.
        before = week.weight()
        if not _close(week, seat):
            hopeless.add(seat)
        elif week.weight() < before:
            hopeless.clear()


def _worst_first(seat: Seat) -> tuple[int, Slot, int]:
    return -seat.weight, seat.slot, seat.role


def _close(week: Week, seat: Seat) -> bool:
    """Try to fill a seat by a chain that leaves none open, then by one that leaves a lesser one."""
    for depth in range(DEEPEST + 1):
        if _Chain(week, least=0).fills(seat, depth):
            return True
    # One shift that nobody needs is no better than another, and each change is news to people.
    if seat.weight <= _UNNEEDED:
        return False
    # A chain of nobody moves nobody, so it cannot leave a lesser seat.
    for depth in range(1, DEEPEST + 1):
        if _Chain(week, least=seat.weight).fills(seat, depth):
            return True
    return False


class _Chain:
    """One search; its last seat may stay open if it weighs less than `least`."""

    def __init__(self, week: Week, least: int) -> None:
        self._week, self._least = week, least
        self._tried: set[tuple[int, Slot, Seat]] = set()

    def fills(self, seat: Seat, depth: int) -> bool:
        """Fill a seat by moving up to `depth` people."""
        week = self._week
        able = sorted(week.able[seat], key=lambda worker: week.cost(worker, seat))
        for worker in able:
            if not week.hindrance(worker, seat.slot):
                week.give(worker, seat)
                return True
        return bool(depth) and any(self._moves_from(worker, seat, depth) for worker in able)

    def _moves_from(
        self,
        worker: Worker,
        seat: Seat,
        depth: int,
    ) -> bool:
        """Try each slot that somebody might give up for a seat, once in a search."""
        for slot in self._in_the_way(worker, seat):
            step = (worker.id, slot, seat)
            if step in self._tried:
                continue
            self._tried.add(step)
            if self._moves(worker, slot, seat, depth):
                return True
        return False

    def _moves(
        self,
        worker: Worker,
        slot: Slot,
        seat: Seat,
        depth: int,
    ) -> bool:
        """Move somebody from a slot to a seat, and fill what they leave; put all back if it fails."""
        week = self._week
        left = week.take(worker, slot)
        if not week.hindrance(worker, seat.slot):
            week.give(worker, seat)
            if left.weight < self._least or self.fills(left, depth - 1):
                return True
            week.take(worker, seat.slot)
        week.give(worker, left)
        return False

    def _in_the_way(self, worker: Worker, seat: Seat) -> Collection[Slot]:
        """Return the slots of somebody of which one might be given up for a seat."""
        week = self._week
        today = week.slots_on(worker, seat.slot.on)
        overlapping = [slot for slot in today if seat.slot.overlaps(slot)]
        # Nobody can keep the shift that is at the same time.
        if overlapping:
            slot = overlapping[0]
            is_same = week.taken[worker.id, slot] == seat
            return [] if is_same or (worker.id, slot) in week.kept else [slot]
        if week.hindrance(worker, seat.slot) == "day is full":
            return sorted(slot for slot in today if (worker.id, slot) not in week.kept)
        return week.slots_of(worker)
