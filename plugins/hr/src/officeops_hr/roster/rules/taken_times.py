"""Taken times: where somebody works already, no second shift begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops_hr.roster.rules.shift import Shift

    #: A person and a day.
    PersonDay = tuple[int | None, date]


class TakenTimes:
    """The shifts of people, to which more are added as long as nobody is in two places."""

    def __init__(self, shifts: Iterable[Shift]) -> None:
        """Begin with the shifts that there are."""
        self._shifts: dict[PersonDay, list[Shift]] = {}
        for shift in shifts:
            self._add(shift)

    def take(self, shift: Shift) -> bool:
        """Add a shift; return False, and add nothing, where its person works already then."""
        is_taken = self._clashes(shift)
        if not is_taken:
            self._add(shift)
        return not is_taken

    def _clashes(self, shift: Shift) -> bool:
        # A night reaches into the days beside it.
        for days in (-1, 0, 1):
            day = shift.on + timedelta(days)
            beside = self._shifts.get((shift.person, day), [])
            for other in beside:
                if shift.clashes(other):
                    return True
        return False

    def _add(self, shift: Shift) -> None:
        own = (shift.person, shift.on)
        of_day = self._shifts.setdefault(own, [])
        of_day.append(shift)
