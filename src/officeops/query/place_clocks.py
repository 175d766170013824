"""Place clocks: a time in a filter, by the clock of each row's location, as the rows show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    #: SQL and the values that it takes.
    Condition = tuple[str, list[object]]


def by_clocks(
    place: str,
    zones: Iterable[str],
    condition_at: Callable[[str], Condition],
) -> Condition:
    """Make the condition of a time for rows whose locations may have other clocks.

    `place` is the SQL of a row's location, `zones` are the time zones that locations have of their
    own. `condition_at` reads the time by one of them, or by the office's for a blank.
    """
    sql, values = own = condition_at("")
    cases: list[str] = []
    given: list[object] = []
    for zone in zones:
        there = condition_at(zone)
        # A time with an offset is the same by every clock.
        if there != own:
            cases.append(f"WHEN ? THEN {there[0]}")
            given += [zone, *there[1]]
    # Most offices have one clock, and their indexes of times are used as before.
    if not cases:
        return own
    zone_there = f"(SELECT time_zone FROM core_location WHERE id = {place})"
    return f"CASE {zone_there} {' '.join(cases)} ELSE {sql} END", [*given, *values]
