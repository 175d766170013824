"""Shift: somebody's work on a day, in minutes of the clock on the wall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY: Final = 1440
#: A shift ends by noon of the day after it began.
LATEST_END: Final = 2160


class Shift(NamedTuple):
    """Work from `start` to `end`, in minutes since midnight of the day it begins.

    An end after 1440 is on the next day. `pause` is unpaid. A person of None is an open seat. On
    call is no work: it is a shift of kind `on_call`, which fills no seat.
    """

    id: int
    person: int | None
    on: date
    start: int
    end: int
    role: int
    place: int
    pause: int = 0
    kind: str = "work"
    is_trainee: bool = False
    room: int | None = None

    @property
    def planned(self) -> int:
        """Return the paid minutes by the clock on the wall."""
        return self.end - self.start - self.pause

    @property
    def is_work(self) -> bool:
        """Whether it counts as hours: being on call away from the office does not (29 CFR 785.17)."""
        return self.kind != "on_call"

    def minutes_of(self, day: date) -> tuple[int, int]:
        """Return start and end in minutes of a day; below 0 where it began on the day before."""
        shift = (self.on - day).days * DAY
        return self.start + shift, self.end + shift

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return when it begins and ends, with the zone: the night the clocks change is right."""
        midnight = datetime(self.on.year, self.on.month, self.on.day)  # noqa: DTZ001 - the wall's
        begins, ends = (midnight + timedelta(minutes=at) for at in (self.start, self.end))
        return begins.replace(tzinfo=zone), ends.replace(tzinfo=zone)

    def worked(self, zone: ZoneInfo) -> int:
        """Return the minutes that pass between start and end, less the unpaid break."""
        begins, ends = self.instants(zone)
        return round((ends.timestamp() - begins.timestamp()) / 60) - self.pause

    def clashes(self, other: Shift) -> bool:
        """Whether somebody would be in two places: touching ends do not clash."""
        start, end = other.minutes_of(self.on)
        return start < self.end and self.start < end
