"""How reliable a unit is: time between failures, time to repair, availability, each with its n.

A failure is a downtime that nobody planned. Of fewer than three nothing follows: then the answer is
"too few to tell". A downtime that goes on counts up to now.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.values import wording
from officeops_maintenance.upkeep.downtime_spans import in_words, spans, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment
    from officeops_maintenance.upkeep.downtime_spans import Span

#: With fewer failures than this nothing follows from them.
ENOUGH: Final = 3
_YEAR: Final = timedelta(days=365)


class Reliability(Value):
    """The figures of a unit over a stretch of time; None where too few failures tell nothing.

    `availability` is in thousandths of the opening hours.
    """

    failures: int
    between: timedelta | None
    repair: timedelta | None
    availability: int | None

    def in_words(self) -> str:
        """Say the figures in a line, or that there are too few failures."""
        if self.between is None or self.repair is None:
            return f"too few to tell ({wording.count(self.failures, 'failure')})"
        words = f"{in_words(self.between)} between failures, {in_words(self.repair)} to repair"
        if self.availability is not None:
            words += f", {share(self.availability)} available"
        return f"{words} (n = {self.failures})"


def share(thousandths: int) -> str:
    """Return thousandths as percent: 98.3%."""
    return f"{thousandths // 10}.{thousandths % 10}%"


def reliability(
    office: Office, unit: Equipment, first: datetime | None = None, last: datetime | None = None
) -> Reliability:
    """Work the figures out between two moments, by default over the last 365 days.

    Time in which the office did not have the unit counts for nothing.
    """
    end = min(filter(None, (last, unit.retired_on, office.now())))
    begin = max(first or end - _YEAR, begun(office, unit))
    if begin >= end:
        return Reliability(0, None, None, None)
    downtimes = spans(office, unit.id, begin, end)
    unplanned = [span for span in downtimes if not span.planned]
    failures = sum(span.is_new for span in unplanned)
    if failures < ENOUGH:
        return Reliability(failures, None, None, None)
    down = total(unplanned)
    between, repair = (end - begin - down) / failures, down / failures
    return Reliability(failures, between, repair, _availability(office, downtimes, begin, end))


def begun(office: Office, unit: Equipment) -> datetime:
    """Return since when the office has a unit: the day of its purchase, or when it was added."""
    added = office.events(unit)[0].at
    if unit.acquired_on is None:
        return added
    day = unit.acquired_on
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _availability(
    office: Office, downtimes: Sequence[Span], begin: datetime, end: datetime
) -> int | None:
    """Return the share of the opening hours in which the unit was up; None without any."""
    scheduled = office.calendar.minutes(begin, end)
    if not scheduled:
        return None
    # Planned work keeps a unit from use as well, so every downtime counts here.
    down = sum(office.calendar.minutes(span.begin, span.end) for span in downtimes)
    return 1000 * (scheduled - down) // scheduled
