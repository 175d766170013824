"""Stretches: readings out of range that belong together, whatever order they came in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.readings.limits import combined

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Two readings out of range so near to each other are one event, though it was back between them:
#: a logger that keeps the extremes of each day has its highest once a day.
TOGETHER: Final = timedelta(hours=36)
#: After a longer time without a reading, nobody can say that it went on.
CONTIGUOUS: Final = timedelta(days=31)


class Moment(Value):
    """What one reading says of a unit: a person's with the extremes since the last, or a logger's.

    `is_back` says that it was within range at that very moment, whatever came before it.
    """

    at: datetime
    verdict: str
    is_back: bool
    lowest: int
    highest: int
    #: Whether it is one of those that are being booked.
    is_new: bool = True


class Stretch(Value):
    """A time out of range: its first and last such reading, and when it was back; None if unknown."""

    first: datetime
    last: datetime
    back: datetime | None
    verdict: str
    lowest: int
    highest: int
    is_new: bool = True

    def with_(self, later: Stretch) -> Stretch:
        """Return one that has both."""
        last = max(self, later, key=lambda stretch: stretch.last)
        return Stretch(
            min(self.first, later.first),
            last.last,
            last.back,
            combined(self.verdict, later.verdict),
            min(self.lowest, later.lowest),
            max(self.highest, later.highest),
            self.is_new or later.is_new,
        )


def goes_on(
    last: datetime,
    again: datetime,
    *,
    was_back: bool,
) -> bool:
    """Whether a reading out of range continues a stretch: it is near, or nothing else was read since."""
    longest = TOGETHER if was_back else CONTIGUOUS
    return again - last <= longest


def stretches(moments: Iterable[Moment]) -> list[Stretch]:
    """Return the stretches of readings in the order of time."""
    known: list[Stretch] = []
    for moment in moments:
        if moment.verdict == "ok":
            if known and known[-1].back is None and moment.at - known[-1].last <= CONTIGUOUS:
                known[-1] = known[-1].replace(back=moment.at)
            continue
        stretch = _of(moment)
        if known and goes_on(known[-1].last, moment.at, was_back=known[-1].back is not None):
            known[-1] = known[-1].with_(stretch)
        else:
            known.append(stretch)
    return known


def _of(moment: Moment) -> Stretch:
    back = moment.at if moment.is_back else None
    return Stretch(
        moment.at,
        moment.at,
        back,
        moment.verdict,
        moment.lowest,
        moment.highest,
        moment.is_new,
    )
