"""Leave: floors, debts that are repaid, and rules that hold on every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledger.books import Books, day

from officeops.history.undo import undo
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.office.office import Office

_NUMBER = iter(range(20_000, 30_000))


@pytest.fixture
def leave(office: Office) -> Books:
    return Books(office, "leave", next(_NUMBER), ahead=5)


def test_a_take_is_refused_if_the_lot_was_promised_for_a_later_day(leave: Books) -> None:
    leave.post(8, 1, 3)
    leave.take(8, 10)
    with pytest.raises(Refused) as refused:
        leave.take(6, 5)
    assert refused.value.problems[0].code == "below-floor"
    assert refused.value.problems[0].facts == {"balance": -6, "minimum": -5}
    leave.take(5, 5)


def test_what_is_granted_repays_what_was_taken_ahead_first(leave: Books) -> None:
    leave.take(4, 2)
    grant = leave.post(10, 3, 3)
    repaid = [entry for entry in leave.entries() if entry.kind == "repay"]
    assert [(leave.lot(entry) is None, leave.amount(entry)) for entry in repaid] == [
        (False, -4),
        (True, 4),
    ]
    assert {entry.group_id for entry in repaid} == {grant.id}
    assert leave.balance() == 6


def test_a_grant_that_repaid_a_debt_is_reversed_with_its_repayment(leave: Books) -> None:
    leave.take(4, 2)
    grant = leave.post(10, 3, 3)
    leave.reverse(grant.id)
    assert leave.balance() == -4
    leave.must_be_in_order()
    undo(leave.office)
    assert leave.balance() == 6


def test_a_grant_that_ended_before_the_debt_repays_nothing(leave: Books) -> None:
    leave.take(4, 9)
    leave.post(10, 3, 0)
    assert leave.model_least(None, None) == -4


def test_a_grant_that_was_taken_is_reversed_only_after_what_took_it(leave: Books) -> None:
    grant = leave.post(10, 3, 3)
    [taken] = leave.take(8, 4)
    with pytest.raises(Refused):
        leave.reverse(grant.id)
    leave.reverse(taken.id)
    leave.reverse(grant.id)
    assert leave.balance() == 0


def test_an_entry_is_about_the_record_that_it_was_booked_for(leave: Books) -> None:
    office, request = leave.office, leave.lots[0]
    with office.acting("ledgers.test.take"):
        [entry] = leave.ledger.take(office, 3, day(2), about=request, **leave.account)
    read = office.get(leave.entry, entry.id)
    assert (read.about_key, read.about_id) == ("ledgers.off-grant", request.id)


def test_each_debt_is_repaid_on_its_own_day_while_the_lot_is_good(leave: Books) -> None:
    """One debt after the end of a lot does not keep the lot from repaying an earlier one."""
    leave.take(3, 4)
    leave.take(2, 9)
    leave.post(10, 2, 0)
    repaid = [
        (entry.day, leave.amount(entry)) for entry in leave.entries() if entry.kind == "repay"
    ]
    assert repaid == [(day(4), -3), (day(4), 3)]
    leave.post(10, 3, 1)
    assert leave.model_least(None, None) == 0
    leave.must_be_in_order()
