"""Open days: when the office is open, by its closed weekdays and the single days it is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from officeops.model.office import Office

#: By the first three letters, Monday first, as `date.weekday` counts.
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Nobody is closed longer than this; an office closed on every day of the week has no open day at
#: all.
_LONGEST: Final = 366


def closed_weekdays(text: str) -> set[int]:
    """Return the closed days of the week, Monday is 0. Words that are none are left out."""
    names = [word[:3].lower() for word in text.replace(",", " ").split()]
    return {_WEEKDAYS.index(name) for name in names if name in _WEEKDAYS}


def unknown_weekdays(text: str) -> str:
    """Return the first word that is no day of the week; blank where all are."""
    words = text.replace(",", " ").split()
    return next((word for word in words if word[:3].lower() not in _WEEKDAYS), "")


def first_open_day(office: Office, day: date) -> date:
    """Find the first open day from a day on; the day itself where the office is never open."""
    weekdays = closed_weekdays(office.facts.closed_weekdays)
    last = day + timedelta(days=_LONGEST)
    rows = office.rows(
        "SELECT day FROM core_closed_day WHERE day BETWEEN ? AND ? AND archived_at IS NULL",
        day.isoformat(),
        last.isoformat(),
    )
    closed = {row[0] for row in rows}
    current = day
    while current <= last:
        if current.weekday() not in weekdays and current.isoformat() not in closed:
            return current
        current += timedelta(days=1)
    return day
