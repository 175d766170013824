"""Staff: the people whom a draft may propose, with their hours, their shifts and what they had before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from officeops_hr.people.person import Person
from officeops_hr.roster.contracts import contract_of
from officeops_hr.roster.rules.cycle import DAYS, monday_of
from officeops_hr.roster.rules.filling.seats import Worker
from officeops_hr.roster.rules.hours_rule import HoursRule
from officeops_hr.roster.rules.hours_rules import Case, broken
from officeops_hr.roster.rules.limits import WEEK, rest_around
from officeops_hr.roster.rules.shift import Shift as PlannedShift
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from officeops_hr.roster.filling.proposal import Given, Proposal
    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.filling.seats import Seat, Slot
    from officeops_hr.roster.rules.limits import Contract, Limits

#: Shifts so many days around count for the rest and the week.
_AROUND: Final = timedelta(days=DAYS + 1)
_NEAR: Final = "person_id IS NOT NULL AND NOT dropped AND day BETWEEN ? AND ?"


class Staff:
    """Everybody who works here in the days of a plan; all is read once."""

    def __init__(
        self,
        plan: Plan,
        limits: Limits,
    ) -> None:
        """Read the people and their shifts in the days of the plan and around them."""
        self._plan, self.limits = plan, limits
        office = plan.office
        self.names = {person.id: person.name for person in office.all(Person, order="id")}
        days = (plan.first - _AROUND, plan.last + _AROUND)
        period = [day.isoformat() for day in days]
        self._shifts = list(
            office.all(
                Shift,
                _NEAR,
                *period,
                order="day, starts_at, id",
            )
        )
        #: What the weeks before this one of the same draft give to whom.
        self._given: list[PlannedShift] = []
        self._moved: set[int] = set()
        self.contract = cache(self._contract)
        self.is_stopped = cache(self._is_stopped)

    def _contract(
        self,
        person: int,
        day: date,
    ) -> Contract:
        return contract_of(
            self._plan.facts,
            person,
            day,
        )

    def of_week(self, monday: date) -> list[Shift]:
        """Return the shifts that people have in a week, at all places."""
        return [row for row in self._shifts if monday_of(row.day) == monday]

    def after(self, proposals: Iterable[Proposal]) -> dict[int, list[PlannedShift]]:
        """Return everybody's shifts if some rows of a draft were taken."""
        taken = list(proposals)
        changed = {row.shift.id for row in taken if row.shift.id}
        shifts = [row.planned() for row in self._shifts if row.id not in changed]
        shifts += [row.shift._replace(person=row.after) for row in taken]
        by_person: dict[int, list[PlannedShift]] = defaultdict(list)
        for shift in shifts:
            if shift.person is not None:
                by_person[shift.person].append(shift)
        return by_person

    # -- who may be asked ------------------------------------------------------------------------

    def workers(
        self,
        monday: date,
        unpopular: Mapping[int, int],
    ) -> list[Worker]:
        """Return who works here in a week, by number, with the unpopular shifts that they had."""
        sunday = monday + timedelta(days=DAYS - 1)
        facts = self._plan.facts
        return [
            self._worker(
                person,
                max(monday, self._plan.first),
                unpopular.get(person, 0),
            )
            for person in self.names
            # Somebody who begins or leaves within the week counts for a part of it.
            if facts.is_employed(person, monday) or facts.is_employed(person, sunday)
        ]

    def _worker(
        self,
        person: int,
        day: date,
        unpopular: int,
    ) -> Worker:
        contract = self.contract(person, day)
        return Worker(
            id=person,
            contract=contract.minutes,
            most=self._most(contract),
            day=self.limits.day or WEEK,
            days=contract.days,
            roles=len(self._plan.facts.roles(person, day)),
            unpopular=unpopular,
        )

    def _most(self, contract: Contract) -> int:
        """Return the most minutes of a week that a draft gives: overtime is a manager's to give."""
        overtime = self.limits.week_overtime
        # Nobody pays overtime to people who are exempt from it.
        if contract.is_exempt or overtime is None:
            return contract.most
        return min(contract.most, overtime)

    def may_take(self, given: Collection[Shift]) -> Callable[[Worker, Seat], bool]:
        """Return who may take a seat by leave, role, papers, times, and shifts that are not `given`."""
        others = self._others(given)
        return lambda worker, seat: self._may(
            worker.id,
            seat,
            others[worker.id],
        )

    def breaks(
        self,
        given: Collection[Shift],
    ) -> Callable[[Worker, Slot, Sequence[Slot]], bool] | None:
        """Return whether a slot beside others, and shifts that are not `given`, breaks a rule.

        None where the office has confirmed no rule that is about a person.
        """
        if not self._rules:
            return None
        others = self._others(given)
        return lambda worker, slot, slots: self._breaks(
            worker.id,
            slot,
            [*others[worker.id], *map(as_shift, slots)],
        )

    def _others(self, given: Collection[Shift]) -> dict[int, list[PlannedShift]]:
        """Return the shifts of people that are not `given`."""
        left_out = {row.id for row in given} | self._moved
        others: dict[int, list[PlannedShift]] = defaultdict(list)
        for row in self._shifts:
            if row.id not in left_out:
                others[row.person_id or 0].append(row.planned())
        for shift in self._given:
            others[shift.person or 0].append(shift)
        return others

    def give(self, changes: Iterable[Given]) -> None:
        """Note what the draft of a week changes: Sunday's evening counts for Monday's rest."""
        for change in changes:
            self._moved.add(change.shift.id)
            if change.after is not None:
                self._given.append(change.shift._replace(person=change.after))

    @cached_property
    def _rules(self) -> list[HoursRule]:
        rules = [rule for rule in self.limits.rules if rule.is_of_person]
        # Else the hours of the draft's own weeks, from Mondays on, keep people from overtime.
        overtime = self.limits.week_overtime
        if self.limits.week_begins and overtime is not None:
            rules.append(HoursRule("week_overtime", overtime, "Pay week"))
        return rules

    def _breaks(
        self,
        person: int,
        slot: Slot,
        others: Sequence[PlannedShift],
    ) -> bool:
        contract = self.contract(person, slot.on)
        rules = [rule for rule in self._rules if contract.is_under(rule, slot.on)]
        case = Case(
            as_shift(slot),
            others,
            self.limits.today,
            self.limits.week_begins,
        )
        return bool(broken(case, rules))

    def _may(
        self,
        person: int,
        seat: Seat,
        others: Sequence[PlannedShift],
    ) -> bool:
        slot = seat.slot
        # A shift that no rule needs goes to nobody else.
        if not seat.weight or self.is_stopped(
            person,
            slot.on,
            seat.role,
        ):
            return False
        if seat.holds and not self.holds(person, seat):
            return False
        shift = as_shift(slot, seat.role)
        if not self._plan.facts.is_available(person, shift):
            return False
        # A night of the week before may reach into this one.
        if any(shift.clashes(other) for other in others):
            return False
        # What somebody may never take, no chain of moves has to try.
        if self._breaks(person, slot, others):
            return False
        rest = rest_around(shift, others)
        return rest is None or rest >= (self.limits.rest or 0)

    def holds(
        self,
        person: int,
        seat: Seat,
    ) -> bool:
        """Whether somebody holds the credentials that a seat asks for, on its day."""
        return self._plan.facts.holds(
            person,
            frozenset(seat.holds),
            seat.slot.on,
        )

    def _is_stopped(
        self,
        person: int,
        day: date,
        role: int,
    ) -> bool:
        """Whether somebody may not work in a role on a day: leave, employment, role or papers."""
        # The reasons follow from the day and the role alone, whatever the hours.
        shift = PlannedShift(
            0,
            person,
            day,
            0,
            1,
            role,
            self._plan.place,
        )
        return bool(self._plan.facts.stops(person, shift))

    def wishes(
        self,
        workers: Iterable[Worker],
        seats: Iterable[Seat],
    ) -> dict[tuple[int, Slot], int]:
        """Return who likes which of the seats, and who would rather not have it."""
        wishes: dict[tuple[int, Slot], int] = {}
        people = [worker.id for worker in workers]
        for seat in seats:
            shift = as_shift(seat.slot, seat.role)
            for person in people:
                wished = self._plan.facts.wish(person, shift)
                if wished:
                    wishes[person, seat.slot] = wished
        return wishes


def as_shift(slot: Slot, role: int = 0) -> PlannedShift:
    """Return a slot as a shift of nobody, not yet in the plan."""
    # Being on call counts as no hours.
    kind = "work" if slot.minutes else "on_call"
    return PlannedShift(
        0,
        None,
        slot.on,
        slot.start,
        slot.end,
        role,
        slot.place,
        slot.pause,
        kind,
    )
