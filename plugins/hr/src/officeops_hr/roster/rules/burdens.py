"""Burdens: what makes a shift unpopular, so that a draft and the ledger of fairness count the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops_hr.roster.rules.shift import Shift

#: Work after this minute of the day is evening work.
EVENING: Final = 1080
_SATURDAY: Final = 5
#: In the order in which a table has them.
BURDENS: Final = ("weekend", "evening", "holiday", "closing", "on_call")


def burdens(
    shift: Shift,
    *,
    is_holiday: bool = False,
    is_last: bool = False,
) -> list[str]:
    """Return the unpopular sides of a shift. `is_last` says that others of the day went home before."""
    # It is one burden, whatever the hour and the weekday.
    if shift.kind == "on_call":
        return ["on_call"]
    marks = {
        "weekend": shift.on.weekday() >= _SATURDAY,
        "evening": shift.end > EVENING,
        "holiday": is_holiday,
        "closing": is_last,
    }
    return [name for name, is_so in marks.items() if is_so]
