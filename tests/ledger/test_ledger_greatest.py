"""Amounts past the greatest integer of SQLite: refused where they are kept, and added up where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledger.books import START, Books, day

from officeops.model.actions import called
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office

GREATEST = 2**63 - 1
PAST = "would take the balance past 9,223,372,036,854,775,807, the most that a balance holds; book less"


def test_an_amount_past_the_greatest_balance_is_refused_with_that(
    books: Callable[..., Books],
) -> None:
    account = books()
    account.post(GREATEST, 1)
    with pytest.raises(Refused) as refusal:
        account.post(1, 1)
    [problem] = refusal.value.problems
    assert (problem.code, problem.facts) == ("out-of-range", {"maximum": GREATEST})
    assert problem.message == PAST
    assert account.balance() == GREATEST


def test_balances_of_many_accounts_add_up_past_the_greatest(books: Callable[..., Books]) -> None:
    account, other = books(), books()
    account.post(GREATEST, 1)
    other.post(GREATEST, 2)
    other.post(5, 2, 0)
    ledger, office = account.ledger, account.office
    assert ledger.balance(office, usable=False) == 2 * GREATEST + 5
    assert ledger.balance(office, on=day(1), usable=False) == GREATEST
    assert ledger.balance(office, on=day(2)) == 2 * GREATEST + 5
    other.post(-3, 2)
    assert ledger.balance(office, usable=False) == 2 * GREATEST + 2


def test_a_balance_may_pass_the_greatest_on_a_day_before(office: Office) -> None:
    account = Books(office, "leave", 1)
    account.post(GREATEST, 10)
    account.post(-GREATEST, 12)
    account.post(GREATEST, 5)
    account.take(4, 5)
    assert account.balance() == GREATEST - 4
    assert account.ledger.portions(office, START, **account.account) == []
    assert [*account.ledger.problems(office)] == []


@pytest.mark.parametrize(
    ("more", "why"), [(0, PAST), (1, "takes a whole number of at most 19 digits")]
)
def test_sql_past_the_greatest_is_refused_with_the_field_and_its_plugin(
    office: Office, more: int, why: str
) -> None:
    account = Books(office, "leave", 1)
    entry = account.post(GREATEST, 1)
    copy = called(office.actions(account.entry), "copy")
    assert copy is not None
    with pytest.raises(Refused) as refusal:
        office.do(copy, entry, minutes=more)
    [problem] = refusal.value.problems
    named = f"{why} (SQL of the plugin ledgers)"
    assert (problem.field, problem.message) == ("minutes", named)
    assert problem.code == ("wrong-kind" if more else "out-of-range")
    assert account.balance() == GREATEST
