"""A wrong reversal is listed until its cure was followed, and a right one never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledger.test_ledger_archived import by_sql

from officeops.history.undo import redo, undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.books import Books


def listed(account: Books) -> list[str]:
    found = account.ledger.problems(account.office)
    return [cure for what, cure in found if "reverses" in what]


@pytest.mark.parametrize("wrong", ["a second time", "by another amount", "of another lot"])
def test_a_wrong_reversal_is_listed_until_its_action_is_undone(
    books: Callable[..., Books], wrong: str
) -> None:
    account = books()
    account.post(30, 1, 0)
    taken = account.post(-3, 1, 0)
    row: dict[str, object] = {"kind": "reversal", "reverses_id": taken.id}
    if wrong == "a second time":
        account.reverse(taken.id)
    if wrong == "by another amount":
        row[account.ledger.amount] = 4
    if wrong == "of another lot":
        row[account.lot_column] = account.lots[1].id
    assert listed(account) == []
    with account.office.acting("ledgers.test.sql"):
        by_sql(account, **row)
    [cure] = listed(account)
    assert "undo that action" in cure
    undo(account.office)
    assert listed(account) == []
    redo(account.office)
    assert listed(account) == [cure]


def test_a_reversal_that_was_undone_and_done_again_is_right(books: Callable[..., Books]) -> None:
    account = books()
    account.post(30, 1, 0)
    taken = account.post(-3, 1, 0)
    account.reverse(taken.id)
    for step in (undo, redo, undo):
        step(account.office)
        assert listed(account) == []
    account.reverse(taken.id)
    assert listed(account) == []
