"""Filler: proposes who takes the open seats of one week; it decides nothing and saves nothing.

Three steps: give each seat the person who fits best, the scarcest role first; free somebody for a
seat that stayed open by moving up to three others (ejection chains); then even out the unpopular
seats. The same input gives the same draft. Weeks are independent but for the unpopular seats that
people had before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

#: A chain moves so many people at most: a deeper search closed no more seats on 180 made-up months.
DEEPEST: Final = 3


class Slot(NamedTuple):
    """A stretch of a day at a place: who works in it works all of it."""

    on: date
    start: int
    end: int
    place: int = 0
    is_unpopular: bool = False

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return self.end - self.start


class Seat(NamedTuple):
    """A role that a slot needs; `weight` is how bad it is to leave it open."""

    slot: Slot
    role: int
    weight: int


class Worker(NamedTuple):
    """Somebody who may be proposed: minutes of the contract, and the most of a week and of a day."""

    id: int
    contract: int
    most: int
    day: int
    days: int
    roles: int = 1
    unpopular: int = 0
    worked: int = 0


class Week:
    """A draft of one week: seats, and who takes them."""

    def __init__(
        self,
        workers: Sequence[Worker],
        seats: Mapping[Seat, int],
        may: Callable[[Worker, Seat], bool],
        usual: Mapping[tuple[int, Slot], int] | None = None,
    ) -> None:
        """Take the people, how many each seat needs, and who may take it by leave, role and papers.

        `usual` is who takes which role of a slot now: what stays is a smaller change for all.
        """
        self.workers = workers
        self.needs = dict(seats)
        self.usual = dict(usual or {})
        self.able: dict[Seat, list[Worker]] = {}
        for seat in seats:
            self.able[seat] = [worker for worker in workers if may(worker, seat)]
        self.taken: dict[tuple[int, Slot], Seat] = {}
        self._filled: Counter[Seat] = Counter()
        self._minutes: Counter[int] = Counter()
        self._unpopular: Counter[int] = Counter()
        for worker in workers:
            self._minutes[worker.id] = worker.worked
            self._unpopular[worker.id] = worker.unpopular
        self._by_day: dict[tuple[int, date], dict[Slot, None]] = defaultdict(dict)
        self._days: Counter[int] = Counter()

    # -- what there is ---------------------------------------------------------------------------

    def open_seats(self) -> list[Seat]:
        """Return the seats nobody takes, one for each missing person."""
        missing: list[Seat] = []
        for seat, need in self.needs.items():
            missing += [seat] * (need - self._filled[seat])
        return missing

    def weight(self) -> int:
        """Return how bad the open seats are together."""
        return sum(seat.weight for seat in self.open_seats())

    def unpopular(self, worker: Worker) -> int:
        """Return how many unpopular seats somebody has, those of before included."""
        return self._unpopular[worker.id]

    def hindrance(self, worker: Worker, slot: Slot) -> str:
        """Return what of the draft itself keeps somebody from a slot; empty if nothing does."""
        today = self._by_day[worker.id, slot.on]
        minutes = slot.minutes
        for other in today:
            if _overlap(slot, other):
                return "works then"
            minutes += other.minutes
        if minutes > worker.day:
            return "day is full"
        if not today and self._days[worker.id] >= worker.days:
            return "has all their days"
        week = self._minutes[worker.id] + slot.minutes
        if week > worker.most:
            return "has all their hours"
        return ""

    # -- changes ---------------------------------------------------------------------------------

    def give(self, worker: Worker, seat: Seat) -> None:
        """Give somebody a seat."""
        slot = seat.slot
        today = self._by_day[worker.id, slot.on]
        self._days[worker.id] += not today
        today[slot] = None
        self.taken[worker.id, slot] = seat
        self._count(worker, seat, 1)

    def take(self, worker: Worker, slot: Slot) -> Seat:
        """Take somebody's seat from them, and return it."""
        seat = self.taken.pop((worker.id, slot))
        today = self._by_day[worker.id, slot.on]
        del today[slot]
        self._days[worker.id] -= not today
        self._count(worker, seat, -1)
        return seat

    def _count(
        self,
        worker: Worker,
        seat: Seat,
        by: int,
    ) -> None:
        self._filled[seat] += by
        self._minutes[worker.id] += by * seat.slot.minutes
        self._unpopular[worker.id] += by * seat.slot.is_unpopular

    # -- the three steps -------------------------------------------------------------------------

    def fill(self) -> None:
        """Give each open seat the person who fits best, slot by slot, the scarcest role first."""
        by_slot: dict[Slot, list[Seat]] = defaultdict(list)
        for seat in self.open_seats():
            by_slot[seat.slot].append(seat)
        for wanted in by_slot.values():
            while wanted:
                scarcest = self._scarcest(wanted)
                wanted.remove(scarcest)
                self._give_best(scarcest)

    def repair(self) -> None:
        """Close open seats by moving people, the worst first; never at the price of a worse one."""
        hopeless: set[Seat] = set()
        while True:
            left = [seat for seat in self.open_seats() if seat not in hopeless]
            if not left:
                return
            seat = min(left, key=_worst_first)
            before = self.weight()
            if not self._close(seat):
                hopeless.add(seat)
            elif self.weight() < before:
                hopeless.clear()

    def even_out(self) -> None:
        """Move unpopular seats from people with the most to people with the fewest; open none."""
        while self._moved_one():
            pass

    def _scarcest(self, wanted: Sequence[Seat]) -> Seat:
        """Return the seat for which the fewest people could be spared; the worse one goes before."""
        free = {seat: len(self._free(seat)) for seat in set(wanted)}

        def spare(seat: Seat) -> tuple[int, int, int]:
            left = free[seat] - wanted.count(seat)
            return left, -seat.weight, seat.role

        return min(wanted, key=spare)

    def _give_best(self, seat: Seat) -> None:
        """Give a seat to the person who fits best; nobody if nobody is free."""
        free = self._free(seat)
        if free:
            best = min(free, key=lambda worker: self._cost(worker, seat))
            self.give(best, seat)

    def _free(self, seat: Seat) -> list[Worker]:
        slot = seat.slot
        return [worker for worker in self.able[seat] if not self.hindrance(worker, slot)]

    def _cost(self, worker: Worker, seat: Seat) -> tuple[int, ...]:
        """Return what speaks against somebody for a seat, the weightiest first; ids break ties."""
        slot = seat.slot
        is_usual = self.usual.get((worker.id, slot)) == seat.role
        beyond = self._minutes[worker.id] + slot.minutes - worker.contract
        unpopular = self._unpopular[worker.id] if slot.is_unpopular else 0
        has_day = bool(self._by_day[worker.id, slot.on])
        return (
            0 if is_usual else 1,
            max(beyond, 0),
            unpopular,
            0 if has_day else 1,
            # People of many roles stay free for seats that others cannot take.
            worker.roles,
            beyond,
            worker.id,
        )

    def _close(self, seat: Seat) -> bool:
        """Try to fill a seat by a chain that leaves none open, then by one that leaves a lesser one."""
        for depth in range(DEEPEST + 1):
            if self._chain(seat, depth, set(), 0):
                return True
        # A chain of nobody moves nobody, so it cannot leave a lesser seat.
        deeper = range(1, DEEPEST + 1)
        return any(self._chain(seat, depth, set(), seat.weight) for depth in deeper)

    def _chain(
        self,
        seat: Seat,
        depth: int,
        tried: set[tuple[int, Slot, Seat]],
        least: int,
    ) -> bool:
        """Fill a seat; the last seat of the chain may stay open if it weighs less than `least`."""
        able = sorted(self.able[seat], key=lambda worker: self._cost(worker, seat))
        for worker in able:
            if not self.hindrance(worker, seat.slot):
                self.give(worker, seat)
                return True
        if not depth:
            return False
        for worker in able:
            for slot in self._in_the_way(worker, seat):
                step = (worker.id, slot, seat)
                if step in tried:
                    continue
                tried.add(step)
                if self._moves(worker, slot, seat, depth, tried, least):
                    return True
        return False

    def _moves(
        self,
        worker: Worker,
        slot: Slot,
        seat: Seat,
        depth: int,
        tried: set[tuple[int, Slot, Seat]],
        least: int,
    ) -> bool:
        """Move somebody from a slot to a seat, and fill what they leave; put all back if it fails."""
        left = self.take(worker, slot)
        if not self.hindrance(worker, seat.slot):
            self.give(worker, seat)
            if left.weight < least or self._chain(left, depth - 1, tried, least):
                return True
            self.take(worker, seat.slot)
        self.give(worker, left)
        return False

    def _in_the_way(self, worker: Worker, seat: Seat) -> Collection[Slot]:
        """Return the slots of somebody of which one might be given up for a seat."""
        today = self._by_day[worker.id, seat.slot.on]
        overlapping = [slot for slot in today if _overlap(slot, seat.slot)]
        if overlapping:
            same = self.taken[worker.id, overlapping[0]]
            return [] if same == seat else overlapping[:1]
        if self.hindrance(worker, seat.slot) == "day is full":
            return sorted(today)
        return sorted(slot for who, slot in self.taken if who == worker.id)

    def _moved_one(self) -> bool:
        by_id = {one.id: one for one in self.workers}
        unpopular = [key for key in self.taken if key[1].is_unpopular]
        # Those with most first, so that the widest difference shrinks first.
        unpopular.sort(key=lambda key: (-self._unpopular[key[0]], key))
        for giver, slot in unpopular:
            if self._passes_on(by_id[giver], self.taken[giver, slot]):
                return True
        return False

    def _passes_on(self, giver: Worker, seat: Seat) -> bool:
        able = sorted(self.able[seat], key=self.unpopular)
        for taker in able:
            # A difference of one would only go to and fro.
            if self.unpopular(giver) - self.unpopular(taker) < 2:
                return False
            if (taker.id, seat.slot) in self.taken:
                continue
            self.take(giver, seat.slot)
            if not self.hindrance(taker, seat.slot):
                self.give(taker, seat)
                return True
            if self._exchanges(giver, taker, seat):
                return True
            self.give(giver, seat)
        return False

    def _exchanges(
        self,
        giver: Worker,
        taker: Worker,
        seat: Seat,
    ) -> bool:
        """Give a seat to somebody for one of their ordinary seats; the giver's seat is taken already."""
        slots = sorted(slot for who, slot in self.taken if who == taker.id)
        for slot in slots:
            other = self.taken[taker.id, slot]
            if slot.is_unpopular or giver not in self.able[other]:
                continue
            self.take(taker, slot)
            if not self.hindrance(taker, seat.slot):
                self.give(taker, seat)
                if not self.hindrance(giver, slot):
                    self.give(giver, other)
                    return True
                self.take(taker, seat.slot)
            self.give(taker, other)
        return False


def _overlap(slot: Slot, other: Slot) -> bool:
    return slot.start < other.end and other.start < slot.end


def _worst_first(seat: Seat) -> tuple[int, Slot, int]:
    return -seat.weight, seat.slot, seat.role
