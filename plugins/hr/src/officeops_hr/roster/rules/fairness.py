"""Fairness: how the unpopular shifts of a period are shared, as plain counts; no score."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.burdens import burdens
from officeops_hr.roster.rules.limits import WEEK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from officeops_hr.roster.rules.shift import Shift

#: Counted for a person with their contract in mind, in hundredths.
_WHOLE: Final = 100


class Share(NamedTuple):
    """One person's counts in a period; `liked` and `disliked` count the shifts that they had a wish on.

    `closing_days` are the days on which they worked where somebody closes: without one, no closing
    is no privilege.
    """

    minutes: int = 0
    weekend: int = 0
    evening: int = 0
    holiday: int = 0
    closing: int = 0
    closing_days: int = 0
    on_call: int = 0
    liked: int = 0
    disliked: int = 0

    @property
    def unpopular(self) -> int:
        """Return how many burdens there are; a Saturday evening is two."""
        return self.weekend + self.evening + self.holiday + self.closing + self.on_call

    def of_full_time(self, contract: int) -> int | None:
        """Return the burdens as of a full-time contract, in hundredths; None without a contract."""
        if not contract:
            return None
        return self.unpopular * _WHOLE * WEEK // contract

    def plus(self, counts: Mapping[str, int]) -> Share:
        """Return it with more of some counts."""
        values = {name: getattr(self, name) + count for name, count in counts.items()}
        return self._replace(**values)


def shares(
    shifts: Iterable[Shift],
    is_holiday: Callable[[date], bool],
    wish: Callable[[int, Shift], int],
) -> dict[int, Share]:
    """Return each person's share of the shifts; `wish` says 1 for a liked one and -1 for a disliked."""
    counted: dict[int, Share] = {}
    for shifts_of_day in _by_day(shifts):
        for shift in shifts_of_day:
            if shift.person is None:
                continue
            share = counted.get(shift.person, Share())
            closes_at = _closing(shifts_of_day)
            is_last = shift.is_work and shift.end == closes_at
            marks = burdens(shift, is_holiday=is_holiday(shift.on), is_last=is_last)
            counts = dict.fromkeys(marks, 1)
            counts["closing_days"] = int(shift.is_work and closes_at is not None)
            counts["minutes"] = shift.planned if shift.is_work else 0
            wanted = wish(shift.person, shift)
            counts["liked"], counts["disliked"] = int(wanted > 0), int(wanted < 0)
            counted[shift.person] = share.plus(counts)
    return counted


def _by_day(shifts: Iterable[Shift]) -> list[list[Shift]]:
    by_day: dict[tuple[date, int], list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_day[shift.on, shift.place].append(shift)
    return list(by_day.values())


def _closing(shifts_of_day: Sequence[Shift]) -> int | None:
    """Return when the last of a place go home; None where all go together, so nobody closes."""
    ends = [shift.end for shift in shifts_of_day if shift.is_work]
    if not ends or min(ends) == max(ends):
        return None
    return max(ends)
