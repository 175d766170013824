"""Times of day: read into minutes after midnight."""

from __future__ import annotations

import re
from datetime import datetime, time

from officeops.values.text import Pattern, as_text

#: 9, 9:15 and 09:15:00, with am or pm behind or without.
_TIME = Pattern(r"(\d{1,2})(?::(\d{2})(?::00)?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_WORDS = {"midnight": 0, "noon": 720}
#: The end of the day, in minutes after its begin.
END = 1440


def read_time(value: object) -> int | None:
    """Read a time into minutes after midnight: `9:15`, `4 pm`, `noon`, and `24:00` for the end."""
    if isinstance(value, datetime | time):
        return value.hour * 60 + value.minute
    text = as_text(value).strip()
    if not text:
        return None
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    match = _TIME.fullmatch(text) if len(text) <= 12 else None
    if match is None:
        raise _no_time(text)
    minutes = int(match[2] or 0)
    hour = _hour(int(match[1]), match[3])
    if hour is None or minutes > 59 or hour * 60 + minutes > END:
        raise _no_time(text)
    return hour * 60 + minutes


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour of 24 of a written one; None for 13 pm, which is none."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half in "pP" else 0)


def _no_time(text: str) -> ValueError:
    return ValueError(f"{text[:30]!r} is not a time of day; write 9:15, 16:00 or 4 pm")
