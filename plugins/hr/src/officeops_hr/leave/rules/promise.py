"""Promise: whether leave that somebody asks for will be there on its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from officeops_hr.leave.rules.book import Book


class Asked(NamedTuple):
    """Minutes of leave on a day."""

    day: date
    minutes: int


class Shortfall(NamedTuple):
    """The first day on which leave is short, and how many minutes are missing there."""

    day: date
    minutes: int


def shortfall(
    book: Book,
    asked: Iterable[Asked],
    ahead: int,
    forward: Callable[[Book], object],
) -> Shortfall | None:
    """Return where leave is short if all days are taken; None where it is not.

    The days are taken first, and `forward` then books all that is due: a year's end lets
    go of leave that nobody took. Leave promised for later days is in the book, so nobody takes in
    March the hours of May. `ahead` may be taken in advance.
    """
    days = sorted(asked)
    if not days:
        return None
    trial = book.copy()
    # Before anything runs forward: hours taken in December are not lost at the end of the year.
    for day, minutes in days:
        trial.take(minutes, day)
    forward(trial)
    first = days[0].day
    for day in sorted({entry.day for entry in trial.entries if entry.day >= first}):
        missing = -ahead - trial.balance(day)
        if missing > 0:
            return Shortfall(day, missing)
    return None
