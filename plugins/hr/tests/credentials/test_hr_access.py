"""Keys, badges and clinic systems: who has which, and what a leaver has to give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops_hr.credentials.access_grant import AccessGrant

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Ran
    from officeops_hr.people.person import Person


@pytest.fixture
def grants(office: Office, crew: dict[str, Person]) -> list[AccessGrant]:
    """Eve, who left, has a login and a key; ben has a key."""
    rows = (("eve", "Records system", "system"), ("eve", "Key 12", "key"), ("ben", "Key 13", "key"))
    with office.acting("test"):
        return [
            office.add(AccessGrant(person_id=crew[login].id, name=name, sort=sort))
            for login, name, sort in rows
        ]


def _lines(cli: Callable[..., Ran], login: str) -> list[str]:
    rows = cli("today", "--json", login=login).json
    return [row["what"] for row in rows if row["key"].startswith("hr.access-grant:")]


@pytest.mark.usefixtures("grants")
def test_a_leaver_is_due_until_everything_came_back(cli: Callable[..., Ran]) -> None:
    assert _lines(cli, "mia") == ["P-6 Eve Stone left and still has: Records system, Key 12"]
    assert _lines(cli, "ben") == []
    assert "Key 12" in cli("person", "references", "P-6", login="mia").out
    for number in ("#1", "#2"):
        assert cli("access-grant", "take-back", number, login="mia").code == 0
    assert _lines(cli, "mia") == []
    again = cli("access-grant", "take-back", "#1", login="mia")
    assert "was taken back on 2026-03-02" in again.err
    gone = cli("access-grant", "list", "--where", "is_open=no", "--json", login="mia").json
    assert {row["taken_back_by"] for row in gone} == {"mia"}


@pytest.mark.usefixtures("grants")
def test_people_see_their_own_and_take_nothing_back(cli: Callable[..., Ran]) -> None:
    own = cli("access-grant", "list", "--json", login="ben").json
    assert [row["name"] for row in own] == ["Key 13"]
    assert cli("access-grant", "take-back", "#3", login="ben").code == 1
