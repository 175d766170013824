"""Forward: what a policy books from day to day, run over a book.

On one day the order is: leave that ends, leave that is carried over, the cap, accruals, takes. The
nightly job and the year's end write what this gives, and a balance in the future is the same run on
a copy, so no missed night and no year's end that nobody has run makes a balance wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from officeops_hr.leave.rules.accruals import accruals
from officeops_hr.leave.rules.book import Entry, Lot
from officeops_hr.leave.rules.periods import Span, leave_year
from officeops_hr.leave.rules.shares import earned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops_hr.leave.rules.book import Book
    from officeops_hr.leave.rules.terms import Member, Terms

_DAY = timedelta(days=1)


class Worked(NamedTuple):
    """Minutes that somebody worked, up to a day; `source` says which record has them."""

    day: date
    minutes: int
    source: str


class Step(NamedTuple):
    """Something that is to be booked on a day; an end of a year comes before what accrues."""

    day: date
    order: int
    minutes: int
    source: str


_YEAR_END, _ACCRUE = 1, 2


def run(
    terms: Terms,
    member: Member,
    book: Book,
    until: date,
    worked: Iterable[Worked] = (),
) -> list[Entry]:
    """Book all that is due through a day and was not booked yet; return those entries."""
    booked: list[Entry] = []
    begun = _opened(book, member)
    for step in steps(terms, member, until, worked):
        if book.has(step.source) or (begun and step.day <= begun):
            continue
        if step.order == _YEAR_END:
            booked += _carry(terms, book, step)
        else:
            booked += _accrue(terms, book, step)
    return booked


def steps(
    terms: Terms,
    member: Member,
    until: date,
    worked: Iterable[Worked] = (),
) -> list[Step]:
    """Return all that is to be booked through a day, in the order in which it is."""
    # Sorted by day and then by kind: an end of a year comes before what accrues that day.
    due = [*_year_ends(terms, member, until), *_hours(terms, worked, until)]
    for accrual in accruals(terms, member, until):
        source = f"accrual:{accrual.period.first}"
        due.append(Step(accrual.day, _ACCRUE, accrual.minutes, source))
    return sorted(due)


def _opened(book: Book, member: Member) -> date | None:
    """Return the day of the last opening balance: what accrued until then is in it."""
    days = [day for day, kind in book.changed() if kind == "opening"]
    # An opening of nothing has no entry.
    if member.opened:
        days.append(member.opened)
    return max(days, default=None)


def _year_ends(
    terms: Terms,
    member: Member,
    until: date,
) -> Iterator[Step]:
    """Yield the ends of leave years, each on the first day of the next one."""
    if terms.carry == "all":
        return
    day = leave_year(member.first, terms.begins).last + _DAY
    while day <= until:
        yield Step(day, _YEAR_END, 0, f"year-end:{day}")
        day = leave_year(day, terms.begins).last + _DAY


def _hours(
    terms: Terms,
    worked: Iterable[Worked],
    until: date,
) -> Iterator[Step]:
    """Yield what accrues for minutes worked; what does not make a whole minute counts later."""
    if not terms.per_worked:
        return
    before = 0
    for work in sorted(worked):
        minutes = earned(before, work.minutes, terms.per_worked)
        before += work.minutes
        if minutes and work.day <= until:
            yield Step(work.day, _ACCRUE, minutes, f"worked:{work.source}")


# -- the year's end ---------------------------------------------------------------------------------


def _carry(
    terms: Terms,
    book: Book,
    step: Step,
) -> list[Entry]:
    """Carry over what may be kept of the lots that ended, and let go of the rest."""
    ended = book.ended(step.day)
    kept = 0
    booked: list[Entry] = []
    most = _most_carried(terms)
    for lot, minutes in ended.items():
        # Leave that was carried over once has its own end, and is not carried over again.
        some = 0 if is_carried(lot) else min(minutes, most - kept)
        kept += some
        if some:
            booked += book.post(Entry(step.day, -some, "carry", lot, step.source))
        if minutes > some:
            booked += book.post(Entry(step.day, some - minutes, "expire", lot, step.source))
    if kept:
        into = _carried_lot(terms, step.day)
        booked += book.post(Entry(step.day, kept, "carry", into, step.source))
    return booked


def _most_carried(terms: Terms) -> int:
    """Return the most minutes that are carried over: none, some, or all that is left."""
    if terms.carry == "none":
        return 0
    return 10**9 if terms.carry_most is None else terms.carry_most


def _carried_lot(terms: Terms, day: date) -> Lot | None:
    """Return the lot of leave that is carried over into the year that begins on a day."""
    if terms.carry_days is None:
        return None
    return Lot(f"{day} carried", day + (terms.carry_days - 1) * _DAY)


def is_carried(lot: Lot) -> bool:
    """Whether a lot is of leave that was carried over."""
    return lot.name.endswith(" carried")


# -- accruals ---------------------------------------------------------------------------------------


def lot_of(terms: Terms, day: date) -> Lot | None:
    """Return the lot of leave that accrues on a day; None where leave never ends."""
    if terms.carry == "all":
        return None
    year = leave_year(day, terms.begins)
    return Lot(str(year.first), year.last)


def _accrue(
    terms: Terms,
    book: Book,
    step: Step,
) -> list[Entry]:
    """Book what accrues, as far as the caps allow; a cap cuts the accrual, never the balance."""
    minutes = min(step.minutes, _room(terms, book, step.day))
    if minutes <= 0:
        return []
    lot = lot_of(terms, step.day)
    return book.post(Entry(step.day, minutes, "accrual", lot, step.source))


def _room(
    terms: Terms,
    book: Book,
    day: date,
) -> int:
    """Return how many minutes may accrue on a day under the caps."""
    room = 10**9
    if terms.cap is not None:
        # Takes of the same day come after what accrues, so they make no room for it yet.
        room = min(room, terms.cap - _before_takes(book, day))
    if terms.yearly_cap is not None:
        year = leave_year(day, terms.begins)
        room = min(room, terms.yearly_cap - _accrued(book, Span(year.first, day)))
    return room


def _before_takes(book: Book, day: date) -> int:
    taken = 0
    for entry in book.entries:
        if entry.day == day and entry.kind == "take":
            taken += entry.minutes
    return book.balance(day) - taken


def _accrued(book: Book, span: Span) -> int:
    total = 0
    for entry in book.entries:
        if entry.kind == "accrual" and span.first <= entry.day <= span.last:
            total += entry.minutes
    return total
