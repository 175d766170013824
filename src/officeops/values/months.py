"""Months without a day, as packages print them: 2027-11, 11/2027, Nov 2027, NOV-27, 2027-11-00."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from officeops.values.text import Pattern

NAMES: Final = tuple(
    "january february march april may june july august september october november december".split()
)
_YEAR_FIRST = Pattern(r"(\d{4})(?:[-/. ]?(\d{2})[-/. ]?00|[-/. ](\d{1,2}))")
_YEAR_LAST = Pattern(r"(\d{1,2})[-/. ](\d{4})")
_WORD_FIRST = Pattern(r"([A-Za-z]{3,9})\.?[-/, ']{0,2}(\d{4}|'\d{2})")
_WORD_LAST = Pattern(r"(\d{4})[-/ ]?([A-Za-z]{3,9})\.?")
#: A month of a year in two digits. With a space it could as well be a day of the month.
_SHORT_WORD = Pattern(r"([A-Za-z]{3,9})\.?([-/ ])(\d{2})")
_SHORT_WORD_LAST = Pattern(r"(\d{2})[-/ ]?([A-Za-z]{3,9})\.?")
_SHORT = Pattern(r"(\d{1,2})[-/](\d{2})")


def read_month(text: str) -> date | None:
    """Return the last day of a month written without a day; None for any other text.

    Raises ValueError, with both readings, for what may be a month of a year or a day of a month.
    """
    for read in (_in_full, _short_word, _short_numbers):
        month = read(text)
        if month is not None:
            return month
    return None


def month_number(name: str) -> int:
    """Return the number of the month that a word begins to spell, or 0."""
    word = name.lower()
    return next((number for number, month in enumerate(NAMES, 1) if month.startswith(word)), 0)


def last_day(year: int, month: int) -> date | None:
    """Return the last day of a month; None where there is no such month."""
    if not (1 <= month <= 12 and 1 <= year < 9999):
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _in_full(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return last_day(int(match[1]), int(match[2] or match[3]))
    if match := _YEAR_LAST.fullmatch(text):
        return last_day(int(match[2]), int(match[1]))
    if match := _WORD_FIRST.fullmatch(text):
        return last_day(_year(match[2].lstrip("'")), month_number(match[1]))
    if match := _WORD_LAST.fullmatch(text):
        return last_day(int(match[1]), month_number(match[2]))
    return None


def _short_word(text: str) -> date | None:
    if match := _SHORT_WORD.fullmatch(text):
        month, year = month_number(match[1]), int(match[3])
        if match[2] == " " and month and year <= 31:
            raise _two_meanings(text, month, year)
        return last_day(2000 + year, month)
    match = _SHORT_WORD_LAST.fullmatch(text)
    if match and (month := month_number(match[2])):
        if int(match[1]) <= 31:
            raise _two_meanings(text, month, int(match[1]))
        return last_day(2000 + int(match[1]), month)
    return None


def _short_numbers(text: str) -> date | None:
    match = _SHORT.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if 1 <= first <= 12 < second:
        return last_day(2000 + second, first)
    if 1 <= second <= 12 and first:
        raise _two_meanings(text, second, first) if first > 12 else _two_months(text, first, second)
    return None


def _two_meanings(text: str, month: int, number: int) -> ValueError:
    name = NAMES[month - 1].capitalize()
    end = last_day(2000 + number, month)
    return ValueError(
        f"{text!r} may be {name} {2000 + number} or {number} {name}; write the whole date, such as {end}"
    )


def _two_months(text: str, first: int, second: int) -> ValueError:
    one, other = NAMES[first - 1].capitalize(), NAMES[second - 1].capitalize()
    end = last_day(2000 + second, first)
    return ValueError(
        f"{text!r} may be {one} {2000 + second} or {other} {2000 + first}; write the whole date, such as {end}"
    )


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)
