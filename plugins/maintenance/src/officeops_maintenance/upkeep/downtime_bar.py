"""The downtime of a unit over twelve months, a mark for each month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from officeops.values import local, wording
from officeops_maintenance.upkeep.downtime_spans import in_words, spans, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops import Office
    from officeops_maintenance.upkeep.downtime_spans import Span

#: Marks from hardly down to down all month; a month without any has a dot.
_MARKS: Final = "▁▂▃▄▅▆▇█"
_NONE: Final = "·"
MONTHS: Final = 12


def downtime_bar(office: Office, unit_id: int) -> str:
    """Draw the months up to this one, with the sum in words: a screen reader reads no bars."""
    now = office.now()
    edges = _edges(office, now)
    downtimes = spans(office, unit_id, edges[0], now)
    marks = "".join(_mark(downtimes, begin, min(end, now)) for begin, end in pairwise(edges))
    first, last = (local(edge, office.ways.zone) for edge in (edges[0], now))
    return f"{first:%b} {marks} {last:%b}  {_in_words(downtimes)}"


def _in_words(downtimes: Sequence[Span]) -> str:
    if not downtimes:
        return "never down in 12 months"
    return f"{in_words(total(downtimes))}, {wording.count(len(downtimes), 'time')} in 12 months"


def _edges(office: Office, now: datetime) -> list[datetime]:
    """Return where the months begin at the office, and where the last of them ends."""
    here = local(now, office.ways.zone)
    months = range(here.year * 12 + here.month - MONTHS, here.year * 12 + here.month + 1)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [datetime(day.year, day.month, 1, tzinfo=here.tzinfo) for day in days]


def _mark(downtimes: Sequence[Span], begin: datetime, end: datetime) -> str:
    down = timedelta()
    for span in downtimes:
        down += max(min(span.end, end) - max(span.begin, begin), timedelta())
    if not down:
        return _NONE
    return _MARKS[min(int(down / (end - begin) * len(_MARKS)), len(_MARKS) - 1)]
