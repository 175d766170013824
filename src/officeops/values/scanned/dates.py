"""Dates in codes: two digits of the year, and now and then no day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from officeops.model.errors import Reason
from officeops.values.scanned.refusal import refused


def full_year(two_digits: int, today: date) -> int:
    """Return the year of two digits: from 49 years ago to 50 years ahead.

    (GS1 General Specifications, section 7.12; HIBC has no rule of its own.)
    """
    century, year_now = divmod(today.year, 100)
    ahead = two_digits - year_now
    if ahead >= 51:
        century -= 1
    elif ahead <= -50:
        century += 1
    return century * 100 + two_digits


def day_of(
    code: str,
    year: int,
    month: str,
    day: str = "00",
) -> date:
    """Return a date; day 00 is the month's last day (GS1 General Specifications, section 3.4).

    Raises Refused, naming the code.
    """
    if not 1 <= int(month) <= 12:
        raise refused(
            code, Reason(f"the month {month} in its date does not exist", code="malformed")
        )
    last = monthrange(year, int(month))[1]
    if int(day) > last:
        raise refused(code, Reason(f"the day {day} in its date does not exist", code="malformed"))
    return date(
        year,
        int(month),
        int(day) or last,
    )


def six_digit_day(
    code: str,
    digits: str,
    today: date,
) -> date:
    """Read YYMMDD. Raises Refused, naming the code."""
    return day_of(
        code,
        full_year(int(digits[:2]), today),
        digits[2:4],
        digits[4:6],
    )


def day_in_year(
    code: str,
    digits: str,
    today: date,
) -> date:
    """Read YYJJJ, the year and the day in it from 001. Raises Refused, naming the code."""
    year, number = full_year(int(digits[:2]), today), int(digits[2:])
    day = date(
        year,
        1,
        1,
    ) + timedelta(days=number - 1)
    if day.year != year:
        raise refused(
            code,
            Reason(f"the day {digits[2:]} of {year} in its date does not exist", code="malformed"),
        )
    return day
