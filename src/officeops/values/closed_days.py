"""Closed days as people write them: a day and why, as in 2026-12-24 Christmas Eve; 2026-12-25."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.dates import read_date
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops.values.conventions import Conventions

#: What a closed day is called that nobody gave a reason for.
CLOSED: Final = "Closed"


def read_closed_days(text: str, ways: Conventions) -> dict[date, str]:
    """Read closed days with why, one a line or with semicolons between. Raises ValueError."""
    days: dict[date, str] = {}
    for part in text.replace("\n", ";").split(";"):
        words = part.split(maxsplit=1)
        if not words:
            continue
        day = read_date(words[0], ways)
        if day is None or day in days:
            raise ValueError(f"{words[0]!r} is there twice; write each day once")
        days[day] = line(words[1] if len(words) > 1 else "") or CLOSED
    return days


def show_closed_days(days: Mapping[date, str]) -> str:
    """Write closed days, one a line."""
    return "\n".join(f"{day} {days[day]}" for day in sorted(days))
