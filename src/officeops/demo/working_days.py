"""Working days of a made-up practice: Monday to Friday."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

_FRIDAY: Final = 4


def working_before(day: date) -> date:
    """Return a day, or the Friday before where it is on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def working_again(day: date) -> date:
    """Return a day, or the Monday after where it is on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > _FRIDAY else 0)
