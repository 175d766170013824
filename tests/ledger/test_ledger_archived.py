"""An entry brings nothing into an archived record: what is there can still be taken out."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.books import day

from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.model.sql_values import to_sql
from officeops.store.file_refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.books import Books


def archive(books: Books, column: str) -> int:
    """Archive the record that a column of the account refers to; of the lots, the first."""
    number = {**books.account, books.lot_column: books.lots[0].id}[column]
    target = books.office.records[books.entry.meta.by_name[column].target]
    with books.office.acting("ledgers.test.archive"):
        books.office.archive(books.office.get(target, number))
    return int(number)


def refused(books: Books, column: str, write: Callable[[], object]) -> None:
    before = len(books.entries())
    with pytest.raises(Refused) as refusal, books.office.acting("ledgers.test.write"):
        write()
    field = books.entry.meta.by_name[column].public_name
    [problem] = refusal.value.problems
    assert (problem.field, problem.code) == (field, "archived")
    assert "unarchive" in problem.message
    assert len(books.entries()) == before


def entry_of(books: Books, amount: int) -> Any:  # noqa: ANN401 - of the plugin
    """Return an entry into the first lot, which is not booked yet."""
    values = {**books.account, books.lot_column: books.lots[0].id, books.ledger.amount: amount}
    return books.entry(**values, day=day(1))


def by_sql(books: Books, **more: object) -> None:
    row = entry_of(books, 3).__dict__ | more
    values = {field.name: to_sql(row[field.name]) for field in books.entry.meta.fields}
    marks = ", ".join("?" for _ in values)
    sql = f"INSERT INTO {books.ledger.table} ({', '.join(values)}) VALUES ({marks})"
    books.office.store.db.execute(sql, [*values.values()])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_no_road_books_anything_into_an_archived_record(
    books: Callable[..., Books], place: int
) -> None:
    account = books()
    column = account.ledger.keys[place]
    number = archive(account, column)
    office, ledger = account.office, account.ledger
    fields = {**account.account, account.lot_column: account.lots[0].id}
    refused(account, column, lambda: ledger.post(office, 3, day(1), **fields))
    refused(account, column, lambda: office.add(entry_of(account, 3)))
    row = {
        field.name: to_sql(entry_of(account, 3).__dict__[field.name])
        for field in account.entry.meta.fields
    }
    refused(account, column, lambda: office.add_many(account.entry, [row]))
    with pytest.raises(Exception, match=r"AWAY|archived"), office.acting("ledgers.test.sql"):
        by_sql(account)
    assert account.entries() == []
    # Nor does it come out of another account, or another lot.
    other = books()
    other.post(5, 1, 1)
    into = {column: number}
    out_of = {**other.account, other.lot_column: other.lots[1].id}
    refused(
        other,
        column,
        lambda: ledger.transfer(office, 2, day(1), out_of=out_of, into={**out_of, **into}),
    )
    assert other.balance() == 5


@pytest.mark.parametrize("place", [0, 1, 2])
def test_all_that_an_archived_record_has_can_be_taken_out(
    books: Callable[..., Books], place: int
) -> None:
    account, other = books(), books()
    entry = account.post(9, 1, 0)
    column = account.ledger.keys[place]
    archive(account, column)
    office, ledger = account.office, account.ledger
    account.take(2, 1)
    assert account.balance() == 7
    undo(office)
    redo(office)
    assert account.balance() == 7
    # What it has goes on to another account, with the lot that it is of.
    lot = {account.lot_column: account.lots[0].id}
    first = account.ledger.of[0 if column == account.ledger.of[0] else -1]
    into = {**account.account, first: other.account[first]}
    with office.acting("ledgers.test.transfer"):
        ledger.transfer(office, 3, day(1), out_of={**account.account, **lot}, into=into)
    assert account.balance() == 4
    undo(office)
    account.post(-7, 1, 0)
    undo(office)
    undo(office)
    account.reverse(entry.id)
    assert account.balance() == 0


@pytest.mark.parametrize("place", [0, 1, 2])
def test_sql_brings_nothing_there_as_a_reversal_or_in_a_group(
    books: Callable[..., Books], place: int
) -> None:
    account, other = books(), books()
    account.post(9, 1, 0)
    taken = account.post(-3, 1, 0)
    reversed_before = account.post(-3, 1, 0)
    account.reverse(reversed_before.id)
    elsewhere = other.post(5, 1, 0)
    of_other = other.post(-3, 1, 0)
    amount, table = account.ledger.amount, account.ledger.table
    archive(account, account.ledger.keys[place])
    before = account.balance()
    rows = [
        {"reverses_id": elsewhere.id},
        {"reverses_id": of_other.id},
        {"reverses_id": reversed_before.id},
        {"reverses_id": taken.id, amount: 4},
        {"kind": "reversal"},
        {"group_id": of_other.id},
        {"group_id": taken.id, amount: 4},
    ]
    for row in rows:
        with (
            pytest.raises(sqlite3.IntegrityError) as refusal,
            account.office.acting("ledgers.test.sql"),
        ):
            by_sql(account, **row)
        assert refusal_of(refusal.value).code == "away", row
    assert account.balance() == before
    # The exact opposite of what was taken out is no more than it was.
    with account.office.acting("ledgers.test.sql"):
        by_sql(account, kind="reversal", reverses_id=taken.id)
    assert account.balance() == before + 3
    assert (
        account.office.value(f"SELECT count(*) FROM {table} WHERE reverses_id = ?", taken.id) == 1
    )
