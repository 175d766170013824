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
    """One person's counts in a period; `liked` and `disliked` count the shifts that they had a wish on."""

    minutes: int = 0
    weekend: int = 0
    evening: int = 0
    holiday: int = 0
    closing: int = 0
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
            is_last = _is_last(shift, shifts_of_day)
            marks = burdens(shift, is_holiday=is_holiday(shift.on), is_last=is_last)
            counts = dict.fromkeys(marks, 1)
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


def _is_last(shift: Shift, shifts_of_day: Sequence[Shift]) -> bool:
    """Whether somebody closes: nobody of the place goes later that day, and somebody went before."""
    ends = [other.end for other in shifts_of_day if other.is_work]
    return shift.is_work and shift.end == max(ends) and min(ends) < shift.end
