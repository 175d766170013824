"""Zones: the clocks of places, by their IANA names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment as a clock in a zone shows it; in this machine's where none is named."""
    return moment.astimezone(zone_of(zone))


# A page shows hundreds of moments by one clock.
@cache
def zone_of(name: str) -> tzinfo | None:
    """Return a zone by its IANA name; None, this machine's, for a blank.

    Raises ValueError where there is none of that name.
    """
    if not name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"{name[:40]!r} is no time zone; write one such as America/Chicago"
        ) from None


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of this name."""
    try:
        zone_of(name)
    except ValueError:
        return False
    return True
