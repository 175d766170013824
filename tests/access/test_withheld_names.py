"""A field that not everybody sees names no record of another kind, and no refusal tells of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import login
from tests.without_shipped import shipped, two_plugins

from officeops.access.actions import admit

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

__all__ = ["shipped", "two_plugins"]

PLUGIN = (Path(__file__).parent / "withheld_plugin.py").read_text()
ROLES = ("manager", "clerk", "read-only")
#: What people may ask; `2` is Bo, whose badge, pay and number differ in the twins.
ASKED = (
    "member export -",
    "member export - --columns name,boss --format json",
    "appraisal export -",
    "appraisal list --json",
    "member list --json",
    "member show 2 --json",
    "member history 2",
    "history --json",
    "history --limit 1",
    "undo 3",
    "undo 99",
    "search bo",
    "member search B-2",
)


@pytest.fixture
def crew(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "crew")
    office = office_factory(files={"crew": PLUGIN})
    member, appraisal = office.record("member"), office.record("appraisal")
    for role in ROLES:
        admit(office, login(role), [role])
    with office.acting("crew.member.add"):
        office.add(member(name="Ada", badge="B-1", ssn="1"))
        bo = office.add(member(name="Bo", badge="B-2", ssn="2", pay=5, boss_id=1))
        office.add(appraisal(title="Year", member_id=bo.id))
    return office


@pytest.mark.usefixtures("crew")
def test_the_owner_s_files_of_other_kinds_have_none_either(cli: Cli) -> None:
    assert cli("appraisal", "export", "-").out == "title,member\nYear,Bo\n"
    assert "B-1" not in cli("member", "export", "-", "--columns", "name,boss").out


@pytest.mark.parametrize("role", ROLES)
def test_nobody_learns_that_a_hidden_value_changed(crew: Office, cli: Cli, role: str) -> None:
    """The same answers, but for what counts saves and actions, before and after such changes."""

    def answers() -> list[tuple[int, str, str]]:
        ran = [cli(*line.split(), login=login(role)) for line in ASKED]
        return [(one.code, one.out.replace('"version": 2', '"version": 1'), one.err) for one in ran]

    before = answers()
    with crew.acting("crew.member.edit"):
        bo = crew.get(crew.record("member"), 2)
        crew.edit(bo, badge="B-9", pay=9, ssn="9")
    number = crew.value("SELECT max(id) FROM core_action")
    assert answers() == before
    refused = cli("undo", str(number), login=login(role)).err
    assert "There is no action" in refused or "core.undo" in refused


@pytest.mark.parametrize("taken", ["badge", "ssn"])
def test_a_value_that_is_taken_meanwhile_is_not_named(crew: Office, cli: Cli, taken: str) -> None:
    secret = {"badge": "B-2", "ssn": "2"}
    member = crew.record("member")
    with crew.acting("crew.member.archive"):
        crew.archive(crew.get(member, 2))
    away = crew.value("SELECT max(id) FROM core_action")
    with crew.acting("crew.member.add"):
        crew.add(member(name="Eve", **{taken: secret[taken]}))
    for line in (("member", "unarchive", "#2"), ("undo", str(away))):
        ran = cli(*line, login=login("manager"))
        assert ran.code == 1
        assert "you may not see" in ran.err
        assert "ssn" not in ran.err
        assert "badge" not in ran.err
        assert "B-2" not in ran.err
    assert "taken" in cli("member", "unarchive", "#2").err
