"""The rules of ledgers, over leave and stock alike, against a slow model of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.ledger.books import GOOD_FOR, day

from officeops.history.undo import next_to_undo, redo, undo
from officeops.model.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.books import Books

NewBooks: TypeAlias = "Callable[..., Books]"
LOTS = st.integers(0, len(GOOD_FOR) - 1)
DAYS = st.integers(0, 12)
AMOUNTS = st.integers(1, 9)
STEPS = st.one_of(
    st.tuples(st.just("post"), AMOUNTS, DAYS, st.one_of(st.none(), LOTS)),
    st.tuples(st.just("take"), AMOUNTS, DAYS),
    st.tuples(st.just("source"), AMOUNTS, DAYS, st.integers(0, 2)),
    st.tuples(st.just("reverse"), st.integers(0, 30)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def step(books: Books, what: tuple[Any, ...]) -> None:
    """Do one thing that a person may do; a refusal is an answer, and changes nothing."""
    before = len(books.entries())
    verb, *given_ = what
    try:
        if verb == "post":
            books.post(*given_)
        elif verb == "take":
            _take(books, *given_)
        elif verb == "source":
            amount, number, source = given_
            name = f"job:{books.account}:{source}"
            books.post(amount, number, 0, source=name)
        elif verb == "reverse":
            entries = books.entries()
            if entries:
                books.reverse(entries[given_[0] % len(entries)].id)
        elif verb == "redo":
            redo(books.office)
        elif next_to_undo(books.office).verb != "ledgers.test.begin":
            undo(books.office)
    except (Refused, NotFound):
        assert len(books.entries()) == before


def _take(books: Books, amount: int, number: int) -> None:
    """Take, and compare the lots with those of the model."""
    expected = books.model_take(amount, day(number))
    if expected is None:
        with pytest.raises(Refused) as refused:
            books.take(amount, number)
        assert refused.value.problems[0].code == "below-floor"
        return
    taken = books.take(amount, number)
    assert [(books.lot(entry), -books.amount(entry)) for entry in taken] == expected
    assert {entry.group_id for entry in taken[1:]} <= {taken[0].id}


@tried(60)
@given(steps=st.lists(STEPS, max_size=25), ahead=st.integers(0, 6))
def test_any_sequence_keeps_balances_lots_and_floors_right(
    books: NewBooks, steps: list[tuple[Any, ...]], ahead: int
) -> None:
    ours = books()
    if ours.kind == "leave":
        ours = books(ahead=ahead)
    for what in steps:
        step(ours, what)
        ours.must_be_in_order()


@tried(45)
@given(steps=st.lists(STEPS, max_size=15))
def test_all_is_taken_back_newest_first_and_ends_at_zero(
    books: NewBooks, steps: list[tuple[Any, ...]]
) -> None:
    ours = books()
    for what in steps:
        step(ours, what)
    while next_to_undo(ours.office).verb != "ledgers.test.begin":
        undo(ours.office)
    assert _open(ours) == 0
    assert ours.balance() == 0
    ours.must_be_in_order()


def _open(books: Books) -> int:
    """Return how many lots, or what has none, come to something."""
    return sum(books.model_least(lot, None) != 0 for lot in (None, *(lot.id for lot in books.lots)))


def test_a_source_books_once_after_an_undo_once_more_and_after_a_reversal_not(
    books: NewBooks,
) -> None:
    ours = books()
    source = f"pto:{ours.account}"
    first = ours.post(8, 1, 3, source=source)
    assert ours.post(8, 1, 3, source=source).id == first.id
    undo(ours.office)
    # The second posting wrote nothing, so the undo took the first back.
    assert ours.balance() == 0
    again = ours.post(8, 1, 3, source=source)
    assert (again.attempt, ours.balance()) == (1, 8)
    ours.reverse(again.id)
    assert ours.post(8, 1, 3, source=source).id == again.id
    assert ours.balance() == 0


@pytest.mark.parametrize("other", [(9, 1, 3), (8, 2, 3), (8, 1, 2)])
def test_a_source_that_says_another_thing_is_refused(
    books: NewBooks, other: tuple[int, int, int]
) -> None:
    ours = books()
    source = f"pto:{ours.account}"
    ours.post(8, 1, 3, source=source)
    with pytest.raises(Refused) as refused:
        ours.post(*other, source=source)
    assert refused.value.problems[0].code == "contradicts-record"


def test_a_redo_is_refused_once_the_source_was_booked_by_another(books: NewBooks) -> None:
    ours = books()
    source = f"pto:{ours.account}"
    ours.post(8, 1, 3, source=source)
    undo(ours.office)
    ours.post(8, 1, 3, source=source)
    with pytest.raises(Refused) as refused:
        redo(ours.office)
    assert refused.value.problems[0].code == "changed-since"
    assert ours.balance() == 8


def test_a_split_take_is_reversed_as_a_whole_from_any_of_its_entries(books: NewBooks) -> None:
    ours = books()
    ours.post(3, 1, 0)
    ours.post(5, 1, 1)
    taken = ours.take(6, 2)
    assert len(taken) == 2
    ours.reverse(taken[1].id)
    assert ours.balance() == 8
    with pytest.raises(Refused) as refused:
        ours.reverse(taken[0].id)
    assert refused.value.problems[0].code == "reversed-already"


def test_a_reversal_done_again_stays_a_reversal_by_hand(books: NewBooks) -> None:
    ours = books()
    source = f"pto:{ours.account}"
    entry = ours.post(8, 1, 3, source=source)
    ours.reverse(entry.id)
    undo(ours.office)
    assert ours.balance() == 8
    redo(ours.office)
    assert ours.balance() == 0
    assert ours.post(8, 1, 3, source=source).id == entry.id
    assert ours.balance() == 0


def test_what_ended_is_left_out_of_the_balance_of_later_days(books: NewBooks) -> None:
    ours = books()
    ours.post(8, 1, 0)
    ours.post(2, 1, 3)
    assert ours.balance(on=day(5), usable=True) == 10
    assert ours.balance(on=day(6), usable=True) == 2
    assert ours.balance(on=day(6)) == 10
    assert ours.balance(on=day(0)) == 0


def test_a_column_that_is_none_of_the_account_is_named(books: NewBooks) -> None:
    ours = books()
    with pytest.raises(TypeError, match=r"has no bogus; it goes by \w+"):
        ours.ledger.balance(ours.office, bogus=1)
    with pytest.raises(TypeError, match=r"has no amount, bogus"):
        ours.ledger.portions(ours.office, day(0), bogus=1, amount=2)


def test_a_transfer_is_one_group_and_goes_back_as_a_whole(books: NewBooks) -> None:
    ours, other = books(), books()
    ours.post(3, 1, 0)
    ours.post(5, 1, 1)
    with ours.office.acting("ledgers.test.carry"):
        entries = ours.ledger.transfer(
            ours.office, 6, day(2), out_of=ours.account, into=other.account
        )
    assert (ours.balance(), other.balance(), len(entries)) == (2, 6, 4)
    ours.reverse(entries[-1].id)
    assert (ours.balance(), other.balance()) == (8, 0)


def test_an_undo_of_what_was_taken_since_is_refused_and_changes_nothing(books: NewBooks) -> None:
    ours = books()
    ours.post(5, 1, 0)
    posted = ours.office.value("SELECT max(id) FROM core_action")
    ours.take(5, 1)
    before = len(ours.entries())
    with pytest.raises(Refused):
        undo(ours.office, posted)
    assert (ours.balance(), len(ours.entries())) == (0, before)


def test_what_a_redo_books_again_has_the_kind_that_it_had(books: NewBooks) -> None:
    ours = books()
    ours.post(5, 1, 0)
    kind = ours.entries()[-1].kind
    undo(ours.office)
    redo(ours.office)
    assert [entry.kind for entry in ours.entries()] == [kind, "reversal", kind]
    # One that code calls a reversal, of no entry, is taken back as any other.
    ours.post(2, 1, 0, kind="reversal")
    undo(ours.office)
    assert [entry.kind for entry in ours.entries()[3:]] == ["reversal", "reversal"]


def acted(ours: Books, *postings: tuple[int, int]) -> int:
    """Post amounts of the first lot, each with its day, in one action; return that."""
    lot = {ours.lot_column: ours.lots[0].id}
    with ours.office.acting("ledgers.test.post"):
        for amount, number in postings:
            ours.ledger.post(ours.office, amount, day(number), **ours.account, **lot)
    return int(ours.office.value("SELECT max(id) FROM core_action"))


def test_an_undo_that_adds_up_to_nothing_may_still_lack_on_a_day_between(books: NewBooks) -> None:
    ours = books()
    both = acted(ours, (5, 1), (-5, 4))
    acted(ours, (5, 4))
    acted(ours, (-5, 2))
    if ours.ledger.by_day:
        with pytest.raises(Refused):
            undo(ours.office, both)
    else:
        undo(ours.office, both)
    assert ours.balance() == 0


def test_an_undo_that_takes_nothing_is_not_held_to_a_floor_that_was_passed_before(
    books: NewBooks,
) -> None:
    ours = books()
    if ours.ledger.by_day:
        return
    even, less = acted(ours, (2, 1), (-2, 1)), acted(ours, (9, 1), (-1, 1), (-7, 1))
    with ours.office.acting("ledgers.test.past"):
        lot = {ours.lot_column: ours.lots[0].id, ours.ledger.amount: -20, "kind": "out"}
        ours.office.add(ours.entry(**ours.account, **lot, day=day(1)))
    undo(ours.office, even)
    assert ours.balance() == -19
    with pytest.raises(Refused):
        undo(ours.office, less)
