"""Wanted seats: what a plan needs somebody for, as shifts without a person.

That is each open shift, and for each gap of a rule with a role the shift of somebody who cannot
come, or else a new one for the time of the gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.shift import Shift as PlannedShift

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.coverage import Coverage
    from officeops_hr.roster.rules.gaps import Facts, Gap

#: How bad it is to leave a seat open, by the severity of its rule; 1 is a seat that no rule needs.
_WEIGHTS: Final = {"unsafe": 8, "legal": 6, "money": 4, "routine": 2}
_UNNEEDED: Final = 1
#: A longer gap is two seats, before and after noon, so that two people may share it.
_LONGEST: Final = 360
_NOON: Final = 720
#: A rule that asks for more of its own role with each person has no end.
_MOST: Final = 200


class WantedSeat(NamedTuple):
    """A shift that needs somebody: `id` 0 is not in the plan yet; its person cannot come."""

    shift: PlannedShift
    weight: int
    rule: str = ""


def wanted_seats(plan: Plan) -> list[WantedSeat]:
    """Return what the days of a plan need somebody for; days that have passed need nobody."""
    wanted: list[WantedSeat] = []
    for day in plan.days:
        if day >= plan.office.today:
            wanted += _Day(
                plan,
                day,
            ).wanted()
    return wanted


def weight_of(plan: Plan, shift: PlannedShift) -> int:
    """Return how bad it is to leave a shift open: by the worst rule that counts it."""
    weights = [
        _WEIGHTS[rule.severity]
        for rule in plan.needed
        if _is_of(
            rule,
            shift,
        )
    ]
    return max(
        weights,
        default=_UNNEEDED,
    )


def _is_of(rule: Coverage, shift: PlannedShift) -> bool:
    if rule.kind == "most" or rule.role != shift.role or not rule.counts_on(shift.on):
        return False
    return rule.start < shift.end and shift.start < rule.end


class _Imagined:
    """The facts, if somebody who may work took each of the wanted seats."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def is_present(
        self,
        shift: PlannedShift,
        day: date,
    ) -> bool:
        return _is_imagined(shift) or self._facts.is_present(
            shift,
            day,
        )

    def holds(
        self,
        person: int,
        credentials: frozenset[int],
        day: date,
    ) -> bool:
        return person > 0 and self._facts.holds(
            person,
            credentials,
            day,
        )


class _Day:
    """One day, whose gaps become seats one after the other until no rule with a role is broken."""

    def __init__(
        self,
        plan: Plan,
        day: date,
    ) -> None:
        self._plan, self._day = plan, day
        self._facts = _Imagined(plan.facts)
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

    def wanted(self) -> list[WantedSeat]:
        wanted = [
            WantedSeat(
                shift,
                weight_of(
                    self._plan,
                    shift,
                ),
            )
            for shift in self._open
        ]
        # Open shifts first: a gap that they close needs no further one.
        for seat in wanted:
            self._imagine(seat.shift)
        while (gap := self._next_gap()) and len(wanted) < _MOST:
            for shift in self._shapes(gap):
                self._imagine(shift)
                rule = self._plan.rule(gap).name
                wanted.append(
                    WantedSeat(
                        shift,
                        weight_of(
                            self._plan,
                            shift,
                        ),
                        rule,
                    )
                )
        return wanted

    def _imagine(self, shift: PlannedShift) -> None:
        # Each of them is another person, and no real one.
        number = -1 - len(self._shifts)
        self._shifts.append(shift._replace(person=number))

    def _next_gap(self) -> Gap | None:
        lacking = self._plan.gaps_of(
            self._day,
            self._shifts,
            self._facts,
        )
        return next(
            (gap for gap in lacking if has_seats(gap.rule)),
            None,
        )

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
        place, role = self._plan.place, gap.rule.role or 0
        for start, end in _parts(
            gap.start,
            gap.end,
        ):
            yield PlannedShift(
                0,
                None,
                gap.on,
                start,
                end,
                role,
                place,
            )


def has_seats(rule: Coverage) -> bool:
    """Whether a gap of a rule is closed by somebody in a role, whatever papers they hold."""
    return rule.kind != "most" and rule.role is not None and not rule.credentials


def _is_imagined(shift: PlannedShift) -> bool:
    return shift.person is not None and shift.person < 0


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
