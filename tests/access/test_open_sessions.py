"""A session that is open while others change who may what, or the tables: it ends in a sentence."""

from __future__ import annotations

import re
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.scope_tools import kept_for, kind, open_as

from officeops import Query
from officeops.access.actions import remove, take_role
from officeops.access.records import User
from officeops.model.errors import Forbidden
from officeops.office.crud import add_record, edit_record
from officeops.store.table_versions import Moved, Tables
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from kept_for(tmp_path_factory)


def reading(office: Office) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield each way to read leave in an open session."""
    leave = kind(office, "leave")
    yield "all", lambda: list(office.all(leave))
    yield "first", lambda: office.first(leave, "1")
    yield "get", lambda: office.get(leave, 3)
    yield "some", lambda: list(office.some(leave, [3]))
    yield "find", lambda: office.find(leave, "#3")
    yield "select", lambda: office.select(leave, leave.meta.list_fields)
    yield "filter", lambda: office.select(leave, [], Query("why~a"))
    yield "word", lambda: office.select(leave, [], Query("holiday"))
    yield "rows", lambda: office.rows("SELECT why FROM crew_leave")
    yield "value", lambda: office.value("SELECT count(*) FROM crew_leave")
    yield "statement", lambda: office.store.db.execute("SELECT why FROM crew_leave").fetchall()


def writing(office: Office) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield each way to write leave in an open session, with a row that was read before."""
    leave = kind(office, "leave")
    row = next(office.all(leave))
    values = {"person_id": row.person_id, "day": row.day, "why": "sea"}
    yield "add", partial(add_record, office, leave, values)
    yield "edit", partial(edit_record, office, row, {"why": "lake"})


#: What becomes of a person whose session is open, and what each refusal then says.
CHANGES: dict[str, tuple[Callable[[Office, User], Any], str]] = {
    "deactivated": (lambda office, user: office.do(remove, user), "not a user"),
    "without a role": (
        lambda office, user: office.do(take_role, user, role="clerk"),
        "may not",
    ),
}


def _refusal_of(ask: Callable[[], Any]) -> str:
    """Ask, and return the sentence of the refusal; blank where there is an answer."""
    try:
        ask()
    except Forbidden as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(("change", "login"), [("deactivated", "dee"), ("without a role", "ben")])
def test_who_may_no_more_is_told_so_on_every_road(made: Office, change: str, login: str) -> None:
    with closing(open_as(made, login)) as office:
        roads = [*reading(office), *writing(office)]
        make, words = CHANGES[change]
        user = made.first(User, "login = ?", login)
        assert user is not None
        make(made, user)
        for road, ask in roads:
            refusal = _refusal_of(ask)
            assert re.search(words, refusal), road


def test_a_screen_that_is_open_says_so_too(made: Office) -> None:
    user = made.first(User, "login = 'eve'")
    assert user is not None
    with closing(open_as(made, "eve")) as office, Terminal(office) as screen:
        screen.press(":").type("leave").press("enter")
        made.do(take_role, user, role="clerk")
        screen.press("/").type("a").press("enter")
        assert "may not" in screen.text
        assert "access to" not in screen.text


def test_a_kind_that_another_program_renamed_is_an_upgrade(made: Office) -> None:
    """Another program, with a newer plugin, renamed the table: reading is refused as writing is."""
    made.store.tables = Tables(made.store.db, ["core", "crew"])
    with closing(open_as(made, "max")) as office:
        office.store.tables = Tables(office.store.db, ["core", "crew"])
        roads = list(reading(office))
        with made.store.exclusive("upgrade") as db:
            db.execute("ALTER TABLE crew_leave RENAME TO crew_absence")
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                "VALUES ('crew', '0002', 'now')"
            )
        for _, ask in roads:
            with pytest.raises(Moved):
                ask()
