"""The parts of a ledger, each made of a declaration and an office and used alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.books import Books, day

from officeops import Refused
from officeops.ledger.accounts import Accounts
from officeops.ledger.booking import Bookings
from officeops.ledger.chain import Chains
from officeops.ledger.limits import Limits, Posting
from officeops.ledger.reversal import Reversals

if TYPE_CHECKING:
    from officeops.office.office import Office


@pytest.fixture
def stock(office: Office) -> Books:
    """An account with 5 in its first lot, which ends first, and 3 in its second."""
    stock = Books(office, "stock", 1)
    stock.post(5, 0, 0)
    stock.post(3, 0, 1)
    return stock


def test_accounts_list_lots_in_the_order_in_which_they_end(stock: Books) -> None:
    accounts = Accounts(stock.ledger, stock.office)
    portions = accounts.portions(stock.account, day(1), usable=True)
    assert portions == [(stock.lots[0].id, 5), (stock.lots[1].id, 3)]
    assert accounts.name(stock.account) == "Thing 1, Shelf 1"


def test_limits_refuse_the_first_posting_that_leaves_less_than_nothing(stock: Books) -> None:
    limits = Limits(stock.ledger, stock.office)
    lot = stock.lots[0].id
    limits.hold([Posting(stock.account, lot, day(1), -5)], booked=False)
    with pytest.raises(Refused) as refused:
        limits.hold([Posting(stock.account, lot, day(1), -6)], booked=False)
    [problem] = refused.value.problems
    assert (problem.code, problem.facts) == ("below-floor", {"balance": -1, "minimum": 0})


def test_postings_to_one_account_add_up_from_the_earlier_day(stock: Books) -> None:
    later = Posting(stock.account, None, day(4), -2)
    assert later.plus(Posting(stock.account, None, day(1), 5)) == Posting(
        stock.account, None, day(1), 3
    )


def test_bookings_and_reversals_make_one_chain(stock: Books) -> None:
    bookings = Bookings(stock.ledger, stock.office)
    reversals = Reversals(stock.ledger, stock.office)
    chains = Chains(stock.ledger, stock.office)
    fields: dict[str, Any] = stock.account
    with stock.office.acting("ledgers.test.take"):
        taken = bookings.take(6, day(1), None, fields)
    assert [stock.amount(entry) for entry in taken] == [-5, -1]
    assert [entry.id for entry in chains.group(taken[1])] == [entry.id for entry in taken]
    with stock.office.acting("ledgers.test.reverse"):
        reversals.reverse(taken[0], "wrong")
    chain = chains.of(taken[0])
    assert (len(chain.entries), chain.counts, chain.is_undone) == (2, False, False)
    assert reversals.why_not(taken[0]) is not None
    assert stock.balance() == 8
