"""Holders: who holds the papers that a rule asks for, and the role in which they could come."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from officeops_hr.people.person import Person
from officeops_hr.roster.rules.shift import Shift as PlannedShift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.gaps import Gap


class Holders:
    """People by the papers that they hold on a day, and by the roles in which they may work then."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan, whose people are read at the first gap of papers."""
        self._plan = plan
        self._people: list[int] | None = None

    def has_any(
        self,
        gap: Gap,
        role: int,
    ) -> bool:
        """Whether anybody who holds the papers of a gap may work in a role on its day."""
        return any(role in roles for _, roles in self._roles(gap))

    def best_role(
        self,
        gap: Gap,
        shifts: Iterable[PlannedShift],
    ) -> int | None:
        """Return the role in which most of the holders could come; None where nobody holds them.

        People who are free at the time count before people who would have to be moved.
        """
        # Open seats have no person, and keep nobody busy.
        busy = set()
        for shift in shifts:
            start, end = shift.minutes_of(gap.on)
            if start < gap.end and gap.start < end:
                busy.add(shift.person)
        free: Counter[int] = Counter()
        holders: Counter[int] = Counter()
        for person, roles in self._roles(gap):
            holders.update(roles)
            if person not in busy:
                free.update(roles)
        wanted = gap.rule.role
        known = [role for role in holders if wanted in {None, role}]
        # By number at the end, so that the same plan has the same draft.
        known.sort(key=lambda role: (-free[role], -holders[role], role))
        return known[0] if known else None

    def _roles(self, gap: Gap) -> Iterator[tuple[int, list[int]]]:
        """Yield each holder with the roles in which they may work on the day."""
        facts, rule = self._plan.facts, gap.rule
        for person in self._everybody():
            is_holder = facts.holds(
                person,
                rule.credentials,
                gap.on,
            )
            if is_holder:
                roles = facts.roles(person, gap.on)
                may = [
                    role
                    for role in roles
                    if not self._stops(
                        person,
                        role,
                        gap,
                    )
                ]
                yield person, may

    def _everybody(self) -> list[int]:
        if self._people is None:
            self._people = [person.id for person in self._plan.office.all(Person, order="id")]
        return self._people

    def _stops(
        self,
        person: int,
        role: int,
        gap: Gap,
    ) -> list[str]:
        shift = PlannedShift(
            0,
            person,
            gap.on,
            gap.start,
            gap.end,
            role,
            self._plan.place,
        )
        return self._plan.facts.stops(person, shift)
