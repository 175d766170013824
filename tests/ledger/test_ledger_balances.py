"""The balances of a ledger are kept by its trigger alone: SQL of an action reads them, and writes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledger.books import Books

from officeops.model.errors import OutsideAction

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Ways to write the table of balances; each also reads it.
WAYS = [
    "UPDATE {table} SET {amount} = {amount} + 9",
    'UPDATE OR REPLACE main . "{table}" SET {amount} = 9',
    "\ufeff/* a */ update/* b c d */[{upper}]/**/set {amount} = 9",
    "-- a\nDELETE FROM/* b c d */`{table}`",
    "INSERT OR REPLACE INTO '{table}' SELECT * FROM {table}",
    "WITH b AS (SELECT * FROM {table}) REPLACE INTO {table} SELECT * FROM b",
    "INSERT INTO {table} SELECT * FROM {table} WHERE 1 ON CONFLICT DO UPDATE SET {amount} = 9",
]


@pytest.fixture
def ours(office: Office) -> Books:
    books = Books(office, "leave", 1)
    books.post(5, 1)
    return books


@pytest.mark.parametrize("way", WAYS)
def test_sql_of_an_action_writes_no_balance(ours: Books, way: str) -> None:
    ledger, db = ours.ledger, ours.office.store.db
    table = ledger.balance_table
    sql = way.format(table=table, upper=table.upper(), amount=ledger.amount)
    with pytest.raises(OutsideAction, match=table), ours.office.acting("ledgers.test.spite"):
        db.execute(sql)
    with ours.office.acting("ledgers.test.read"):
        copied = "INSERT INTO ledgers_person (name) SELECT 'P' || {} FROM {} -- into {}"
        db.execute(copied.format(ledger.amount, table, table))
    assert ours.office.value("SELECT count(*) FROM ledgers_person WHERE name = 'P5'") == 1
    assert [*ledger.problems(ours.office)] == []
