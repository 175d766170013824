"""Imagined: the facts of a day, if somebody who may work took each of its wanted seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from officeops_hr.roster.rules.gaps import Facts
    from officeops_hr.roster.rules.shift import Shift as PlannedShift


class Imagined:
    """The facts, if somebody who may work took each of the wanted seats."""

    def __init__(self, facts: Facts) -> None:
        """Take the facts of real people."""
        self._facts = facts
        #: The credentials that each of these people would hold, by their numbers.
        self.held: dict[int, frozenset[int]] = {}

    def is_present(
        self,
        shift: PlannedShift,
        day: date,
    ) -> bool:
        """Whether somebody comes to a shift; imagined people have numbers below zero."""
        is_imagined = shift.person is not None and shift.person < 0
        return is_imagined or self._facts.is_present(
            shift,
            day,
        )

    def holds(
        self,
        person: int,
        credentials: frozenset[int],
        day: date,
    ) -> bool:
        """Whether somebody holds credentials on a day."""
        # Nobody imagined holds more than what their seat asks for.
        if person < 0:
            return credentials <= self.held.get(
                person,
                frozenset(),
            )
        return self._facts.holds(
            person,
            credentials,
            day,
        )
