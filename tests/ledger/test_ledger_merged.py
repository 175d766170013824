"""Accounts of a record that was merged: what comes back goes to the record that stays, nothing is lost."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.ledger.books import Books

from officeops.history.undo import redo, undo
from officeops.ledger.chain import Chains
from officeops.model.errors import NotFound, Refused
from officeops.office.merging import merge

if TYPE_CHECKING:
    from officeops.office.office import Office

_NUMBERS = count(40_000)
#: The record of an account that two of them are merged by, and its command.
_MERGED = {"leave": ("person_id", "holder"), "stock": ("shelf_id", "shelf")}


class Pair:
    """Two accounts that differ in one record; the record of the first goes."""

    def __init__(self, office: Office, kind: str) -> None:
        self.office, self.kind = office, kind
        self.gone, self.keep = (Books(office, kind, next(_NUMBERS), ahead=9) for _ in range(2))
        self.column, self.noun = _MERGED[kind]
        [other] = set(self.gone.account) - {self.column}
        self.keep.account[other] = self.gone.account[other]
        self.keep.lots = self.gone.lots

    def merge(self) -> None:
        keep, gone = (self._record(books) for books in (self.keep, self.gone))
        with self.office.acting(f"ledgers.{self.noun}.merge"):
            merge(self.office, keep, gone)

    def is_merged(self) -> bool:
        return self._record(self.gone).archived_at is not None

    def _record(self, books: Books) -> Any:  # noqa: ANN401 - of the plugin
        return self.office.get(self.office.record(self.noun), books.account[self.column])

    def balances(self) -> tuple[int, int]:
        return self.gone.balance(), self.keep.balance()

    def model(self) -> tuple[int, int]:
        """Return what people booked into each account and nobody took back."""
        gone, keep = (self._booked(books) for books in (self.gone, self.keep))
        return (0, gone + keep) if self.is_merged() else (gone, keep)

    def _booked(self, books: Books) -> int:
        chains = Chains(books.ledger, self.office)
        total = 0
        for entry in books.entries():
            is_own = entry.kind != "transfer" and not entry.reverses_id
            if is_own and chains.of(entry).counts:
                total += books.amount(entry)
        return total


@pytest.mark.parametrize("kind", ["leave", "stock"])
def test_a_reversal_after_a_merge_is_the_one_of_who_stays(office: Office, kind: str) -> None:
    pair = Pair(office, kind)
    pair.gone.post(9, 1)
    [taken] = pair.gone.take(4, 2)
    pair.keep.post(2, 1)
    pair.merge()
    assert pair.balances() == (0, 7)
    pair.gone.reverse(taken.id)
    assert pair.balances() == (0, 11)
    undo(office)
    assert pair.balances() == (0, 7)
    redo(office)
    assert pair.balances() == (0, 11)
    pair.gone.must_be_in_order()


@pytest.mark.parametrize("kind", ["leave", "stock"])
def test_a_merge_is_undone_after_what_was_taken_back_since(office: Office, kind: str) -> None:
    pair = Pair(office, kind)
    pair.gone.post(9, 1)
    [taken] = pair.gone.take(4, 2)
    pair.merge()
    merged = office.value("SELECT max(id) FROM core_action")
    pair.gone.reverse(taken.id)
    with pytest.raises(Refused, match="moved to the record that stays since; undo that first"):
        undo(office, merged)
    undo(office)
    undo(office, merged)
    assert pair.balances() == (5, 0)


AMOUNTS = st.integers(1, 9)
DAYS = st.integers(0, 12)
STEPS = st.one_of(
    st.tuples(st.just("post"), st.booleans(), AMOUNTS, DAYS),
    st.tuples(st.just("take"), st.booleans(), AMOUNTS, DAYS),
    st.tuples(st.just("reverse"), st.booleans(), st.integers(0, 30)),
    st.tuples(st.just("all"), st.booleans()),
    st.tuples(st.just("merge")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def _step(pair: Pair, what: tuple[Any, ...]) -> None:
    verb, *given_ = what
    if verb == "merge":
        pair.merge()
    elif verb == "undo":
        undo(pair.office)
    elif verb == "redo":
        redo(pair.office)
    else:
        is_gone, *rest = given_
        # Nobody books anything new for the record that went.
        is_new = verb in {"post", "take"} and pair.is_merged()
        books = pair.gone if is_gone and not is_new else pair.keep
        if verb == "all":
            _take_all_back(pair, books)
        elif verb != "reverse":
            getattr(books, verb)(*rest)
        elif entries := [entry for entry in books.entries() if entry.kind != "transfer"]:
            books.reverse(entries[rest[0] % len(entries)].id)


def _take_all_back(pair: Pair, books: Books) -> None:
    """Reverse everything that somebody took, in one action, as a cancellation does."""
    chains = Chains(books.ledger, pair.office)
    with pair.office.acting("ledgers.test.cancel"):
        for entry in [*books.entries()]:
            is_taken = books.amount(entry) < 0 and entry.kind not in {"transfer", "repay"}
            if is_taken and not entry.reverses_id and chains.of(entry).counts:
                books.ledger.reverse(pair.office, entry)


@tried(200)
@given(kind=st.sampled_from(["leave", "stock"]), steps=st.lists(STEPS, max_size=14))
def test_a_merge_and_what_comes_after_it_lose_nothing(
    office: Office, kind: str, steps: list[tuple[Any, ...]]
) -> None:
    pair = Pair(office, kind)
    for what in steps:
        try:
            _step(pair, what)
        except (Refused, NotFound):
            continue
        finally:
            assert pair.balances() == pair.model(), what
    pair.gone.must_be_in_order()
