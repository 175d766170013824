"""Opening hours as people write them in one line: Mon-Fri 8:00-12:00 13:00-17:00; Sat 9:00-12:00."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.calendar import MIDNIGHT, Hours
from officeops.values.dates import WEEKDAYS
from officeops.values.times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The hours of an office that never set its own: Monday to Friday from 8:00 until 17:00.
USUAL: Final = tuple(Hours(weekday, 8 * 60, 17 * 60) for weekday in range(5))
_EXAMPLE: Final = "Mon-Fri 8:00-17:00; Sat 9:00-12:00"


def read_hours(text: str) -> list[Hours]:
    """Read opening hours. Raises ValueError where they cannot be read, or there are none."""
    hours: list[Hours] = []
    for part in text.split(";"):
        words = part.replace(",", " ").replace("–", "-").split()
        if words:
            hours += _read_part(part, words)
    if not hours:
        raise _unreadable(text)
    return sorted(set(hours))


def _read_part(part: str, words: list[str]) -> Iterator[Hours]:
    """Yield the hours of one part, which is days and then times."""
    days = [word for word in words if _is_day(word)]
    times = words[len(days) :]
    if not days or not times:
        raise _unreadable(part)
    if any(map(_is_day, times)):
        raise _unreadable(part)
    for weekday in _days(days):
        for word in times:
            yield _stretch(weekday, word)


def _is_day(word: str) -> bool:
    return word[0].isalpha()


def read_weekday(word: str) -> int:
    """Read a day of the week by its first letters, at least three. Raises ValueError."""
    start = word.strip().rstrip(".").lower()
    letters = start[:3]
    if len(letters) == 3:
        for weekday, name in enumerate(WEEKDAYS):
            if name.startswith(letters):
                return weekday
    raise ValueError(f"{word!r} is no day of the week; write it as in Mon, Tue, Wed")


def read_weekdays(text: str) -> set[int]:
    """Read days of the week, as in `Sat Sun`. Raises ValueError for a word that is none."""
    return {read_weekday(word) for word in text.replace(",", " ").split()}


def show_hours(hours: Iterable[Hours]) -> str:
    """Write opening hours in one line, days with the same hours together."""
    by_day = [""] * len(WEEKDAYS)
    for hour in sorted(hours):
        stretch = f" {_clock(hour.opens)}-{_clock(hour.closes)}"
        by_day[hour.weekday] += stretch
    parts = []
    for first, last in _alike(by_day):
        times = by_day[first]
        if times:
            days = _name(first)
            if last > first:
                days += f"-{_name(last)}"
            parts.append(f"{days}{times}")
    return "; ".join(parts)


def show_weekdays(weekdays: Iterable[int]) -> str:
    """Write days of the week, as in `Sat Sun`."""
    return " ".join(_name(weekday) for weekday in sorted(weekdays))


def _alike(by_day: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of days with the same hours."""
    first = 0
    for weekday, times in enumerate(by_day):
        if times != by_day[first]:
            yield first, weekday - 1
            first = weekday
    yield first, len(by_day) - 1


def _days(words: Iterable[str]) -> Iterator[int]:
    for word in words:
        first, dash, last = word.partition("-")
        begin = read_weekday(first)
        end = read_weekday(last) if dash else begin
        # From Saturday to Monday goes over the end of the week.
        days = (end - begin) % len(WEEKDAYS)
        for step in range(days + 1):
            weekday = begin + step
            yield weekday % len(WEEKDAYS)


def _stretch(weekday: int, word: str) -> Hours:
    opens, _, closes = word.partition("-")
    begin, end = read_time(opens), read_time(closes)
    if begin is None or end is None:
        raise _unreadable(word)
    if not begin < end <= MIDNIGHT:
        raise ValueError(f"{word!r} closes before it opens; hours over midnight are two parts")
    return Hours(weekday, begin, end)


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}"


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday][:3].capitalize()


def _unreadable(text: str) -> ValueError:
    start = text.strip()[:30]
    return ValueError(f"{start!r} is not opening hours; write them as in {_EXAMPLE}")
