"""What a report says of the rows that it read: whose they are, whatever plugin it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.scope_tools import kept_for, open_as

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from kept_for(tmp_path_factory)


#: A statement of a report → how far ben, cyd and a manager reach among the rows it read.
READS = {
    "SELECT count(*) FROM crew_leave": ("own", "team", "all"),
    "SELECT words FROM crew_review": ("own", "team", "team"),
    "SELECT count(*) FROM crew_note": ("own", "team", "team"),
    "SELECT count(*) FROM crew_shift": ("all", "all", "all"),
    "SELECT name FROM core_location": ("all", "all", "all"),
}


@pytest.mark.parametrize(("number", "name"), list(enumerate(("ben", "cyd", "max"))))
def test_a_report_says_whose_rows_it_read(made: Office, number: int, name: str) -> None:
    office = open_as(made, name)
    for sql, reaches in READS.items():
        with office.trusted("report"):
            office.rows(sql)
        assert office.reach_of_report() == reaches[number], sql
    office.close()
    with made.trusted("report"):
        made.rows("SELECT count(*) FROM crew_leave")
    assert made.reach_of_report() == "all"


@pytest.mark.parametrize(("name", "words"), [("ben", "of yours"), ("cyd", "of your team"), ("max", "12 rows")])  # fmt: skip
def test_a_list_says_whose_rows_it_has(made: Office, name: str, words: str) -> None:
    office = open_as(made, name)
    with Terminal(office) as screen:
        assert words in screen.press(":").type("leave").press("enter").text
        assert "of your" not in screen.press(":").type("shift").press("enter").text
    office.close()
