"""Leave as a calendar file (.ics): who is off, in days; it says nothing of why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from officeops import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from icalendar import Event

_FIELDS: Final = ("own_number", "who", "first_day", "last_day", "part", "state")
FORMATS: Final = [
    Format(
        "ics",
        (".ics",),
        ("hr.leave-request",),
        _FIELDS,
        write="officeops_hr.leave.leave_calendar_file:write",
    )
]


def write(stream: BinaryIO, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write approved leave as entries of whole days, each under a number of its own."""
    # Loaded only here, so that no other command pays for it at its start.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//officeops//leave//EN")
    calendar.add("version", "2.0")
    for row in rows:
        if row["state"] == "approved":
            calendar.add_component(_entry(row))
    stream.write(calendar.to_ical())


def _entry(row: Mapping[str, Any]) -> Event:
    from icalendar import Event

    first = date.fromisoformat(str(row["first_day"]))
    last = date.fromisoformat(str(row["last_day"] or row["first_day"]))
    part = "" if row["part"] == "days" else f" ({row['part']})"
    entry = Event()
    entry.add("uid", f"{row['own_number']}@leave.officeops")
    entry.add("dtstamp", datetime.now(UTC))
    entry.add("dtstart", first)
    # RFC 5545: a whole-day entry ends on the day after its last.
    entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", f"{row['who']} off{part}")
    return entry
