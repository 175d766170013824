"""A word is found in the same rows whether few rows are gone through or the index is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.scope_tools import kept_for, kind, open_as

from officeops import Query
from officeops.office.row_reach import RowReach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

WORDS = ("holiday", "HOLIDAY 1", "oli", "a%y", "a_a", "ada hol", "cyd about", '"ee h"', "100%", "é")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from kept_for(tmp_path_factory)


def found(office: Office, word: str, *, is_few: bool) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for key in ("leave", "note", "review"):
        select = office.query(kind(office, key), own=True)
        sql, values = select.ids(Query(word, "-id", 50))
        assert ("MATCH" in sql) != is_few or len(word) < 3, sql
        ids[key] = [number for (number,) in office.rows(sql, *values)]
    return ids


def test_few_rows_and_the_index_find_alike(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = open_as(made, "cyd")
    of_few = {word: found(office, word, is_few=True) for word in WORDS}
    monkeypatch.setattr(RowReach, "reaches_few", lambda *_: False)
    assert {word: found(office, word, is_few=False) for word in WORDS} == of_few
    assert len(of_few["holiday"]["leave"]) == 4
    office.close()


def test_rows_that_an_action_sees_are_not_gone_through(made: Office) -> None:
    leave = kind(made, "leave")
    assert not RowReach(made.authorizer).reaches_few(leave)
    office = open_as(made, "ben")
    reach = RowReach(office.authorizer)
    assert reach.reaches_few(leave)
    with office.lifted():
        assert not reach.reaches_few(leave)
    office.close()
