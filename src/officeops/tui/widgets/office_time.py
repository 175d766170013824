"""When something was done, as the clock at the office showed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from officeops.office.office import Office


def office_time(office: Office, instant: str) -> str:
    """Return a stored instant (ISO 8601, UTC) to the minute, in the office's time zone."""
    # Only undo and the history show instants: the interface opens without this module.
    from officeops.values.instants import as_instant
    from officeops.values.zones import local

    return f"{local(as_instant(instant), office.ways.zone):%Y-%m-%d %H:%M}"


def clock_time(office: Office, moment: datetime) -> str:
    """Return a moment by the office's clock: the time alone where it was today."""
    from officeops.values.zones import local

    there = local(moment, office.ways.zone)
    clock = f"{there:%H:%M}"
    return clock if there.date() == office.today else f"{there:%Y-%m-%d} {clock}"
