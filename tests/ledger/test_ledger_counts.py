"""Counts of shelves outrank the moves dated before them, and openings do alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.ledger.books import Books, day

from officeops.history.undo import undo
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.office.office import Office

#: A record of the plugin of these tests, which is loaded by name.
Count: TypeAlias = Any
_NUMBER = iter(range(10_000, 20_000))


@pytest.fixture
def shelf(office: Office) -> Books:
    return Books(office, "stock", next(_NUMBER))


def count(shelf: Books, amount: int, number: int) -> Count:
    """Count a shelf on a day: the difference is booked, and the count noted."""
    office = shelf.office
    difference = amount - shelf.balance()
    with office.acting("ledgers.test.count"):
        if difference:
            shelf.ledger.post(office, difference, day(number), batch_id=None, **shelf.account)
        return office.add(office.record("shelf-count")(day=day(number), **shelf.account))


def test_a_move_of_the_days_before_a_count_changes_no_balance(shelf: Books) -> None:
    shelf.post(8, 1)
    count(shelf, 5, 4)
    assert shelf.post(3, 3).history
    assert shelf.balance() == 5
    assert not shelf.post(3, 4).history
    assert shelf.balance() == 8


def test_an_opening_outranks_the_days_before_it_on_every_shelf(shelf: Books) -> None:
    shelf.post(8, 4, kind="opening")
    assert shelf.post(3, 3).history
    assert shelf.balance() == 8
    other = shelf.office.record("shelf")(name="Other")
    with shelf.office.acting("ledgers.test.more"):
        other = shelf.office.add(other)
    account = {**shelf.account, "shelf_id": other.id}
    with shelf.office.acting("ledgers.test.post"):
        entry = shelf.ledger.post(shelf.office, 2, day(3), batch_id=None, **account)
    assert entry.history


def test_what_a_count_has_seen_stays_as_counted_when_it_is_reversed(shelf: Books) -> None:
    entry = shelf.post(8, 1)
    count(shelf, 5, 4)
    shelf.reverse(entry.id)
    assert shelf.balance() == 5


def test_a_transfer_of_which_one_shelf_was_counted_since_stays(office: Office) -> None:
    one, other = (Books(office, "stock", next(_NUMBER)) for _ in range(2))
    one.post(8, 1)
    with office.acting("ledgers.test.carry"):
        entries = one.ledger.transfer(office, 6, day(2), out_of=one.account, into=other.account)
    count(other, 6, 3)
    with pytest.raises(Refused) as refused:
        one.reverse(entries[0].id)
    assert refused.value.problems[0].code == "counted-since"


def test_undo_is_refused_while_a_later_count_has_seen_the_entry(shelf: Books) -> None:
    shelf.post(8, 1)
    post = shelf.office.value("SELECT max(id) FROM core_action")
    count(shelf, 5, 4)
    with pytest.raises(Refused) as refused:
        undo(shelf.office, post)
    assert refused.value.problems[0].code == "counted-since"
    undo(shelf.office)
    undo(shelf.office, post)
    assert shelf.balance() == 0


def test_a_count_stays_while_later_entries_are_history_because_of_it(shelf: Books) -> None:
    shelf.post(8, 1)
    count(shelf, 5, 4)
    counted = shelf.office.value("SELECT max(id) FROM core_action")
    shelf.post(3, 3)
    with pytest.raises(Refused):
        undo(shelf.office, counted)
    undo(shelf.office)
    undo(shelf.office, counted)
    assert shelf.balance() == 8


STEPS = st.one_of(
    st.tuples(st.just("post"), st.integers(1, 9), st.integers(0, 8)),
    st.tuples(st.just("count"), st.integers(0, 9), st.integers(0, 8)),
    st.tuples(st.just("reverse"), st.integers(0, 20)),
)


@tried(30)
@given(steps=st.lists(STEPS, max_size=12))
def test_after_a_count_the_balance_is_what_was_counted_and_booked_from_that_day_on(
    shelf: Books, steps: list[tuple[Any, ...]]
) -> None:
    ours = Books(shelf.office, "stock", next(_NUMBER))
    balance, last = 0, -1
    for verb, *given_ in steps:
        if verb == "post":
            amount, number = given_
            ours.post(amount, number)
            balance += amount if number >= last else 0
        elif verb == "count" and given_[1] >= last:
            balance, last = given_
            count(ours, balance, last)
        elif verb == "reverse" and ours.entries():
            entry = ours.entries()[given_[0] % len(ours.entries())]
            seen = entry.history or ours.ledger.counted_since(ours.office, entry)
            try:
                ours.reverse(entry.id)
            except Refused:
                continue
            balance -= 0 if seen else entry.quantity
        assert ours.balance() == balance
        assert [*ours.ledger.problems(ours.office)] == []
