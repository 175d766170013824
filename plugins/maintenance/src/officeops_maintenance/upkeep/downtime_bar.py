"""The downtime of a unit over twelve months, a mark for each month."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from officeops.values import local, wording
from officeops_maintenance.upkeep.downtime_spans import in_words, spans, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.upkeep.downtime_spans import Span

#: Marks from hardly down to down all month; a month without any has a dot.
_MARKS: Final = "▁▂▃▄▅▆▇█"
_NONE: Final = "·"
MONTHS: Final = 12


def downtime_bar(office: Office, unit_id: int) -> str:
    """Draw the months up to this one, with the sum in words: a screen reader reads no bars."""
    now = local(office.now(), office.ways.zone)
    edges = list(_edges(now))
    first = edges[0]
    downtimes = spans(office, unit_id, first, now)
    marks = ""
    for begin, end in pairwise(edges):
        # This month is measured up to now: the days to come are neither up nor down.
        marks += _mark(downtimes, begin, min(end, now))
    return f"{first:%b} {marks} {now:%b}  {_in_words(downtimes)}"


def _in_words(downtimes: Sequence[Span]) -> str:
    if not downtimes:
        return "never down in 12 months"
    times = wording.count(len(downtimes), "time")
    return f"{in_words(total(downtimes))}, {times} in 12 months"


def _edges(now: datetime) -> Iterator[datetime]:
    """Yield where the months begin at the office, and where the last of them ends."""
    # Months are counted through the years, so that January needs no case of its own.
    this_month = now.year * 12 + now.month
    for month in range(this_month - MONTHS, this_month + 1):
        year, past_january = divmod(month, 12)
        yield datetime(year, past_january + 1, 1, tzinfo=now.tzinfo)


def _mark(
    downtimes: Sequence[Span],
    begin: datetime,
    end: datetime,
) -> str:
    down = timedelta()
    for span in downtimes:
        first = max(span.begin, begin)
        last = min(span.end, end)
        down += max(last - first, timedelta())
    if not down:
        return _NONE
    step = int(down / (end - begin) * len(_MARKS))
    # A unit that was down all month would be one step past the last mark.
    return _MARKS[min(step, len(_MARKS) - 1)]
