"""Meter: how much a thing was used since a day, by readings of its counter. All of it is pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

#: The days whose mean use says when a number will be reached.
_RECENT: Final = timedelta(days=90)


class Reading(Value):
    """A counter's value on a day. After a `reset` a new counter begins at that value.

    A value below the one before, without a reset, is a counter that began again at 0.
    """

    on: date
    value: int
    reset: bool = False


def used(readings: Iterable[Reading]) -> list[tuple[date, int]]:
    """List the use between each reading and the one before, with the later reading's day."""
    steps: list[tuple[date, int]] = []
    before: Reading | None = None
    for reading in sorted(readings, key=lambda reading: reading.on):
        if before is not None and not reading.reset:
            # Nobody knows the use between the last reading and the new beginning: it is left out.
            grown = reading.value - before.value
            steps.append((reading.on, grown if grown >= 0 else reading.value))
        before = reading
    return steps


def reached_on(readings: Iterable[Reading], since: date | None, number: int) -> date | None:
    """Return the first day on which the use after a day reaches a number; None before that.

    Without a day all use counts.
    """
    total = 0
    for on, use in used(readings):
        # Use on the day itself came before the task was closed.
        if since is None or on > since:
            total += use
        if total >= number:
            return on
    return None


def expected_on(
    readings: Sequence[Reading],
    since: date | None,
    number: int,
    today: date,
) -> date | None:
    """Return the day on which a number will be reached, by the mean use of the last 90 days.

    None where nobody can tell: without readings in that time, or without use.
    """
    steps = used(readings)
    recent = [use for on, use in steps if on > today - _RECENT]
    if not sum(recent):
        return None
    begun = max(min(reading.on for reading in readings), today - _RECENT)
    days = max((today - begun).days, 1)
    left = number - sum(use for on, use in steps if since is None or on > since)
    ahead = -(-max(left, 0) * days // sum(recent))
    return today + timedelta(days=ahead)
