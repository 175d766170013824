"""Opening hours as people write them in one line: Mon-Fri 8:00-12:00 13:00-17:00; Sat 9:00-12:00."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.calendar import MIDNIGHT, Hours
from officeops.values.dates import WEEKDAYS
from officeops.values.times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The hours of an office that never said its own: Monday to Friday from 8:00 until 17:00.
USUAL: Final = tuple(Hours(weekday, 8 * 60, 17 * 60) for weekday in range(5))
_EXAMPLE: Final = "Mon-Fri 8:00-17:00; Sat 9:00-12:00"


def read_hours(text: str) -> list[Hours]:
    """Read opening hours. Raises ValueError where they cannot be read, or there are none."""
    hours: list[Hours] = []
    for part in text.split(";"):
        words = part.replace(",", " ").replace("–", "-").split()
        days = [word for word in words if word[0].isalpha()]
        times = words[len(days) :]
        if not words:
            continue
        if not days or not times or any(word[0].isalpha() for word in times):
            raise _unreadable(part)
        for weekday in _days(days):
            hours += (_stretch(weekday, word) for word in times)
    if not hours:
        raise _unreadable(text)
    return sorted(set(hours))


def read_weekday(word: str) -> int:
    """Read a day of the week by its first letters, at least three. Raises ValueError."""
    start = word.strip().rstrip(".").lower()
    for weekday, name in enumerate(WEEKDAYS):
        if len(start) >= 3 and name.startswith(start[:3]):
            return weekday
    raise ValueError(f"{word!r} is no day of the week; write it as in Mon, Tue, Wed")


def read_weekdays(text: str) -> set[int]:
    """Read days of the week, as in `Sat Sun`. Raises ValueError for a word that is none."""
    return {read_weekday(word) for word in text.replace(",", " ").split()}


def show_hours(hours: Iterable[Hours]) -> str:
    """Write opening hours in one line, days with the same hours together."""
    by_day: list[tuple[str, ...]] = [()] * len(WEEKDAYS)
    for hour in sorted(hours):
        stretch = f"{_clock(hour.opens)}-{_clock(hour.closes)}"
        by_day[hour.weekday] = (*by_day[hour.weekday], stretch)
    parts = []
    for first, last in _alike(by_day):
        if by_day[first]:
            days = _name(first) if first == last else f"{_name(first)}-{_name(last)}"
            parts.append(f"{days} {' '.join(by_day[first])}")
    return "; ".join(parts)


def show_weekdays(weekdays: Iterable[int]) -> str:
    """Write days of the week, as in `Sat Sun`."""
    return " ".join(_name(weekday) for weekday in sorted(weekdays))


def _alike(by_day: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of days with the same hours."""
    first = 0
    for weekday in range(1, len(by_day) + 1):
        if weekday == len(by_day) or by_day[weekday] != by_day[first]:
            yield first, weekday - 1
            first = weekday


def _days(words: Iterable[str]) -> Iterator[int]:
    for word in words:
        first, dash, last = word.partition("-")
        begin = read_weekday(first)
        end = read_weekday(last) if dash else begin
        # From Saturday to Monday goes over the end of the week.
        for step in range((end - begin) % len(WEEKDAYS) + 1):
            yield (begin + step) % len(WEEKDAYS)


def _stretch(weekday: int, word: str) -> Hours:
    opens, _, closes = word.partition("-")
    begin, end = read_time(opens), read_time(closes)
    if begin is None or end is None:
        raise _unreadable(word)
    if not begin < end <= MIDNIGHT:
        raise ValueError(f"{word!r} closes before it opens; hours over midnight are two parts")
    return Hours(weekday, begin, end)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday][:3].capitalize()


def _unreadable(text: str) -> ValueError:
    return ValueError(f"{text.strip()[:30]!r} is not opening hours; write them as in {_EXAMPLE}")
