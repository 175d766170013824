"""Dates and instants, read from what people and files write.

What is none raises ValueError with a sentence.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops.texts import Pattern, as_text

if TYPE_CHECKING:
    from officeops.values import Conventions

MONTHS: Final = tuple("january february march april may june july august september october november december".split())
_NUMERIC_DATE = Pattern(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T].*)?")
_WORD_DATE = Pattern(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_LATER = Pattern(r"([+-]\d{1,4})\s*([dwmy]?)")


def read_date(value: object, ways: Conventions) -> date | None:
    """Read a date: ISO first, then 1/31/2026 or 31.1.2026 as the office writes them, 31 Jan 2026, `today`, `+30d`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value).strip()
    if not text:
        return None
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
        found = _written_date(text, ways)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise ValueError(f"{text[:30]!r} is not a date; write 2026-01-31")
    return found


def _written_date(text: str, ways: Conventions) -> date | None:
    if match := _NUMERIC_DATE.fullmatch(text):
        return _numeric_date(match[1], match[3], match[4], match[2], ways)
    if match := _WORD_DATE.fullmatch(text):
        day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        return date(int(year), _month(name.lower()), int(day))
    return _relative_date(text.lower(), ways.today)


def _month(name: str) -> int:
    """Return the month that a word begins to spell, or 0."""
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(name)), 0)


def _numeric_date(first: str, second: str, third: str, mark: str, ways: Conventions) -> date:
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(third) not in {2, 4}:
        raise ValueError(f"{third!r} is not a year")
    year = int(third) + (2000 if len(third) == 2 else 0)
    # A dot is the German and Swiss way, always day first; a number over 12 can only be the day.
    day_first = mark == "." or int(first) > 12 or (ways.date_order == "dmy" and int(second) <= 12)
    day, month = (first, second) if day_first else (second, first)
    return date(year, int(month), int(day))


def _relative_date(text: str, today: date) -> date | None:
    named = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if text in named:
        return today + timedelta(days=named[text])
    match = _LATER.fullmatch(text)
    if not match:
        return None
    count, unit = int(match[1]), match[2] or "d"
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    return _clamped(months // 12, months % 12 + 1, today.day)


def _clamped(year: int, month: int, day: int) -> date:
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day, last))


def read_instant(value: object) -> datetime | None:
    """Read an instant: ISO 8601 with its offset; without one it is UTC."""
    from datetime import UTC

    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    text = as_text(value).strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:30]!r} is not an instant; write 2026-01-31T14:30+01:00") from None
    return moment
