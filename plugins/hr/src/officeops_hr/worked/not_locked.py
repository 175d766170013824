"""Not locked: the weeks of people that a list for the payroll leaves out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.week_lines import week_lines

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office

_WEEK: Final = timedelta(days=DAYS)
_LOCKED: Final = "locked"


def not_locked(
    office: Office,
    first: date,
    last: date,
) -> list[str]:
    """Return the people and weeks within reach whose hours the payroll has not got, in words.

    The weeks begin from `first` to `last`. Somebody of whom hours are missing counts too.
    """
    # Somebody who reads paid time and no hours learns nothing of hours here.
    if not office.may_view(TimeEntry):
        return []
    weeks = (last - first) // _WEEK + 1
    lines = [
        (week, line)
        for week in (first + number * _WEEK for number in range(weeks))
        for line in week_lines(office, week)
    ]
    return [
        f"{line.person} ({week}, {line.state})" for week, line in lines if line.state != _LOCKED
    ]
