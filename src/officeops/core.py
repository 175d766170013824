"""The core's own records: the office's facts, its locations, its closed days, and what people made of due items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.fields import choice, field
from officeops.records import Record

if TYPE_CHECKING:
    from datetime import date


class Facts(Record, key="core.office", label="Office", plural="Office facts"):
    """What is true of the whole office. There is one."""

    name: str = field(help="The practice's name, as on its letters")
    site_code: str = field(default="main", help="Short code of this site, part of every record's identity across sites")
    time_zone: str | None = field(default=None, help="IANA time zone, such as America/Chicago; blank is this machine's")
    currency: str = field(default="USD", help="ISO 4217 code")
    date_order: str = choice("mdy", "dmy", default="mdy", help="How 03/04/2026 is read")
    closed_weekdays: str = field(default="Sat Sun", help="Days of the week the office is closed")


class Location(Record, key="core.location"):
    """A place where things are: a room, cabinet, cart or fridge."""

    name: str = field(unique=True, search=True, list_rank=1)
    kind: str = choice("room", "cabinet", "cart", "fridge", "safe", "site", default="room")
    count_order: int = field(default=0, help="Order in which a count walks the locations")
    note: str | None = field(kind="long_text", default=None)


class ClosedDay(Record, key="core.closed-day", display="what", sort="day"):
    """A day the office is closed beside its closed weekdays."""

    day: date = field(unique=True)
    what: str = field(default="Closed")


class DueNote(
    Record,
    key="core.due-note",
    display="due_key",
    unique_together=(("due_key", "person"),),
):
    """What one person made of one due item: seen, or put off."""

    due_key: str = field()
    person: str = field()
    seen_at: str | None = field(default=None)
    snoozed_until: date | None = field(default=None)


RECORDS: tuple[type[Record], ...] = (Facts, Location, ClosedDay, DueNote)
