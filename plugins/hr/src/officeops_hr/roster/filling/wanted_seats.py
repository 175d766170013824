"""Wanted seats: what a plan needs somebody for, as shifts without a person.

That is each open shift, and for each gap of a rule with a role the shift of somebody who cannot
come, or else a new one for the time of the gap. A gap of people who hold papers is closed by one of
these, if somebody who holds them may take it, or else by a new shift in a role of people who do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.filling.holders import Holders
from officeops_hr.roster.filling.imagined import Imagined
from officeops_hr.roster.filling.wanted_seat import (
    UNNEEDED,
    WantedSeat,
    has_seats,
    is_of,
    weight_of,
    weight_of_rule,
)
from officeops_hr.roster.rules.shift import Shift as PlannedShift

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.coverage import Coverage
    from officeops_hr.roster.rules.gaps import Gap

#: A longer gap is two seats, before and after noon, so that two people may share it.
_LONGEST: Final = 360
_NOON: Final = 720
#: A rule that asks for more of its own role with each person has no end.
_MOST: Final = 200


def wanted_seats(plan: Plan) -> list[WantedSeat]:
    """Return what the days of a plan need somebody for; days that have passed need nobody."""
    wanted: list[WantedSeat] = []
    holders = Holders(plan)
    for day in plan.days:
        if day >= plan.office.today:
            wanted += _Day(
                plan,
                day,
                holders,
            ).wanted()
    return wanted


class _Day:
    """One day, whose gaps become seats one after the other until no rule that has seats is broken."""

    def __init__(
        self,
        plan: Plan,
        day: date,
        holders: Holders,
    ) -> None:
        self._plan, self._day, self._holders = plan, day, holders
        self._facts = Imagined(plan.facts)
        planned = plan.planned_on(day)
        self._absent = [
            shift
            for shift in planned
            if _cannot_come(
                plan,
                shift,
                day,
            )
        ]
        self._open = [shift for shift in planned if shift.person is None and shift.on == day]
        # Somebody who cannot come has the shift and does not count as present.
        absent = {shift.id for shift in self._absent}
        self._shifts = [
            shift for shift in planned if shift.person is not None and shift.id not in absent
        ]
        self._wanted: list[WantedSeat] = []
        #: The imagined person of each wanted seat.
        self._people: list[int] = []
        self._hopeless: set[tuple[int, int]] = set()

    def wanted(self) -> list[WantedSeat]:
        # Open shifts first: a gap that they close needs no further one.
        for shift in self._open:
            self._want(WantedSeat(shift, self._weight_of_open(shift)))
        while (gap := self._next_gap(has_seats)) and len(self._wanted) < _MOST:
            rule = self._plan.rule(gap).name
            for shift in self._shapes(gap):
                weight = weight_of(
                    self._plan,
                    shift,
                )
                self._want(
                    WantedSeat(
                        shift,
                        weight,
                        rule,
                    )
                )
        # Then papers: a seat that is wanted anyway may go to somebody who holds them.
        while (gap := self._next_gap(self._has_holders)) and len(self._wanted) < _MOST:
            self._want_holder(gap)
        return self._wanted

    def _weight_of_open(self, shift: PlannedShift) -> int:
        """Return how bad it is to leave an open shift so; a rule that has enough people asks for none."""
        rules = [rule for rule in self._plan.needed if is_of(rule, shift)]
        # Whether it closes a gap of papers depends on who takes it.
        if not any(rule.credentials for rule in rules):
            filled = shift._replace(person=-1 - len(self._shifts))
            if self._lacking(rules, [*self._shifts, filled]) >= self._lacking(rules, self._shifts):
                return UNNEEDED
        return weight_of(self._plan, shift)

    def _lacking(self, rules: Collection[Coverage], shifts: Iterable[PlannedShift]) -> int:
        """Return the minutes of people that some rules lack."""
        gaps = self._plan.gaps_of(self._day, shifts, self._facts)
        lacking = [gap for gap in gaps if gap.rule in rules]
        return sum((gap.need - gap.have) * (gap.end - gap.start) for gap in lacking)

    def _want(self, seat: WantedSeat) -> None:
        # Each of them is another person, and no real one.
        number = -1 - len(self._shifts)
        self._shifts.append(seat.shift._replace(person=number))
        self._facts.held[number] = seat.holds
        self._wanted.append(seat)
        self._people.append(number)

    def _next_gap(self, has: Callable[[Coverage], bool]) -> Gap | None:
        lacking = self._plan.gaps_of(
            self._day,
            self._shifts,
            self._facts,
        )
        for gap in lacking:
            if has(gap.rule) and (gap.rule.id, gap.start) not in self._hopeless:
                return gap
        return None

    # -- papers ----------------------------------------------------------------------------------

    @staticmethod
    def _has_holders(rule: Coverage) -> bool:
        return rule.kind != "most" and bool(rule.credentials)

    def _want_holder(self, gap: Gap) -> None:
        """Want somebody who holds papers: for a seat that is wanted anyway, else for a new one."""
        papers = gap.rule.credentials
        for place, seat in enumerate(self._wanted):
            if self._may_close(
                gap,
                seat,
            ):
                self._wanted[place] = seat._replace(prefers=seat.prefers | papers)
                self._facts.held[self._people[place]] |= papers
                return
        role = self._holders.best_role(
            gap,
            self._shifts,
        )
        # Nobody holds them, so a shift more would close nothing: the gap stays in the list of gaps.
        if role is None:
            self._hopeless.add((gap.rule.id, gap.start))
            return
        name = self._plan.rule(gap).name
        for start, end in _parts(
            gap.start,
            gap.end,
        ):
            shift = self._new(
                gap,
                start,
                end,
                role,
            )
            seat = WantedSeat(
                shift,
                weight_of_rule(gap.rule),
                name,
                holds=papers,
            )
            self._want(seat)

    def _may_close(
        self,
        gap: Gap,
        seat: WantedSeat,
    ) -> bool:
        shift = seat.shift
        start, end = shift.minutes_of(gap.on)
        if start > gap.start or end < gap.end:
            return False
        if gap.rule.credentials <= seat.holds | seat.prefers:
            return False
        is_of_rule = gap.rule.role in {None, shift.role}
        return is_of_rule and self._holders.has_any(
            gap,
            shift.role,
        )

    # -- shapes ----------------------------------------------------------------------------------

    def _shapes(self, gap: Gap) -> Iterator[PlannedShift]:
        """Yield the shift of somebody who cannot come then, or new ones for the time of the gap."""
        for shift in self._absent:
            if shift.role == gap.rule.role and _is_most_of(
                gap,
                shift,
            ):
                self._absent.remove(shift)
                yield shift
                return
        for start, end in _parts(
            gap.start,
            gap.end,
        ):
            yield self._new(
                gap,
                start,
                end,
                gap.rule.role or 0,
            )

    def _new(
        self,
        gap: Gap,
        start: int,
        end: int,
        role: int,
    ) -> PlannedShift:
        return PlannedShift(
            0,
            None,
            gap.on,
            start,
            end,
            role,
            self._plan.place,
        )


def _cannot_come(
    plan: Plan,
    shift: PlannedShift,
    day: date,
) -> bool:
    if shift.person is None or shift.on != day or shift.is_trainee:
        return False
    return not plan.facts.is_present(
        shift,
        day,
    )


def _is_most_of(gap: Gap, shift: PlannedShift) -> bool:
    """Whether a gap is half of a shift or more: a lunch is no reason to give all of it away."""
    start, end = shift.minutes_of(gap.on)
    common = min(
        end,
        gap.end,
    ) - max(
        start,
        gap.start,
    )
    return 2 * common >= end - start


def _parts(start: int, end: int) -> list[tuple[int, int]]:
    if end - start > _LONGEST and start < _NOON < end:
        return [(start, _NOON), (_NOON, end)]
    return [(start, end)]
