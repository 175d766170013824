"""Of several records of one name, a command means the one that it can be done to now."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

import pytest

from officeops.testing import write_plugin

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

DOOR = """
from __future__ import annotations

from officeops import *

PLUGIN = Plugin("door", "Who came", api=2)
LIFE = Lifecycle(("in", "out"), Transition("leave", ("in",), "out", "Note that they left."))
STEPS = []


class Visit(Record, key="door.visit", prefix="VI", display="name"):
    "A visit."
    name: str = field(search=True)
    status: str = LIFE.field()
    badge: str | None = field(default=None, managed=True)
    life = LIFE


class Parcel(Record, key="door.parcel", display="what"):
    "What somebody who is here brought."
    what: str = field()
    visit_id: int = ref("door.visit", where="status=in")


@action("door.visit.give-badge", unless=lambda office, visit: visit.badge and "has one")
def give_badge(office: Office, visit: Visit, badge: str) -> str:
    "Note the badge."
    office.edit(visit, managed=True, badge=badge)
    return f"{visit.name} has {badge}."


@hookimpl
def records(): return [Visit, Parcel]

@hookimpl
def actions(): return [*LIFE.actions(Visit), give_badge]

@hookimpl
def migrations(): return MIGRATIONS

MIGRATIONS: list[Migration] = []
"""


@pytest.fixture
def door(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An office in which Ann Lee came twice, and left once."""
    write_plugin(officeops_home, "door", DOOR)
    for word in ("migration", "enable"):
        assert cli("plugins", word, "door").code == 0
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "door")
    for line in ("visit add --name", "visit leave", "visit add --name"):
        assert cli(*line.split(), "Ann Lee").code == 0
    return cli


def states(door: Cli) -> list[str]:
    rows = door("visit", "list", "--json").json
    return [row["status"] for row in sorted(rows, key=itemgetter("key"))]


def test_an_action_takes_the_one_that_is_ready_and_asks_where_several_are(door: Cli) -> None:
    assert door("--request-id", "r1", "visit", "leave", "ann lee").code == 0
    assert states(door) == ["out", "out"]
    # The same line again is answered, and takes no other one.
    assert door("visit", "add", "--name", "Ann Lee").code == 0
    assert door("--request-id", "r1", "visit", "leave", "ann lee").code == 0
    assert states(door) == ["out", "out", "in"]
    assert door("visit", "add", "--name", "Ann Lee").code == 0
    ran = door("visit", "leave", "Ann Lee")
    assert ran.code == 2
    assert "fits 2 visits: VI-3 Ann Lee (#3), VI-4 Ann Lee (#4); name one" in ran.err


def test_an_action_that_none_is_ready_for_names_them_all(door: Cli) -> None:
    assert door("visit", "leave", "Ann Lee").code == 0
    assert "fits 2 visits" in door("visit", "leave", "Ann Lee").err
    assert door("visit", "give-badge", "VI-1", "--badge", "A1").code == 0
    assert door("visit", "give-badge", "Ann Lee", "--badge", "A2").code == 0


def test_a_reference_takes_the_one_that_its_filter_finds(door: Cli) -> None:
    assert door("parcel", "add", "--what", "Box", "--visit", "Ann Lee").code == 0
    assert door("parcel", "import", "-", typed="what,visit\nBag,Ann Lee\n").code == 0
    assert {row["visit_id"] for row in door("parcel", "list", "--json").json} == {2}
    assert door("visit", "leave", "Ann Lee").code == 0
    assert "fits 2 visits" in door("parcel", "add", "--what", "Cup", "--visit", "Ann Lee").err
