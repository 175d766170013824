"""Dates, read from what people and files write.

Any other text raises ValueError with a sentence. The first and the last day that are taken have
their one home here.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Reason
from officeops.values.conventions import EARLIEST, LATEST
from officeops.values.text import Pattern, as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.values.conventions import Conventions

#: No office keeps a day outside these years; a year such as 0027 is a slip, and would sort as the
#: longest expired of all.
#: The days of the week, Monday first, as `date.weekday` counts.
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: The orders in which a date in numbers may be written; the last only with a year in two digits.
ORDERS: Final = ("mdy", "dmy", "ymd")
#: The longest written date or instant, in characters; nothing looks at more of a text than that.
LONGEST: Final = 60
#: What may follow a date that came with its time of day, as spreadsheets write it.
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_NUMERIC_DATE = Pattern(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})" + _TIME)
_WORD_DATE = Pattern(
    r"(\d{1,2})[ -]?([A-Za-z]{3,9})\.?,?[ -]?(\d{4})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})"
)
_LATER = Pattern(r"([+-]\d{1,4})\s*([dwmy]?)")


class Month(date):
    """A month without its day, as a spreadsheet's cell with the format mmm-yy shows one.

    Its day is the first.

    It is no equal of that day: of a column's different cells both are read.
    """

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Month) and self.toordinal() == other.toordinal()

    def __hash__(self) -> int:
        return hash((Month, self.toordinal()))


def read_date(
    value: object,
    ways: Conventions,
    *,
    order: str = "",
    month_end: bool = False,
) -> date | None:
    """Read a date: ISO first, then the other ways to write one.

    Those are 1/31/2026 or 31.1.2026 in the office's order, 31 Jan 2026, `today`, `fri` and `+30d`.
    With `order` (mdy, dmy, ymd) numbers are read in that order alone; without it in the office's, or in
    the only one that fits. With `month_end` a month without a day (2027-11, Nov 2027, 11/27)
    is its last day.
    """
    if isinstance(value, Month):
        return in_calendar(_of_month(str(value), month_end=month_end))
    if isinstance(value, datetime):
        return in_calendar(value.date())
    if isinstance(value, date):
        return in_calendar(value)
    text = as_text(value).strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise _no_date(text)
    if len(text) == 10 and text[4] == text[7] == "-":
        with suppress(ValueError):
            return in_calendar(date.fromisoformat(text))
    return in_calendar(_chosen(text, ways, order, month_end=month_end))


def in_calendar(day: date) -> date:
    """Return a day. Raises ValueError for one that no office keeps."""
    fault = beyond_calendar(day)
    if fault is not None:
        raise ValueError(fault.within(f"'{day}' {fault}"))
    return day


def beyond_calendar(day: date) -> Reason | None:
    """Return that no office keeps a day; None for one that an office may keep."""
    if EARLIEST <= day <= LATEST:
        return None
    why = f"is not within the years {EARLIEST.year} to {LATEST.year}; check the year"
    facts = {"minimum": str(EARLIEST), "maximum": str(LATEST)}
    return Reason(why, code="out-of-range", facts=facts)


def readings(value: object, ways: Conventions, *, month_end: bool = False) -> Mapping[str, date]:
    """Read a date in each order that it admits: 31/8/2027 admits dmy alone, 3/4/2027 mdy and dmy.

    What does not depend on the order (2027-08-31, 31 Aug 2027, 31.8.2027) admits all, with one day.
    A blank, and a text that is no date at all, admit none: `read_date` says why.
    """
    if isinstance(value, str):
        text = value.strip()
        match = _NUMERIC_DATE.fullmatch(text) if len(text) <= LONGEST else None
        if match and len(match[1]) < 4:
            return _by_order(match[1], match[3], match[4], match[2])
    try:
        day = read_date(value, ways, month_end=month_end)
    except ValueError:
        return {}
    if day is None:
        return {}
    return dict.fromkeys(ORDERS, day)


def _chosen(text: str, ways: Conventions, order: str, *, month_end: bool) -> date:
    """Return the one day that a text means."""
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None:
        return _other(text, ways, month_end=month_end)
    first, mark, second, third = match.groups()
    if len(first) == 4:
        return _year_first(text, first, second, third, month_end=month_end)
    days = _by_order(first, second, third, mark)
    if not days:
        raise _no_date(text)
    if order:
        return _in_order(text, days, order)
    if ways.date_order in days:
        return days[ways.date_order]
    different = dict.fromkeys(days.values())
    if len(different) > 1:
        meanings = " or ".join(map(str, days.values()))
        raise ValueError(f"{text[:30]!r} may be {meanings}; write the one that is meant")
    return next(iter(different))


def _in_order(text: str, days: Mapping[str, date], order: str) -> date:
    """Return the day of one order. Raises ValueError where the numbers do not fit it."""
    if order in days:
        return days[order]
    example = next(iter(days.values()))
    raise ValueError(f"{text[:30]!r} is not a date written {_IN_WORDS[order]}; write {example}")


_IN_WORDS: Final = {"mdy": "month, day, year", "dmy": "day, month, year", "ymd": "year, month, day"}


def _year_first(
    text: str,
    year: str,
    month: str,
    day: str,
    *,
    month_end: bool,
) -> date:
    # Packages print day 0 for a month without its day: 2027-11-00.
    if int(day) == 0:
        return _of_month(text, month_end=month_end)
    day_read = _day(year, month, day)
    if day_read is None:
        raise _no_date(text)
    return day_read


def _by_order(first: str, second: str, third: str, mark: str) -> dict[str, date]:
    """Return the days that three numbers may mean, by their order."""
    if len(third) not in {2, 4} or len(first) > 2:
        return {}
    # A dot is the German and Swiss way, always day first.
    if mark == ".":
        day = _day(third, second, first)
        if day is None:
            return {}
        return dict.fromkeys(ORDERS, day)
    days = {
        "mdy": _day(third, first, second),
        "dmy": _day(third, second, first),
    }
    if len(first) == len(third) == 2:
        days["ymd"] = _day(first, second, third)
    return {order: day for order, day in days.items() if day is not None}


def _day(year: str, month: str, day: str) -> date | None:
    """Return a day from its numbers; None where there is none.

    A year in two digits is of this century.
    """
    number = int(year)
    if len(year) == 2:
        number += 2000
    try:
        return date(number, int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _other(text: str, ways: Conventions, *, month_end: bool) -> date:
    """Return the day of a text that is not three numbers with marks between them."""
    from officeops.values.months import month_number

    day_read: date | None = None
    if match := _WORD_DATE.fullmatch(text):
        day, name, year = match[1], match[2], match[3]
        if day is None:
            name, day, year = match[4], match[5], match[6]
        day_read = _day(year, str(month_number(name)), day)
    elif text.isascii() and text.isdecimal():
        day_read = _bare_digits(text)
    else:
        day_read = _relative_date(text.lower(), ways.today)
    return day_read if day_read is not None else _of_month(text, month_end=month_end)


def _of_month(text: str, *, month_end: bool) -> date:
    """Return the last day of a month without a day, where such a month is taken."""
    from officeops.values.months import read_month

    end = read_month(text)
    if end is None:
        raise _no_date(text)
    if not month_end:
        raise ValueError(
            f"{text[:30]!r} is a month without its day; write the day too, such as {end}"
        )
    return end


def _bare_digits(text: str) -> date | None:
    """Read 20271130.

    Six digits are refused with what they may be: labels print them in three orders.
    """
    if len(text) == 8:
        return _day(text[:4], text[4:6], text[6:])
    if len(text) != 6:
        return None
    one, two, three = text[:2], text[2:4], text[4:]
    days = {
        _day(one, two, three),
        _day(three, two, one),
        _day(three, one, two),
    }
    days.discard(None)
    if not days:
        return None
    meanings = " or ".join(sorted(map(str, days)))
    raise ValueError(f"{text!r} may be {meanings}; write it with dashes")


def _no_date(text: str) -> ValueError:
    return ValueError(f"{text[:30]!r} is not a date; write 2026-01-31")


def _relative_date(text: str, today: date) -> date | None:
    named = {"today": 0, "tomorrow": 1, "yesterday": -1}
    try:
        if text in named:
            return today + timedelta(days=named[text])
        match = _LATER.fullmatch(text)
        if match is None:
            return _next_weekday(text, today)
        return _later(today, int(match[1]), match[2] or "d")
    except (ValueError, OverflowError):
        return None


def _next_weekday(text: str, today: date) -> date | None:
    """Return the next day of a name, `fri` or `friday`; on that day itself it is a week later."""
    for number, name in enumerate(WEEKDAYS):
        if text in {name, name[:3]}:
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _later(today: date, count: int, unit: str) -> date | None:
    """Return the day so many days, weeks, months or years from today.

    January 31 and a month is the last day of February.
    """
    if unit == "d":
        return today + timedelta(days=count)
    if unit == "w":
        return today + timedelta(weeks=count)
    from officeops.values.months import last_day

    months_later = count * 12 if unit == "y" else count
    months = today.year * 12 + today.month - 1 + months_later
    year, month_before = divmod(months, 12)
    end = last_day(year, month_before + 1)
    if end is None:
        return None
    return end.replace(day=min(today.day, end.day))
