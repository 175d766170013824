"""Week draft: the filler on the shifts of one week, and what it would change in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.filling.proposal import Given
from officeops_hr.roster.filling.spare import spare
from officeops_hr.roster.filling.wanted_seat import UNNEEDED, weight_of
from officeops_hr.roster.rules.burdens import burdens
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.rules.filling.evening_out import even_out
from officeops_hr.roster.rules.filling.greedy import fill
from officeops_hr.roster.rules.filling.repair import repair
from officeops_hr.roster.rules.filling.seats import Seat, Slot
from officeops_hr.roster.rules.filling.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops_hr.roster.filling.staff import Staff
    from officeops_hr.roster.filling.wanted_seat import WantedSeat
    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.filling.seats import Worker
    from officeops_hr.roster.rules.shift import Shift as PlannedShift
    from officeops_hr.roster.shift import Shift

#: What nobody decided by hand may be given to somebody else.
_MOVABLE: Final = frozenset({"pattern", "filler"})
#: The weight of a shift that no rule needs: it may stay open, and nobody is moved to it.
SPARE: Final = 0
#: How much more than a wish it is to close a second gap.
_NEED: Final = 2


class WeekDraft:
    """One week of a plan: the wanted seats, and the shifts that people have."""

    def __init__(
        self,
        plan: Plan,
        staff: Staff,
        wanted: Sequence[WantedSeat],
        *,
        moves: bool,
    ) -> None:
        """Take the wanted seats of one week; without `moves` everybody keeps their shifts."""
        self._plan, self._staff, self._moves = plan, staff, moves
        self.monday = monday_of(wanted[0].shift.on)
        self._wanted: dict[Seat, list[PlannedShift]] = defaultdict(list)
        self._preferred: dict[Seat, frozenset[int]] = {}
        for want in wanted:
            seat = seat_of(
                want.shift,
                want.weight,
                want.holds,
            )
            self._wanted[seat].append(want.shift)
            if want.prefers:
                self._preferred[seat] = want.prefers
        # Their shifts are seats to fill, and nobody works in them now.
        absent = {want.shift.id for want in wanted if want.shift.person is not None}
        self._rows = [row for row in staff.of_week(self.monday) if row.id not in absent]
        self._spare = self._read_spare(wanted)
        self._held: dict[Seat, dict[int, PlannedShift]] = defaultdict(dict)

    def _read_spare(self, wanted: Sequence[WantedSeat]) -> set[int]:
        """Return the shifts that no rule needs, of the days on which somebody is lacking."""
        numbers: set[int] = set()
        if not self._moves:
            return numbers
        days = {want.shift.on for want in wanted if want.weight > UNNEEDED}
        for day in sorted(days):
            rows = [row for row in self._rows if row.day == day and self._is_movable(row)]
            shifts = [row.planned() for row in rows]
            numbers |= spare(
                self._plan,
                day,
                shifts,
            )
        return numbers

    def run(self, unpopular: Mapping[int, int]) -> Week:
        """Fill, repair and even out; `unpopular` is how many such shifts people had before."""
        workers = self._staff.workers(
            self.monday,
            unpopular,
        )
        by_id = {worker.id: worker for worker in workers}
        needs = Counter({seat: len(shifts) for seat, shifts in self._wanted.items()})
        held = self._held_by(by_id)
        # Shifts that people have are seats too, so that a chain can pass through them.
        for _, _, seat in held:
            needs[seat] += bool(seat.weight)
        week = self._week(
            workers,
            needs,
        )
        for worker, row, seat in held:
            self._hold(
                week,
                worker,
                row,
                seat,
            )
        fill(week)
        repair(week)
        # A fair share of new shifts is no reason to change those that people have.
        for seat, holders in self._held.items():
            week.kept.update((person, seat.slot) for person in holders)
        even_out(week)
        return week

    def _held_by(self, by_id: Mapping[int, Worker]) -> list[tuple[Worker, Shift, Seat]]:
        """Return the shifts that people have, as seats."""
        held = []
        for row in self._rows:
            worker = by_id.get(row.person_id or 0)
            if worker is not None:
                seat = seat_of(
                    row.planned(),
                    self._weight(row),
                )
                held.append(
                    (
                        worker,
                        row,
                        seat,
                    )
                )
        return held

    def _weight(self, row: Shift) -> int:
        if row.id in self._spare:
            return SPARE
        return weight_of(
            self._plan,
            row.planned(),
        )

    def _week(
        self,
        workers: list[Worker],
        needs: Mapping[Seat, int],
    ) -> Week:
        staff = self._staff
        return Week(
            workers,
            needs,
            staff.may_take(self._rows),
            rest=staff.limits.rest or 0,
            wishes=self._wishes(workers),
            breaks=staff.breaks(self._rows),
        )

    def _wishes(self, workers: Sequence[Worker]) -> dict[tuple[int, Slot], int]:
        """Return who likes which seat, and who closes a second gap by taking it."""
        wishes = self._staff.wishes(
            workers,
            self._wanted,
        )
        for seat, credentials in self._preferred.items():
            slot = seat.slot
            asked = seat._replace(holds=tuple(credentials))
            for worker in workers:
                # More than a wish: a need goes before what people like.
                if self._staff.holds(
                    worker.id,
                    asked,
                ):
                    wishes[worker.id, slot] = (
                        wishes.get(
                            (worker.id, slot),
                            0,
                        )
                        + _NEED
                    )
        return wishes

    def _hold(
        self,
        week: Week,
        worker: Worker,
        row: Shift,
        seat: Seat,
    ) -> None:
        """Give somebody the shift that they have; a decision by hand or elsewhere stays."""
        week.give(
            worker,
            seat,
        )
        self._held[seat][worker.id] = row.planned()
        if not self._moves or not self._is_movable(row):
            week.kept.add((worker.id, seat.slot))

    def _is_movable(self, row: Shift) -> bool:
        if row.origin not in _MOVABLE or row.despite or row.trainee:
            return False
        is_here = row.location_id == self._plan.place
        return is_here and self._plan.office.today <= row.day <= self._plan.last

    # -- what changes ----------------------------------------------------------------------------

    def changes(self, week: Week) -> Iterator[Given]:
        """Yield each shift that would have another person, a new shift with nobody before."""
        after: dict[Seat, list[int]] = defaultdict(list)
        for (person, _), seat in week.taken.items():
            after[seat].append(person)
        # By time and role, so that the same plan has the same draft.
        for seat in sorted({*self._wanted, *self._held}):
            people = sorted(after[seat])
            yield from self._of_seat(
                seat,
                people,
            )

    def _of_seat(
        self,
        seat: Seat,
        people: Sequence[int],
    ) -> Iterator[Given]:
        held = self._held.get(
            seat,
            {},
        )
        left = [(shift, person) for person, shift in held.items() if person not in people]
        coming = [person for person in people if person not in held]
        wanted = [
            (shift, shift.person)
            for shift in self._wanted.get(
                seat,
                [],
            )
        ]
        is_spare = seat.weight == SPARE
        for number, (shift, before) in enumerate([*left, *wanted]):
            if number < len(coming):
                yield Given(
                    shift,
                    before,
                    coming[number],
                )
            # A wanted seat that nobody takes is as open as before, so it is no change.
            elif number < len(left):
                yield Given(
                    shift,
                    before,
                    None,
                    is_spare,
                )


def seat_of(
    shift: PlannedShift,
    weight: int,
    holds: frozenset[int] = frozenset(),
) -> Seat:
    """Return a shift as a seat of the draft."""
    # Being on call counts as no hours, so all of it is a pause.
    length = shift.end - shift.start
    slot = Slot(
        on=shift.on,
        start=shift.start,
        end=shift.end,
        place=shift.place,
        is_unpopular=bool(burdens(shift)),
        pause=shift.pause if shift.is_work else length,
    )
    return Seat(
        slot,
        shift.role,
        weight,
        tuple(sorted(holds)),
    )
