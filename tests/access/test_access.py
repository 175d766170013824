"""Who may do what: people, their roles, what nobody declared, and an office without users."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import (
    ROLES,
    STAFF,
    kind,
    login,
    open_as,
    public_key,
    role_of,
    staffed,
    user,
)

from officeops.access.actions import admit, remove
from officeops.access.identity import Who
from officeops.access.role_actions import grant, make_role, revoke
from officeops.access.roles import BUILT_IN, LEVELS, known, patterns_of, reach, reaches
from officeops.access.ssh_keys import by_fingerprint, fingerprint
from officeops.history.undo import undo
from officeops.model.errors import Forbidden, NotFound, Refused
from officeops.office.crud import add_record, edit_record
from officeops.ssh.mail_recipients import recipient_findings, strangers

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


# -- people and roles -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "",
        "A",
        "Ann",
        "-x",
        "1a",
        "a b",
        "a/b",
        "a\n",
        "ä",
        "a" * 33,
        "root",
        "cron",
        "work",
        "../x",
    ],
)
def test_a_login_is_a_plain_word(owner: Office, name: str) -> None:
    with pytest.raises(Refused, match="login"):
        admit(owner, name, ["clerk"])


def test_a_role_there_is_none_of_is_refused_and_nothing_is_kept(owner: Office) -> None:
    with pytest.raises(Refused, match="no role 'chief'"):
        admit(owner, "ann", ["clerk", "chief"])
    assert user(owner, "ann") is None


def test_a_removed_person_is_out_at_once_also_in_a_session_that_is_open(
    owner: Office, by: Callable[[str], Office]
) -> None:
    clerk = by("clerk")
    person = kind(owner, "staff.person")
    assert clerk.find(person, "Ada")
    owner.do(remove, user(owner, login("clerk")))
    for ask in (
        lambda: clerk.rows("SELECT name FROM staff_person"),
        lambda: list(clerk.all(person)),
        lambda: clerk.find(person, "Ada"),
        lambda: clerk.select(person, person.meta.list_fields),
        lambda: add_record(clerk, person, {"name": "Fay"}),
        clerk.due_items,
        clerk.twin,
    ):
        with pytest.raises(Forbidden, match="not a user"):
            ask()
    with pytest.raises(Forbidden, match="not a user"):
        open_as(owner, login("clerk"))


def test_who_comes_back_has_no_role_or_key_of_before(owner: Office) -> None:
    admit(owner, "ann", ["manager"], [public_key(1)])
    owner.do(remove, user(owner, "ann"))
    admit(owner, "ann", ["clerk"], again=True)
    assert open_as(owner, "ann").who.patterns == BUILT_IN["clerk"].patterns
    assert by_fingerprint(owner, fingerprint(public_key(1))) is None


def test_a_role_of_ones_own_reaches_what_it_is_given(owner: Office) -> None:
    make_role(owner, "desk", ["staff.person.*", "core.today.view"], "The front desk")
    admit(owner, "dot", ["desk"])
    dot, person = open_as(owner, "dot"), kind(owner, "staff.person")
    assert dot.may("staff.person.archive")
    assert not dot.may("staff.rise.add")
    assert not dot.may("core.history.view")
    edit_record(dot, dot.find(person, "Ada"), {"phone": "1"})
    owner.do(revoke, role_of(owner, "desk"), pattern="staff.person.*")
    with pytest.raises(Forbidden, match=r"staff\.person\.view"):
        dot.find(person, "Ada")
    owner.do(grant, role_of(owner, "desk"), pattern="read")
    assert dot.find(person, "Ada").phone == "1"


def test_a_role_takes_only_permissions_there_are(owner: Office) -> None:
    for pattern in (
        "",
        "*",
        ".*",
        "staff",
        "staff*",
        "staf.*",
        "core.user",
        "inventory.item.view",
        "read ",
        "READ",
    ):
        with pytest.raises(Refused, match="no permission"):
            make_role(owner, "odd", [pattern])
    for name in ("owner", "clerk", "work", "Desk", ""):
        with pytest.raises(Refused, match="not a name"):
            make_role(owner, name, [])


def test_every_built_in_role_reaches_what_its_level_says(owner: Office) -> None:
    for each in known(owner).values():
        assert reaches(("sensitive",), each.name, each.level)
        assert reaches(BUILT_IN["clerk"].patterns, each.name, each.level) == (
            each.level in {"read", "work"}
        )
        assert reaches(BUILT_IN["read-only"].patterns, each.name, each.level) == (
            each.level == "read"
        )
    clerk = {each.name for each in reach(owner, BUILT_IN["clerk"].patterns)}
    assert {
        "staff.person.view",
        "staff.person.add",
        "staff.person.call",
        "staff.staff-count.open",
    } <= clerk
    assert (
        not {
            "staff.person.raise",
            "staff.person.archive",
            "staff.rise.view",
            "hr.pay.view",
            "core.user.view",
        }
        & clerk
    )
    hr = {each.name for each in reach(owner, patterns_of(owner, "hr"))}
    assert {"hr.pay.view", "hr.pay.edit", "staff.person.view"} <= hr
    assert not {"staff.rise.view", "staff.person.edit", "core.admit"} & hr


def test_a_pattern_ends_at_a_dot() -> None:
    assert reaches(("hr.*",), "hr.pay.view", "sensitive")
    for name in ("hrx.pay.view", "hr", "xhr.pay"):
        assert not reaches(("hr.*",), name, "read")
    assert not reaches(("hr.pay",), "hr.pay.view", "read")


# -- deny by default --------------------------------------------------------------------------------


def test_what_nobody_declared_is_for_who_may_do_everything(
    owner: Office, by: Callable[[str], Office]
) -> None:
    for role in ("manager", "clerk", "hr", "read-only", "nobody"):
        office = by(role)
        assert not office.may("staff.person.levitate")
        assert not office.may("")
        with (
            pytest.raises(Forbidden, match=r"staff.person.levitate"),
            office.acting("staff.person.levitate"),
        ):
            pytest.fail("it began")
    assert by("owner").may("staff.person.levitate")
    assert owner.may("staff.person.levitate")


def test_a_plugin_of_one_file_fits_in_by_the_levels_of_what_it_declares(owner: Office) -> None:
    levels = {
        each.name: each.level
        for each in known(owner).values()
        if each.name.startswith(("staff.", "hr."))
    }
    assert levels["staff.person.view"] == "read"
    assert (
        levels["staff.person.add"]
        == levels["staff.person.call"]
        == levels["staff.staff-count.open"]
        == "work"
    )
    assert levels["staff.staff-list.open"] == levels["staff.person.view"]
    assert (
        levels["staff.person.raise"]
        == levels["staff.person.archive"]
        == levels["staff.person.import"]
        == "manage"
    )
    assert (
        levels["hr.pay.view"] == levels["hr.pay.edit"] == levels["staff.rise.view"] == "sensitive"
    )
    assert levels["staff.party.plan"] == "sensitive"
    # Only a kind of record with a scope has permissions for leads.
    assert {*levels.values(), "lead"} == set(LEVELS)


def test_a_plugin_that_declares_more_gives_nobody_more_who_had_it_not(
    office_factory: OfficeFactory,
) -> None:
    owner = staffed(office_factory)
    before = {
        role: {each.name for each in reach(owner, patterns_of(owner, role))} for role in ROLES
    }
    # Of another length: a file of the same size, written in the same second, is not compiled anew.
    more = STAFF.replace('"staff.party.plan"', '"staff.restore-everything"')
    again = office_factory(files={"staff": more})
    after = {role: {each.name for each in reach(again, patterns_of(again, role))} for role in ROLES}
    assert {role for role in ROLES if after[role] - before[role]} == {"owner"}


def test_a_plugin_that_declares_a_permission_of_the_core_is_refused_whole(
    office_factory: OfficeFactory,
) -> None:
    staffed(office_factory)
    lower = STAFF.replace(
        "Permission(", 'Permission("core.user.grant-role", "All.", "read"), Permission(', 1
    )
    assert lower != STAFF
    again = office_factory(files={"staff": lower})
    assert "staff" in {trouble.plugin for trouble in again.plugins.troubles}
    for role in ("clerk", "read-only"):
        reached = {permission.name for permission in reach(again, patterns_of(again, role))}
        assert "core.user.grant-role" not in reached


def test_guarded_fields_are_refused_one_by_one(owner: Office, by: Callable[[str], Office]) -> None:
    clerk, person = by("clerk"), kind(owner, "staff.person")
    with pytest.raises(Forbidden, match=r"hr\.pay\.edit"):
        add_record(clerk, person, {"name": "Fay", "pay": 5})
    for value in (5, None):
        with pytest.raises(Forbidden, match=r"hr\.pay\.edit"):
            edit_record(clerk, clerk.find(person, "Ada"), {"pay": value})
    assert add_record(clerk, person, {"name": "Fay"}).pay is None


# -- an office that needs none of it ----------------------------------------------------------------


def test_an_office_without_users_lets_whoever_opens_it_do_everything(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory(files={"staff": STAFF})
    person = kind(office, "staff.person")
    made = add_record(office, person, {"name": "Ada", "pay": 5})
    edit_record(office, made, {"pay": 6})
    assert office.who.everything
    assert office.find(person, "Ada").pay == 6
    assert undo(office)
    assert office.authorizer.guard is None


def test_the_files_owner_does_everything_also_once_there_are_users(owner: Office) -> None:
    assert owner.who.everything
    assert owner.who.name == "tester"
    assert owner.authorizer.guard is None
    assert all(owner.may(each) for each in known(owner))
    assert owner.rows("SELECT pay FROM staff_person")


def test_another_login_that_may_read_the_file_is_nobody_until_let_in(
    owner: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    from officeops.office.office import Office as Opened

    other = Opened(owner.path, owner.plugins, owner.machine, actor="mallory")
    person = kind(owner, "staff.person")
    with pytest.raises(
        Forbidden, match=r"mallory, who is not a user of this office, may not .*staff\.person\.view"
    ):
        other.find(person, "Ada")
    with pytest.raises(Forbidden, match="not a user"):
        other.rows("SELECT name FROM staff_person")
    known_here = Opened(owner.path, owner.plugins, owner.machine, actor=login("clerk"))
    with pytest.raises(Forbidden, match="may not see pay of people"):
        int(known_here.find(person, "Ada").pay)
    assert not known_here.may("staff.person.archive")


def test_a_role_that_was_put_away_reaches_nothing(owner: Office) -> None:
    make_role(owner, "gone", ["work"])
    admit(owner, "gus", ["gone"])
    with owner.acting("core.role.remove"):
        owner.archive(role_of(owner, "gone"))
    assert open_as(owner, "gus").who.patterns == ()
    with pytest.raises(NotFound):
        patterns_of(owner, "gone")


def test_reaching_a_pattern_means_all_it_may_ever_come_to_be() -> None:
    manager = Who("meg", BUILT_IN["manager"].patterns)
    assert manager.reaches_pattern("work")
    assert manager.reaches_pattern("core.user.*")
    assert not manager.reaches_pattern("sensitive")
    assert not manager.reaches_pattern("inventory.*")
    assert not manager.reaches_pattern("core.*")
    assert Who("own", ("sensitive",)).reaches_pattern("anything.*")
    assert Who("root", everything=True).reaches_pattern("sensitive")
    assert not Who("none").reaches_pattern("read")
    assert Who("hr", ("hr.*",)).reaches_pattern("hr.pay.*")
    assert not Who("hr", ("hr.*",)).reaches_pattern("hrx.*")


def test_who_is_mailed_but_is_no_user_is_told(cli: Cli, office: Office) -> None:
    """The line of cron for a login that nobody has would be refused each morning."""
    assert cli("access", "add", "ann", "--role", "clerk").code == 0
    before = sorted(Path(office.path).parent.iterdir())
    assert strangers(office.path, ["ann", "zed"]) == ["zed"]
    assert strangers(f"{office.path}-nowhere", ["ann"]) is None
    assert sorted(Path(office.path).parent.iterdir()) == before
    (finding,) = recipient_findings(office.path, ["zed"])
    assert "zed" in finding.what
