"""Week: a draft of one week, with the seats that it needs and who takes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.cycle import DAYS, monday_of
from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from officeops_hr.roster.rules.filling.seats import Seat, Slot, Worker

_ONE_DAY: Final = timedelta(days=1)


class Week:
    """A draft of one week: seats, and who takes them."""

    def __init__(
        self,
        workers: Sequence[Worker],
        seats: Mapping[Seat, int],
        may: Callable[[Worker, Seat], bool],
        usual: Mapping[tuple[int, Slot], int] | None = None,
        *,
        rest: int = 0,
        wishes: Mapping[tuple[int, Slot], int] | None = None,
        breaks: Callable[[Worker, Slot, Sequence[Slot]], bool] | None = None,
    ) -> None:
        """Take the people, how many each seat needs, and who may take it by leave, role and papers.

        `usual` is who takes which role of a slot now: what stays is a smaller change for all.
        `wishes` is 1 for who likes a slot, -1 for who does not. `rest` is minutes between two days.
        `breaks` says whether a slot beside somebody's others breaks a rule on hours.
        """
        self.workers = workers
        self.needs = dict(seats)
        self.usual = dict(usual or {})
        self.able: dict[Seat, list[Worker]] = {}
        for seat in seats:
            self.able[seat] = [worker for worker in workers if may(worker, seat)]
        self.taken: dict[tuple[int, Slot], Seat] = {}
        #: What no step moves: a manager's decision, or a shift at another place.
        self.kept: set[tuple[int, Slot]] = set()
        self._rest, self._breaks = rest, breaks
        self._wishes = dict(wishes or {})
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

    def slots_of(self, worker: Worker) -> list[Slot]:
        """Return the slots of somebody that may be moved, the earliest first."""
        slots = [key[1] for key in self.taken if key[0] == worker.id and key not in self.kept]
        return sorted(slots)

    def slots_on(self, worker: Worker, day: date) -> list[Slot]:
        """Return the slots of somebody on a day, in the order in which they got them."""
        return list(self._by_day[worker.id, day])

    def hindrance(self, worker: Worker, slot: Slot) -> str:
        """Return what of the draft itself keeps somebody from a slot; empty if nothing does."""
        today = self._by_day[worker.id, slot.on]
        minutes = slot.minutes
        # The cheapest test first: it is asked some thousand times in a week.
        for other in today:
            if slot.overlaps(other):
                return "works then"
            minutes += other.minutes
        if minutes > worker.day:
            return "day is full"
        if not today and self._days[worker.id] >= worker.days:
            return "has all their days"
        week = self._minutes[worker.id] + slot.minutes
        if week > worker.most:
            return "has all their hours"
        return self._rule_against(worker, slot)

    def _rule_against(self, worker: Worker, slot: Slot) -> str:
        """Return which kind of rule a slot would break beside somebody's others; empty for none."""
        if self._rest and self._lacks_rest(worker, slot):
            return "lacks rest"
        # The dearest test of all, which an office without confirmed rules never pays for.
        if self._breaks and self._breaks(worker, slot, self._all_of(worker, slot.on)):
            return "breaks a rule"
        return ""

    def _all_of(self, worker: Worker, day: date) -> list[Slot]:
        """Return the slots of somebody in the week of a day."""
        monday = monday_of(day)
        slots: list[Slot] = []
        for number in range(DAYS):
            slots += self._by_day[worker.id, monday + number * _ONE_DAY]
        return slots

    def _lacks_rest(self, worker: Worker, slot: Slot) -> bool:
        """Whether a night before or after a slot would be too short; being on call is rest."""
        for other in self._by_day[worker.id, slot.on - _ONE_DAY]:
            if other.minutes and slot.start + DAY - other.end < self._rest:
                return True
        for other in self._by_day[worker.id, slot.on + _ONE_DAY]:
            if other.minutes and other.start + DAY - slot.end < self._rest:
                return True
        return False

    def free(self, seat: Seat) -> list[Worker]:
        """Return who may take a seat as the draft is now."""
        slot = seat.slot
        return [worker for worker in self.able[seat] if not self.hindrance(worker, slot)]

    def cost(self, worker: Worker, seat: Seat) -> tuple[int, ...]:
        """Return what speaks against somebody for a seat, the weightiest first; ids break ties."""
        slot = seat.slot
        is_usual = self.usual.get((worker.id, slot)) == seat.role
        beyond = self._minutes[worker.id] + slot.minutes - worker.contract
        unpopular = self._unpopular[worker.id] if slot.is_unpopular else 0
        has_day = bool(self._by_day[worker.id, slot.on])
        return (
            0 if is_usual else 1,
            max(beyond, 0),
            -self._wishes.get((worker.id, slot), 0),
            unpopular,
            0 if has_day else 1,
            # People of many roles stay free for seats that others cannot take.
            worker.roles,
            beyond,
            worker.id,
        )

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
