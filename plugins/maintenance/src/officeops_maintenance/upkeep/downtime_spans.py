"""From when to when a unit was down, within a stretch of time; what goes on runs to now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops import Value
from officeops_maintenance.equipment.downtime import Downtime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from officeops import Office


class Span(Value):
    """A downtime, as far as it is within the stretch that was asked for."""

    begin: datetime
    end: datetime
    planned: bool
    #: Whether it began within the stretch: one that began before is no failure of it.
    is_new: bool


def spans(
    office: Office,
    unit_id: int,
    first: datetime,
    last: datetime,
) -> list[Span]:
    """Return the downtimes of a unit between two moments, the oldest first."""
    inside = "equipment_id = ? AND started_at <= ? AND ifnull(ended_at, ?) >= ?"
    until = last.isoformat()
    downtimes = office.all(
        Downtime, inside, unit_id, until, until, first.isoformat(), order="started_at"
    )
    return [cut for downtime in downtimes if (cut := _cut(downtime, first, last)) is not None]


def _cut(
    downtime: Downtime,
    first: datetime,
    last: datetime,
) -> Span | None:
    begin = max(downtime.started_at, first)
    end = min(downtime.ended_at or last, last)
    # One that began this second counts already, with no time yet.
    if begin > end:
        return None
    return Span(begin, end, downtime.planned, downtime.started_at >= first)


def total(downtimes: Iterable[Span]) -> timedelta:
    """Add downtimes up, by the clock on the wall."""
    return sum((span.end - span.begin for span in downtimes), timedelta())


def in_words(time: timedelta) -> str:
    """Return a stretch of time in its two greatest units: 4 d 2 h, 3 h 10 min, 5 min."""
    minutes = time // timedelta(minutes=1)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"
