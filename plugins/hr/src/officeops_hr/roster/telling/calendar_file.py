"""A person's schedule as a calendar file (.ics): role and place; no colleague, and no reason.

Source of the rules: RFC 5545, 3.8.7.4 (SEQUENCE), 3.8.1.11 (STATUS) and 3.6.5 (VTIMEZONE).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.telling.calendar_events import Calendar, CalendarEvent

if TYPE_CHECKING:
    from datetime import datetime

    from icalendar import Event

    from officeops import Office
    from officeops_hr.roster.rules.shift import Shift

_KINDS: Final = {"on_call": "On call, ", "standby": "Standby, "}


def calendar_file(office: Office, person_id: int) -> bytes:
    """Return the calendar of a person, with the rules of the zones that its times are in."""
    # Loaded only here, so that no other command pays for it at its start.
    from icalendar import Calendar as CalendarFile

    file = CalendarFile()
    file.add("prodid", "-//officeops//schedule//EN")
    file.add("version", "2.0")
    for event in Calendar(office, person_id).events:
        file.add_component(_entry(office, event, person_id))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def uid(
    office: Office,
    event: CalendarEvent,
    person_id: int,
) -> str:
    """Return the number of an event, the same in every file of the person."""
    site = office.facts.site_code.lower()
    return f"shift-{event.shift.id}-{person_id}@{site}.schedule.officeops"


def _entry(
    office: Office,
    event: CalendarEvent,
    person_id: int,
) -> Event:
    from icalendar import Event

    begins, ends = times(office, event.shift)
    entry = Event()
    entry.add("uid", uid(office, event, person_id))
    # The time of the publication and not of this file: the same office gives the same bytes.
    entry.add("dtstamp", event.changed_at)
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.canceled else "CONFIRMED")
    entry.add("dtstart", begins)
    entry.add("dtend", ends)
    entry.add("summary", title(office, event.shift))
    return entry


def times(office: Office, shift: Shift) -> tuple[datetime, datetime]:
    """Return when a shift begins and ends by the clock of its place.

    Without a zone of the office these are moments, which every calendar shows by its own.
    """
    from zoneinfo import ZoneInfo

    ways = office.ways_at(shift.place)
    if ways.zone:
        return shift.instants(ZoneInfo(ways.zone))
    return ways.moment(shift.on, shift.start), ways.moment(shift.on, shift.end)


def title(office: Office, shift: Shift) -> str:
    """Return the words of an event: `Medical assistant, Main St`, with the room behind."""
    role = office.get(JobRole, shift.role).name
    places = [shift.place] if shift.room is None else [shift.place, shift.room]
    where = ", ".join(office.label(Location, place) for place in places)
    return f"{_KINDS.get(shift.kind, '')}{role}, {where}"
