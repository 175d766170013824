"""The office's calendar: from its closed weekdays, its closed days and its time zone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.values.calendar import Calendar, Hours, calendar_of
from officeops.values.instants import zone_of

if TYPE_CHECKING:
    from officeops.model.office import Office

#: By the first three letters, Monday first, as `date.weekday` counts.
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: The opening hours of every open day, in minutes after midnight, until the file keeps its own.
OPENS, CLOSES = 8 * 60, 17 * 60


def closed_weekdays(text: str) -> set[int]:
    """Return the closed days of the week, Monday is 0. Words that are none are left out."""
    names = [word[:3].lower() for word in text.replace(",", " ").split()]
    return {_WEEKDAYS.index(name) for name in names if name in _WEEKDAYS}


def unknown_weekdays(text: str) -> str:
    """Return the first word that is no day of the week; blank where all are."""
    words = text.replace(",", " ").split()
    return next((word for word in words if word[:3].lower() not in _WEEKDAYS), "")


def calendar(office: Office) -> Calendar:
    """Return when the office is open."""
    closed = closed_weekdays(office.facts.closed_weekdays)
    hours = [Hours(weekday, OPENS, CLOSES) for weekday in range(7) if weekday not in closed]
    rows = office.rows("SELECT day FROM core_closed_day WHERE archived_at IS NULL")
    days = [date.fromisoformat(day) for (day,) in rows]
    return calendar_of(hours, days, zone_of(office.facts.time_zone or ""))
