"""The rules of leave, by the worked examples of the practice and by properties."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_hr.leave.rules.accruals import accruals, of_year
from officeops_hr.leave.rules.book import Book, Entry, Lot
from officeops_hr.leave.rules.forward import Worked, run
from officeops_hr.leave.rules.periods import FREQUENCIES, Begins, Span, leave_year, periods
from officeops_hr.leave.rules.promise import Asked, Shortfall, shortfall
from officeops_hr.leave.rules.request_days import request_days
from officeops_hr.leave.rules.shares import earned, shares
from officeops_hr.leave.rules.terms import ANCHOR, CARRIES, Member, Step, Terms

DAY = timedelta(days=1)
HOUR = 60
NEW_YEAR = date(2026, 1, 1)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
BEGINS = st.builds(Begins, st.integers(1, 12), st.integers(1, 31))
EVERY = st.sampled_from(FREQUENCIES)


def flat(minutes: int, **more: Any) -> Terms:  # noqa: ANN401 - of Terms
    """Terms that give everybody the same minutes a year."""
    return Terms(steps=(Step(0, minutes),), **more)


def since(day: date, **more: Any) -> Member:  # noqa: ANN401 - of Member
    return Member(hired_on=day, first=day, **more)


# -- worked examples --------------------------------------------------------------------------------


def test_nineteen_days_over_twelve_months() -> None:
    months = shares([Fraction(19, 12)] * 12)
    assert months == [2, 1, 2, 1, 2, 2, 1, 2, 1, 2, 1, 2]


def test_one_hour_for_every_thirty_worked() -> None:
    weeks = [earned(week * 40 * HOUR, 40 * HOUR, 30) for week in range(52)]
    assert sum(weeks) == 69 * HOUR + 20


def test_one_hour_for_every_thirty_worked_up_to_forty_a_year() -> None:
    terms = Terms(per_worked=30, yearly_cap=40 * HOUR)
    weeks = [Worked(NEW_YEAR + (7 * week + 6) * DAY, 40 * HOUR, str(week)) for week in range(52)]
    book = Book()
    run(terms, since(NEW_YEAR), book, date(2026, 12, 31), weeks)
    assert book.balance(date(2026, 12, 31)) == 40 * HOUR


def test_the_remainder_of_hours_worked_is_kept() -> None:
    terms = Terms(per_worked=30)
    days = [Worked(NEW_YEAR + day * DAY, 20, str(day)) for day in range(3)]
    booked = run(terms, since(NEW_YEAR), Book(), NEW_YEAR + 9 * DAY, days)
    assert [entry.minutes for entry in booked] == [1, 1]


def test_hired_on_the_31st_accrues_every_month() -> None:
    member = since(date(2026, 1, 31))
    terms = flat(1200, begins=Begins(1, 31))
    year = list(accruals(terms, member, date(2027, 1, 30)))
    assert len(year) == 12
    assert sum(accrual.minutes for accrual in year) == 1200


def test_quarters_are_four() -> None:
    days = [
        accrual.day
        for accrual in accruals(flat(960, frequency="quarter"), since(NEW_YEAR), date(2026, 12, 31))
    ]
    assert days == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]


def test_a_step_of_seniority_counts_from_its_day() -> None:
    terms = Terms(steps=(Step(0, 1200), Step(12, 2400)))
    member = Member(hired_on=date(2025, 7, 1), first=NEW_YEAR)
    by_month = {
        accrual.day.month: accrual.minutes
        for accrual in accruals(terms, member, date(2026, 12, 31))
    }
    assert by_month[6] == 100
    assert by_month[7] == 200


def test_a_step_within_a_month_splits_it_by_days() -> None:
    terms = Terms(steps=(Step(0, 1200), Step(12, 2400)))
    member = Member(hired_on=date(2025, 6, 16), first=NEW_YEAR)
    [june] = [a for a in accruals(terms, member, date(2026, 6, 30)) if a.day.month == 6]
    assert june.minutes == 150


def test_half_of_full_time_has_half() -> None:
    year = accruals(flat(2400), since(NEW_YEAR, percent=50), date(2026, 12, 31))
    assert sum(accrual.minutes for accrual in year) == 1200


def test_a_cap_cuts_the_accrual_and_never_the_balance() -> None:
    terms = flat(1200, cap=1000)
    book = Book([Entry(NEW_YEAR, 950, "opening")])
    run(terms, since(NEW_YEAR), book, date(2026, 3, 31))
    assert book.balance(date(2026, 3, 31)) == 1000
    over = Book([Entry(NEW_YEAR, 2000, "opening")])
    run(terms, since(NEW_YEAR), over, date(2026, 3, 31))
    assert over.balance(date(2026, 3, 31)) == 2000


def test_a_take_makes_room_under_the_cap_from_the_next_day_on() -> None:
    terms = flat(1200, cap=1000)
    book = Book([Entry(NEW_YEAR, 1000, "opening"), Entry(date(2026, 1, 31), -480, "take")])
    run(terms, since(NEW_YEAR), book, date(2026, 2, 28))
    assert book.balance(date(2026, 2, 28)) == 1000 - 480 + 100


def test_of_what_is_left_some_is_carried_over_until_its_own_end() -> None:
    terms = flat(4800, carry="limited", carry_most=2400, carry_days=90)
    book = Book()
    run(terms, since(NEW_YEAR), book, date(2027, 1, 1))
    assert book.balance(date(2026, 12, 31)) == 4800
    assert book.balance(date(2027, 1, 1)) == 2400
    assert book.balance(date(2027, 3, 31)) == 2400
    assert book.balance(date(2027, 4, 1)) == 0


def test_what_is_not_carried_over_is_gone() -> None:
    terms = flat(4800, carry="none")
    book = Book()
    run(terms, since(NEW_YEAR), book, date(2027, 1, 31))
    assert book.balance(date(2027, 1, 31)) == 400


def test_carry_over_goes_before_what_is_granted_that_day() -> None:
    """The cap sees the leave that is carried over before the new year's grant is cut."""
    terms = flat(
        2400, frequency="year", is_upfront=True, carry="limited", carry_most=1200, cap=3000
    )
    book = Book()
    run(terms, since(NEW_YEAR), book, date(2027, 1, 1))
    assert book.balance(date(2027, 1, 1)) == 3000
    assert [entry.kind for entry in book.entries if entry.day.year == 2027][-1] == "accrual"


def test_leave_that_ends_first_is_taken_first_and_may_be_split() -> None:
    early, late = Lot("early", date(2026, 3, 31)), Lot("late", date(2026, 12, 31))
    book = Book([Entry(NEW_YEAR, 600, "accrual", late), Entry(NEW_YEAR, 300, "carry", early)])
    taken = book.take(480, date(2026, 3, 2))
    assert [(entry.lot, entry.minutes) for entry in taken] == [(early, -300), (late, -180)]


def test_an_opening_balance_has_what_accrued_until_then() -> None:
    book = Book([Entry(date(2026, 6, 30), 960, "opening")])
    run(flat(1200), since(NEW_YEAR), book, date(2026, 7, 31))
    assert book.balance(date(2026, 7, 31)) == 960 + 100


def short(book: Book, ahead: int, *asked: Asked, terms: Terms | None = None) -> Shortfall | None:
    """Ask for days under terms, by which nothing more accrues if none are given."""
    until = date(2027, 6, 30)
    kept = terms or Terms()
    return shortfall(book, asked, ahead, lambda trial: run(kept, since(NEW_YEAR), trial, until))


def test_leave_that_is_promised_for_may_is_not_taken_in_march() -> None:
    book = Book([Entry(NEW_YEAR, 960, "opening")])
    book.take(480, date(2026, 5, 4))
    march = date(2026, 3, 2)
    day, hour = Asked(march, 480), Asked(march + DAY, 60)
    assert short(book, 0, day) is None
    assert short(book, 0, day, hour) == (date(2026, 5, 4), 60)
    assert short(book, 60, day, hour) is None


def test_leave_of_next_year_may_be_of_what_is_carried_over_or_accrues_until_then() -> None:
    terms = flat(1200, carry="limited", carry_most=600, carry_days=90)
    book = Book()
    run(terms, since(NEW_YEAR), book, date(2026, 11, 30))
    january = [Asked(date(2027, 1, 11) + n * DAY, 300) for n in range(3)]
    assert short(book, 0, *january[:2], terms=terms) is None
    assert short(book, 0, *january, terms=terms) == (date(2027, 1, 13), 300)
    february = [Asked(date(2027, 2, 8), 600), Asked(date(2027, 2, 9), 100)]
    assert short(book, 0, *february, terms=terms) is None


def test_leave_before_the_end_of_the_year_is_not_yet_gone() -> None:
    terms = flat(1200, carry="none")
    book = Book()
    run(terms, since(NEW_YEAR), book, date(2026, 11, 30))
    book.take(60, date(2027, 3, 1))
    assert short(book, 0, Asked(date(2026, 12, 24), 480), terms=terms) is None


def test_days_of_a_request_are_those_of_a_persons_own_week() -> None:
    def usual(day: date) -> int:
        return {0: 480, 1: 480, 2: 240, 3: 465}.get(day.weekday(), 0)

    monday = date(2026, 3, 2)
    week = request_days(monday, monday + 6 * DAY, usual)
    assert [asked.minutes for asked in week] == [480, 480, 240, 465]
    thursday = monday + 3 * DAY
    halves = [
        request_days(thursday, thursday, usual, part=part) for part in ("morning", "afternoon")
    ]
    assert [half[0].minutes for half in halves] == [233, 232]
    assert request_days(monday, monday, usual, part="hours", minutes=600) == [(monday, 480)]
    assert request_days(monday + 4 * DAY, monday + 6 * DAY, usual) == []


# -- properties -------------------------------------------------------------------------------------


@tried(200)
@given(day=DAYS, begins=BEGINS, every=EVERY)
def test_periods_leave_no_day_out_and_have_none_twice(
    day: date, begins: Begins, every: str
) -> None:
    year = leave_year(day, begins)
    assert year.first <= day <= year.last
    following = leave_year(year.last + DAY, begins)
    assert following.first == year.last + DAY
    spans = [*periods(year, every, ANCHOR), *periods(following, every, ANCHOR)]
    for one, other in pairwise(spans):
        assert other.first == one.last + DAY
    assert all(span.days > 0 for span in spans)


@tried(200)
@given(
    minutes=st.integers(0, 20_000),
    every=EVERY,
    begins=BEGINS,
    day=DAYS,
    upfront=st.booleans(),
)
def test_accrual_sums_to_the_year(
    minutes: int, every: str, begins: Begins, day: date, *, upfront: bool
) -> None:
    terms = flat(minutes, frequency=every, begins=begins, is_upfront=upfront)
    year = leave_year(day, begins)
    long_ago = since(date(2015, 1, 1))
    assert sum(accrual.minutes for accrual in of_year(terms, long_ago, year)) == minutes


STEPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9000)), max_size=3)
TERMS = st.builds(
    lambda steps, **more: Terms(steps=tuple(Step(*step) for step in sorted(steps)), **more),
    STEPS,
    frequency=EVERY,
    begins=BEGINS,
    is_upfront=st.booleans(),
    cap=st.one_of(st.none(), st.integers(0, 6000)),
    yearly_cap=st.one_of(st.none(), st.integers(0, 6000)),
    carry=st.sampled_from(CARRIES),
    carry_most=st.one_of(st.none(), st.integers(0, 4000)),
    carry_days=st.one_of(st.none(), st.integers(1, 400)),
)
TAKES = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 600)), max_size=12)


@tried(200)
@given(terms=TERMS, takes=TAKES, stops=st.lists(st.integers(0, 900), max_size=6))
def test_nights_that_were_missed_and_nights_run_twice_change_nothing(
    terms: Terms, takes: list[tuple[int, int]], stops: list[int]
) -> None:
    """A run in any pieces books what one run books, and the book always adds up."""
    start = date(2024, 2, 29)
    member = since(start)
    at_once, in_pieces = Book(), Book()
    for days, minutes in takes:
        at_once.take(minutes, start + days * DAY)
        in_pieces.take(minutes, start + days * DAY)
    last = start + 900 * DAY
    run(terms, member, at_once, last)
    for stop in [*stops, *stops, 900]:
        run(terms, member, in_pieces, start + stop * DAY)
    assert sorted(at_once.entries, key=str) == sorted(in_pieces.entries, key=str)
    assert not run(terms, member, in_pieces, last)
    _must_add_up(in_pieces, last)


def _must_add_up(book: Book, last: date) -> None:
    lots = {entry.lot for entry in book.entries if entry.lot}
    first = min((entry.day for entry in book.entries), default=last)
    for lot in lots:
        assert book.least(lot, first) >= 0
        assert all(
            entry.day <= (lot.ends or last)
            for entry in book.entries
            if entry.lot == lot and entry.kind in {"take", "repay"}
        )
    entries = [entry for entry in book.entries if entry.day <= last]
    ended = sum(book.ended(last).values())
    assert book.balance(last) == sum(entry.minutes for entry in entries) - ended


@tried(200)
@given(terms=TERMS, opening=st.integers(0, 9000))
def test_no_cap_ever_lowers_a_balance(terms: Terms, opening: int) -> None:
    """Without takes and ends, a balance never goes down, and accrual never lifts it over the cap."""
    kept = terms.replace(carry="all")
    book = Book([Entry(date(2024, 1, 1), opening, "opening")])
    run(kept, since(date(2024, 1, 1)), book, date(2026, 12, 31))
    balances = [book.balance(date(2024, 1, 1) + 30 * month * DAY) for month in range(36)]
    assert balances == sorted(balances)
    if kept.cap is not None:
        assert balances[-1] <= max(opening, kept.cap)


@tried(100)
@given(
    lots=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 500)), min_size=1, max_size=6),
    minutes=st.integers(1, 1500),
)
def test_what_is_taken_is_always_what_ends_first(lots: list[tuple[int, int]], minutes: int) -> None:
    entries = [
        Entry(NEW_YEAR, some, "accrual", Lot(str(n), NEW_YEAR + days * DAY))
        for n, (days, some) in enumerate(lots)
    ]
    taken = Book(entries).take(minutes, NEW_YEAR + 10 * DAY)
    good = sorted(
        (e.lot.ends, e.lot.name, e.minutes)
        for e in entries
        if e.lot and e.lot.ends and e.lot.ends >= NEW_YEAR + 10 * DAY
    )
    left = minutes
    expected = []
    for _, name, some in good:
        if left:
            expected.append((name, -min(some, left)))
            left -= min(some, left)
    assert [(e.lot.name, e.minutes) for e in taken if e.lot] == expected
    assert sum(entry.minutes for entry in taken) == -minutes


@tried(100)
@given(
    first=DAYS,
    days=st.integers(0, 30),
    minutes=st.lists(st.integers(0, 720), min_size=7, max_size=7),
)
def test_a_request_has_each_date_once_and_halves_make_the_whole(
    first: date, days: int, minutes: list[int]
) -> None:
    def usual(day: date) -> int:
        return minutes[day.weekday()]

    last = first + days * DAY
    asked = request_days(first, last, usual)
    assert len({day for day, _ in asked}) == len(asked)
    days_off = [first + n * DAY for n in range(days + 1) if usual(first + n * DAY)]
    assert asked == [(day, usual(day)) for day in days_off]
    halves = [request_days(first, last, usual, part=part) for part in ("morning", "afternoon")]
    assert sum(some for half in halves for _, some in half) == sum(some for _, some in asked)


def test_a_span_knows_its_days() -> None:
    assert Span(NEW_YEAR, NEW_YEAR).days == 1
