"""Two processes that post one source at once book it once."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE
from tests.ledger.books import Books

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Posts one source when its standard input is closed, and prints the id of the entry.
_POST = """
import sys
from officeops.office.office import open_office
from tests.ledger.books import day
path, key, amount, columns = sys.argv[1:5]
account = dict(zip(columns.split(","), map(int, sys.argv[5:]), strict=True))
office = open_office(path, actor="ann", only=["ledgers"])
entry = office.records[key]
print("ready", flush=True)
sys.stdin.read()
for number in range(20):
    with office.acting("ledgers.test.post"):
        posted = entry.ledger.post(office, int(amount), day(1), source=f"pto:{number}", **account)
    print(posted.id, flush=True)
"""


@pytest.mark.parametrize("kind", ["leave", "stock"])
def test_two_processes_that_post_one_source_book_it_once(office: Office, kind: str) -> None:
    books = Books(office, kind, 1)
    account = {**books.account, books.lot_column: books.lots[3].id}
    words = [office.path, books.entry.meta.key, "8", ",".join(account), *map(str, account.values())]
    both = [_started(words) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answers = [process.communicate(timeout=PATIENCE)[0] for process in both]
    assert answers[0] == answers[1]
    assert len(books.entries()) == len(set(answers[0].split())) == 20
    assert books.balance() == 160


def _started(words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _POST, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
