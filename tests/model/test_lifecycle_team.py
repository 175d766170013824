"""Transitions for a lead's own team: nobody grants their own leave, nor that of another team, by any road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access import scope_tools

from officeops.access.records import Membership
from officeops.access.role_actions import make_role
from officeops.core.event_record import LoggedEvent
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

LIFE = """
from officeops import Lifecycle, Transition

LEAVE = Lifecycle(
    ("asked", "granted"),
    Transition("approve", ("asked",), "granted", "Grant it.", by="team"),
    column="state",
    log=True,
)


class Leave("""
#: The crew, whose leave has a lifecycle.
CREW = (
    scope_tools.CREW.replace("class Leave(", LIFE.lstrip(), 1)
    .replace(
        'state: str = choice("asked", "granted", default="asked", managed=True)',
        "state: str = LEAVE.field()\n    life = LEAVE",
    )
    .replace("return [grant,", "return [*LEAVE.actions(Leave), grant,")
)


@pytest.fixture
def crew(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(scope_tools, "CREW", CREW)
    office = scope_tools.crewed(office_factory)
    assert not office.plugins.troubles
    return office


@pytest.fixture
def people(crew: Office) -> Iterator[dict[str, Office]]:
    opened = {name: scope_tools.open_as(crew, name) for name in ("ada", "ben", "cyd", "max")}
    yield opened
    for office in opened.values():
        office.close()


def leave_of(crew: Office, name: str) -> int:
    sql = (
        "SELECT min(l.id) FROM crew_leave l JOIN crew_person p ON p.id = l.person_id "
        "WHERE p.name = ?"
    )
    return int(crew.value(sql, name.title()))


def approve(office: Office, leave: int) -> str:
    kind: Any = scope_tools.kind(office, "leave")
    [action] = [action for action in office.actions(kind) if action.verb == "approve"]
    return str(office.do(action, office.get(kind, leave)))


def test_a_lead_decides_for_the_team_and_for_nobody_else(
    crew: Office, people: dict[str, Office]
) -> None:
    for name, whose in (("ben", "ben"), ("ada", "ada"), ("cyd", "cyd")):
        with pytest.raises(Refused) as refused:
            approve(people[name], leave_of(crew, whose))
        assert refused.value.problems[0].code == "beyond-reach"
    for name, whose in (("ada", "ben"), ("cyd", "dee"), ("max", "eve")):
        assert "granted" in approve(people[name], leave_of(crew, whose))


def test_nor_by_undo_or_redo(crew: Office, people: dict[str, Office]) -> None:
    make_role(crew, "fixer", ["core.undo-others"])
    with crew.acting("test.role"):
        cyd = crew.value("SELECT id FROM core_user WHERE login = 'cyd'")
        crew.add(Membership(user_id=cyd, role="fixer"))
    approve(people["max"], leave_of(crew, "cyd"))
    granted = crew.value("SELECT max(id) FROM core_action")
    with pytest.raises(Refused) as refused:
        undo(people["cyd"], granted)
    assert refused.value.problems[0].code == "beyond-reach"
    undo(people["max"])
    with pytest.raises(Refused) as refused:
        redo(people["cyd"], granted)
    assert refused.value.problems[0].code == "beyond-reach"
    redo(people["max"])


def test_events_are_for_who_reaches_the_record(crew: Office, people: dict[str, Office]) -> None:
    approve(people["max"], leave_of(crew, "ben"))
    approve(people["max"], leave_of(crew, "dee"))
    seen = {name: len(list(office.all(LoggedEvent))) for name, office in people.items()}
    assert seen == {"ada": 2, "ben": 1, "cyd": 1, "max": 2}
