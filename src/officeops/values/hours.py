"""Hours as people write them: 8, 7.5, 7:30, -4, 90m."""

from __future__ import annotations

from typing import Final

from officeops.model.errors import Reason
from officeops.values.quantities import read_duration
from officeops.values.text import Pattern, as_text

_NUMBER: Final = Pattern(r"(\d{1,12})(?:[.,](\d{1,4}))?\s*(?:h|hrs?|hours?)?")


def read_hours(value: object) -> int | None:
    """Read a number of hours into minutes; other texts are read as durations.

    7.33 hours, as payroll writes 7:20, come to the nearest minute. Raises ValueError.
    """
    text = as_text(value).strip()
    if not text:
        return None
    sign = -1 if text[0] in "-\N{MINUS SIGN}" else 1
    unsigned = text.lstrip("+-\N{MINUS SIGN}").strip()
    number = _NUMBER.fullmatch(unsigned.lower())
    try:
        minutes = _minutes(number[1], number[2]) if number else read_duration(unsigned)
    except ValueError:
        minutes = None
    if minutes is None:
        words = f"{text[:30]!r} is not a number of hours; write 8, 7.5, 7:30 or 90m"
        raise ValueError(Reason(words, code="malformed"))
    return sign * minutes


def _minutes(whole: str, part: str | None) -> int:
    """Return the minutes of a number of hours; halves of a minute go up."""
    places: int = 10 ** len(part or "")
    parts = int(whole) * places + int(part or "0")
    return (120 * parts + places) // (2 * places)
