"""Seats: the stretches of a week that need somebody, and the people who may be proposed for them."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import NamedTuple


class Slot(NamedTuple):
    """A stretch of a day at a place: who works in it works all of it. `pause` is unpaid."""

    on: date
    start: int
    end: int
    place: int = 0
    is_unpopular: bool = False
    pause: int = 0

    @property
    def minutes(self) -> int:
        """Return the minutes that count as hours of the week."""
        return self.end - self.start - self.pause

    def overlaps(self, other: Slot) -> bool:
        """Whether two stretches of one day share a minute."""
        return self.start < other.end and other.start < self.end


class Seat(NamedTuple):
    """A role that a slot needs; `weight` is how bad it is to leave it open, 0 for nobody's need."""

    slot: Slot
    role: int
    weight: int
    #: Credentials that who takes it has to hold, current on the day.
    holds: tuple[int, ...] = ()


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
