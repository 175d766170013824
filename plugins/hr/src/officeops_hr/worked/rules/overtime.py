"""Overtime: the minutes of a week at the usual rate, at one and a half, and at double.

Sources: 29 USC 207 (40 hours a week), 29 CFR 778.104 (each week alone); the rules of a day are those
of California, Labor Code 510, and no minute counts twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.roster.rules.limits import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Minutes of the seventh day in a row at one and a half; those after it are at double.
_SEVENTH: Final = 480


class OvertimeRule(NamedTuple):
    """From which minutes on more is paid; None is no rule. `week` of None is for exempt people."""

    week: int | None = WEEK
    day: int | None = None
    double: int | None = None
    seventh: bool = False


class Minutes(NamedTuple):
    """Worked minutes by what they are paid at."""

    regular: int = 0
    overtime: int = 0
    double: int = 0

    @property
    def all(self) -> int:
        """Return the minutes at whatever rate."""
        return self.regular + self.overtime + self.double


def split(days: Sequence[int], rule: OvertimeRule) -> list[Minutes]:
    """Split the minutes of the seven days of a pay week; overtime is the minutes that cross."""
    # Only a week without a day off has a seventh day in a row.
    is_full = rule.seventh and len(days) == DAYS and all(days)
    shares: list[Minutes] = []
    regular = 0
    for number, minutes in enumerate(days, 1):
        if is_full and number == DAYS:
            share = Minutes(
                0,
                min(minutes, _SEVENTH),
                max(minutes - _SEVENTH, 0),
            )
        else:
            share = _of_day(minutes, rule)
        left = share.regular if rule.week is None else max(rule.week - regular, 0)
        # Minutes that are overtime of a day already never count towards the week.
        crossing = max(share.regular - left, 0)
        shares.append(
            Minutes(
                share.regular - crossing,
                share.overtime + crossing,
                share.double,
            )
        )
        regular += share.regular - crossing
    return shares


def _of_day(minutes: int, rule: OvertimeRule) -> Minutes:
    # The dearest first, so that the rest is for the cheaper rates.
    double = 0 if rule.double is None else max(minutes - rule.double, 0)
    overtime = 0 if rule.day is None else max(minutes - double - rule.day, 0)
    return Minutes(
        minutes - double - overtime,
        overtime,
        double,
    )


def total(shares: Iterable[Minutes]) -> Minutes:
    """Return the sum of some minutes, each rate by itself."""
    regular = overtime = double = 0
    for share in shares:
        regular += share.regular
        overtime += share.overtime
        double += share.double
    return Minutes(
        regular,
        overtime,
        double,
    )
