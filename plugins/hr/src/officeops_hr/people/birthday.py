"""Birthdays: a month and a day. Nobody's age is in them."""

from __future__ import annotations

from datetime import date
from typing import Final

#: A leap year, so that February 29 is a day.
_LEAP_YEAR: Final = 2000


def is_birthday(text: str) -> bool:
    """Whether a text is a month and a day: `02-29`."""
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError:
        return False
    # Python also reads a week, such as `W01`, which is no birthday.
    return f"{day:%m-%d}" == text


def birthday_in(text: str, year: int) -> date:
    """Return the day of a year on which a birthday falls; February 29 falls on the 28th."""
    month, day = map(int, text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        # Only February 29 is missing in some years.
        return date(year, month, day - 1)
