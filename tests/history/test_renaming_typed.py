"""Names that a person typed before a migration renamed a record or field work on when they are typed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.history import renaming_tools as version

from officeops.access.identity import Who
from officeops.access.records import Role
from officeops.access.role_actions import grant, make_role, revoke
from officeops.access.roles import patterns_of
from officeops.core.records import RetentionRule
from officeops.model.errors import Already, NotFound, Refused
from officeops.office.crud import add_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

    Grow = Callable[..., Office]

ON = {"OFFICEOPS_PLUGINS": "lockers"}
#: The record is due by its own key, at a far day.
DUE = """
@hookimpl
def due(office, until): return [Due(KEY + ":7", date(2030, 1, 1), "Ask")]
"""
#: Another plugin declares a role by a name of the first one's, and asks by such a name.
CABINETS = """
@hookimpl
def roles(): return [Role("porter", ("lockers.key.view", "lockers.key.holders.*"), "Carries keys")]
"""
FILE = "Number,Who\nA-1,Ann\n"


# -- the columns of a file -----------------------------------------------------------------------


@pytest.fixture
def remembered(
    grow: Grow, cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, object]]:
    """Import a file by the first version's names; return a way to import further ones."""
    monkeypatch.chdir(officeops_home)
    grow(version.ONE)

    def bring(noun: str, *words: str, text: str = FILE) -> dict[str, object]:
        ran = cli(noun, "import", "-", "--json", *words, typed=text, env=ON)
        assert isinstance(ran.json, dict), ran.err
        return {**ran.json, "exit": ran.code}

    assert bring("key", "--map", "Number=tag", "--map", "Who=holder")["exit"] == 0
    return bring


def test_the_remembered_columns_of_a_file_follow(
    grow: Grow, remembered: Callable[..., dict[str, object]]
) -> None:
    office = grow(version.RENAMED)
    answer = remembered("badge", text="Number,Who\nA-2,Ben\n")
    assert (answer["exit"], answer["columns"]) == (0, {"Number": "tag", "Who": "owner"})
    assert office.rows("SELECT tag, owner FROM lockers_badge") == [("A-1", "Ann"), ("A-2", "Ben")]


@pytest.mark.parametrize("name", ["holder", "owner"])
def test_a_field_s_old_and_new_name_are_one_meaning(
    grow: Grow, remembered: Callable[..., dict[str, object]], name: str
) -> None:
    grow(version.RENAMED)
    assert remembered("key", "--map", f"Who={name}")["exit"] == 0
    answer = remembered("key", "--set", f"{name}=Cleo", "--forget-maps", text="Tag\nA-3\n")
    assert answer["exit"] == 0


def test_remembered_columns_of_a_dropped_field_are_refused_with_the_cure(
    grow: Grow, cli: Cli, remembered: Callable[..., dict[str, object]]
) -> None:
    text = "Tag,Word\nA-5,x\n"
    assert remembered("key", "--map", "Word=note", text=text)["exit"] == 0
    grow(version.DROPPED)
    ran = cli("key", "import", "-", typed=text, env=ON)
    assert ran.code == 2
    assert "--forget-maps" in ran.err
    assert "note" in ran.err


# -- permissions ---------------------------------------------------------------------------------


def test_a_permission_is_granted_and_revoked_by_its_former_name(grow: Grow) -> None:
    grow(version.ONE)
    office = grow(version.RENAMED)
    make_role(office, "desk", ["lockers.key.view", "lockers.key.*"])
    desk = office.first(Role, "name = 'desk'")
    assert desk
    office.do(grant, desk, "lockers.key.edit")
    assert patterns_of(office, "desk") == (
        "lockers.badge.view",
        "lockers.badge.*",
        "lockers.badge.edit",
    )
    office.do(revoke, desk, "lockers.key.edit")
    assert "lockers.badge.edit" not in patterns_of(office, "desk")


def test_the_permission_of_a_renamed_field_follows(grow: Grow) -> None:
    grow(version.ONE)
    office = grow(version.RENAMED)
    make_role(office, "desk", ["lockers.key.code.view", "lockers.badge.code.edit"])
    assert patterns_of(office, "desk") == ("lockers.badge.pin.view", "lockers.badge.pin.edit")


def test_a_permission_that_never_was_is_still_refused(grow: Grow) -> None:
    grow(version.ONE)
    office = grow(version.RENAMED)
    with pytest.raises(Refused):
        make_role(office, "desk", ["lockers.chain.view"])


def test_a_grant_repeated_under_its_request_id_is_the_same(grow: Grow) -> None:
    office = grow(version.ONE)
    make_role(office, "desk", ["lockers.key.view"], request="make")
    desk = office.first(Role, "name = 'desk'")
    assert desk
    office.do(grant, desk, "lockers.key.edit", request="grant")
    office.do(grant, desk, "read", request="level")
    office = grow(version.RENAMED)
    desk = office.first(Role, "name = 'desk'")
    assert desk
    with pytest.raises(Already):
        make_role(office, "desk", ["lockers.key.view"], request="make")
    for pattern, request in (("lockers.key.edit", "grant"), ("read", "level")):
        with pytest.raises(Already):
            office.do(grant, desk, pattern, request=request)
    with pytest.raises(Refused):
        office.do(grant, desk, "lockers.key.add", request="grant")


def test_a_declared_role_reaches_by_the_former_name_of_another_plugin_s_record(grow: Grow) -> None:
    grow(version.ONE, cabinets=CABINETS)
    office = grow(version.RENAMED, cabinets=CABINETS)
    assert "lockers.badge.view" in patterns_of(office, "porter")
    who = Who("pat", patterns_of(office, "porter"))
    assert who.reaches("lockers.badge.view", "read")


def test_code_that_asks_by_a_former_permission_is_answered(grow: Grow) -> None:
    grow(version.ONE)
    office = grow(version.RENAMED)
    office.authorizer._who, office.authorizer._owner = Who("pat", ("lockers.badge.view",)), True
    assert office.may("lockers.key.view")
    assert not office.may("lockers.key.edit")


# -- due items -----------------------------------------------------------------------------------


def test_due_keys_are_typed_by_the_former_key(
    grow: Grow, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2030-01-01")
    grow(version.ONE + DUE.replace("KEY", '"lockers.key"'))
    office = grow(version.RENAMED + DUE.replace("KEY", '"lockers.badge"'))
    later = office.today.replace(month=2)
    office.snooze("lockers.key:7", later)
    assert office.put_off_until("lockers.badge:") == {"7": later.isoformat()}
    office.wake("lockers.key:7")
    assert office.put_off_until("lockers.badge:") == {}
    office.check_due(["lockers.key:7"])
    office.mark_seen(["lockers.key:7"], request="seen")
    [item] = office.due_items()
    assert item.seen
    with pytest.raises(Already):
        office.mark_seen(["lockers.key:7"], request="seen")
    with pytest.raises(NotFound):
        office.check_due(["lockers.key:8"])


# -- keys of records -----------------------------------------------------------------------------


def test_a_retention_rule_for_a_former_key_is_refused_with_the_key_of_today(grow: Grow) -> None:
    grow(version.ONE)
    office = grow(version.RENAMED)
    rules = office.records["core.retention-rule"]
    with pytest.raises(Refused) as refused:
        add_record(office, rules, {"record": "lockers.key", "years": 3, "source": "The payer"})
    [problem] = refused.value.problems
    assert (problem.code, problem.field) == ("renamed", "record")
    assert "lockers.badge" in problem.message
    assert not list(office.all(RetentionRule))
