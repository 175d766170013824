"""When something was done, as the clock at the office showed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.office.office import Office


def office_time(office: Office, instant: str) -> str:
    """Return a stored instant (ISO 8601, UTC) to the minute, in the office's time zone."""
    # Only undo and the history show instants: the interface opens without this module.
    from officeops.values.instants import as_instant
    from officeops.values.zones import local

    return f"{local(as_instant(instant), office.ways.zone):%Y-%m-%d %H:%M}"
