"""Tasks as a calendar file (.ics), which phones and calendars of other programs take."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from officeops import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from icalendar import Event

_FIELDS: Final = (
    "own_number",
    "title",
    "due_on",
    "slot",
    "owner",
    "about",
    "note",
    "window_to",
    "state",
)
#: Read by nothing: a calendar says nothing of who may do a task and how.
FORMATS: Final = [
    Format(
        "ics",
        (".ics",),
        ("core.task",),
        _FIELDS,
        write="officeops_maintenance.plans.task_calendar:write",
    )
]


def write(stream: BinaryIO, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write each task as a whole-day entry under a number of its own.

    A calendar that reads a later file changes the entries that it has.
    """
    # Loaded only here, so that no other command pays for it at its start.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//officeops//tasks//EN")
    calendar.add("version", "2.0")
    for row in rows:
        calendar.add_component(_entry(row))
    stream.write(calendar.to_ical())


def _entry(row: Mapping[str, Any]) -> Event:
    from icalendar import Event

    day = date.fromisoformat(str(row["due_on"]))
    slot = f" ({row['slot']})" if row["slot"] else ""
    entry = Event()
    entry.add("uid", f"{row['own_number']}@tasks.officeops")
    entry.add("dtstamp", datetime.now(UTC))
    entry.add("dtstart", day)
    # RFC 5545: a whole-day entry ends on the day after its last.
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", f"{row['title']}{slot}")
    entry.add("description", "\n".join(_details(row)))
    # A person who has a check to do that day can still be invited to a meeting.
    entry.add("transp", "TRANSPARENT")
    return entry


def _details(row: Mapping[str, Any]) -> Iterable[str]:
    yield f"{row['own_number']} · {row['owner']} · {row['state']}"
    if row["about"]:
        yield str(row["about"])
    if row["window_to"]:
        yield f"Missed after {row['window_to']}"
    if row["note"]:
        yield str(row["note"])
