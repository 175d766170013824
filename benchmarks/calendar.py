"""The calendar: open minutes over four weeks, by each of a thousand tickets, and the time they are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from benchmarks.measure import Figure, figure, timed
from officeops.values.calendar import Hours, calendar_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = 1_000
ZONE = ZoneInfo("America/Chicago")
#: An office that closes at noon, over the weekend, and on twenty days a year for ten years.
WEEK = [Hours(day, *hours) for day in range(5) for hours in ((480, 720), (780, 1020))]
CLOSED = [date(year, month, 3 + month) for year in range(2020, 2030) for month in range(1, 13)]
START = datetime(2026, 2, 16, 15, 7, tzinfo=UTC)


def measure(folder: Path) -> Iterator[Figure]:  # noqa: ARG001 - as every part is called
    """Yield the figures: against the least that any count needs, the ends by the clock there."""
    calendar = calendar_of(WEEK, CLOSED, ZONE)
    spans = [START + timedelta(minutes=37 * number) for number in range(MANY)]
    month = timedelta(days=28, hours=2)

    def floor() -> None:
        # Both ends by the clock there, and the opening and closing times of the two days in UTC.
        for begin in spans:
            for end in (begin, begin + month):
                day = end.astimezone(ZONE).date()
                for _, opens, closes in WEEK[:2]:
                    for minute in (opens, closes):
                        hour, rest = divmod(minute, 60)
                        clock = datetime(day.year, day.month, day.day, hour, rest, tzinfo=ZONE)
                        clock.astimezone(UTC)

    def minutes() -> None:
        for begin in spans:
            calendar.minutes(begin, begin + month)

    def after() -> None:
        for begin in spans:
            calendar.after(begin, 2 * 480)

    least = "both ends by the clock, and those days' hours in UTC"
    yield figure("open minutes over 28 days, 1,000 times", least, lambda: timed(minutes), lambda: timed(floor), limit=4, aim=2.5)  # fmt: skip
    yield figure("when two working days have passed, 1,000 times", least, lambda: timed(after), lambda: timed(floor), limit=4, aim=2.5)  # fmt: skip
