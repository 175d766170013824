"""Notice: since when the shifts of a week have been published as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_hr.roster.rules.shift import Shift


def first_published(
    states: Iterable[tuple[date, Iterable[Shift]]],
) -> list[tuple[Shift, date]]:
    """Return the shifts of the last state, by day, each with the day on which it first was so.

    `states` are the days of publication with the shifts of each, the oldest first.
    """
    since: dict[tuple[object, ...], date] = {}
    last: list[Shift] = []
    for day, shifts in states:
        before = since
        # Begun again with each state: a shift that was gone in between is news.
        since, last = {}, []
        for shift in shifts:
            if shift.person is None:
                continue
            last.append(shift)
            hours = _hours(shift)
            since[hours] = before.get(hours, day)
    last.sort(key=_order)
    return [(shift, since[_hours(shift)]) for shift in last]


def _hours(shift: Shift) -> tuple[object, ...]:
    """Return what somebody plans their life by; another role at the same time is no news of it."""
    return (
        shift.person,
        shift.on,
        shift.start,
        shift.end,
    )


def _order(shift: Shift) -> tuple[date, int, int]:
    return (
        shift.on,
        shift.start,
        shift.id,
    )
