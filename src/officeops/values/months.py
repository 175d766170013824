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
    for number, month in enumerate(NAMES, 1):
        if month.startswith(word):
            return number
    return 0


def last_day(year: int, month: int) -> date | None:
    """Return the last day of a month; None where there is no such month."""
    # Dates end with the year 9999, and the last day is found from the month after it.
    if not (1 <= month <= 12 and 1 <= year < 9999):
        return None
    next_year, next_month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(next_year, next_month, 1) - timedelta(days=1)


def _in_full(text: str) -> date | None:
    """Read a month of a year in four digits, or of one marked by an apostrophe: Nov '27."""
    if match := _YEAR_FIRST.fullmatch(text):
        month = match[2] or match[3]
        return last_day(int(match[1]), int(month))
    if match := _YEAR_LAST.fullmatch(text):
        return last_day(int(match[2]), int(match[1]))
    if match := _WORD_FIRST.fullmatch(text):
        digits = match[2].lstrip("'")
        year = int(digits)
        if len(digits) == 2:
            year += 2000
        return last_day(year, month_number(match[1]))
    if match := _WORD_LAST.fullmatch(text):
        return last_day(int(match[1]), month_number(match[2]))
    return None


def _short_word(text: str) -> date | None:
    """Read a month in letters with a year in two digits: NOV-27, 27 Nov."""
    if match := _SHORT_WORD.fullmatch(text):
        month = month_number(match[1])
        year = int(match[3])
        may_be_a_day = match[2] == " " and year <= 31
        if month and may_be_a_day:
            raise _two_meanings(text, month, year)
        return last_day(2000 + year, month)
    match = _SHORT_WORD_LAST.fullmatch(text)
    if match is None:
        return None
    year = int(match[1])
    month = month_number(match[2])
    if not month:
        return None
    if year <= 31:
        raise _two_meanings(text, month, year)
    return last_day(2000 + year, month)


def _short_numbers(text: str) -> date | None:
    """Read a month in digits with a year in two: 11/27."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return None
    first = int(match[1])
    second = int(match[2])
    first_is_month = 1 <= first <= 12
    second_is_month = 1 <= second <= 12
    if first_is_month and second > 12:
        return last_day(2000 + second, first)
    if first_is_month and second_is_month:
        raise _two_months(text, first, second)
    if first > 12 and second_is_month:
        raise _two_meanings(text, second, first)
    return None


def _two_meanings(text: str, month: int, number: int) -> ValueError:
    """Return the error for a month that may be of a year, or be that of a day."""
    name = NAMES[month - 1].capitalize()
    year = 2000 + number
    end = last_day(year, month)
    return ValueError(
        f"{text!r} may be {name} {year} or {number} {name}; write the whole date, such as {end}"
    )


def _two_months(text: str, first: int, second: int) -> ValueError:
    """Return the error for two numbers either of which may be the month."""
    one = NAMES[first - 1].capitalize()
    other = NAMES[second - 1].capitalize()
    end = last_day(2000 + second, first)
    return ValueError(
        f"{text!r} may be {one} {2000 + second} or {other} {2000 + first}; "
        f"write the whole date, such as {end}"
    )
