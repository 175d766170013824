"""Nobody hands out more than they have, by no way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import (
    kind,
    login,
    open_as,
    public_key,
    role_of,
    user,
)

from officeops.access.actions import add_key, admit, give_role, remove, remove_key, take_role
from officeops.access.role_actions import grant, make_role, revoke
from officeops.access.roles import patterns_of
from officeops.history.undo import redo, undo
from officeops.model.errors import Forbidden, OfficeError, Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def _manager(owner: Office) -> Office:
    admit(owner, "meg", ["manager"], [public_key(7)])
    return open_as(owner, "meg")


def _rights(office: Office) -> list[str]:
    """Return all that is kept of access, to be compared."""
    tables = ("core_user", "core_membership", "core_ssh_key", "core_role", "core_grant")
    return [str(office.rows(f"SELECT * FROM {table} ORDER BY id")) for table in tables]


@pytest.mark.parametrize("role", ["owner", "hr", "fixer", "star", "all-staff"])
def test_nobody_gives_a_role_above_their_own(owner: Office, role: str) -> None:
    make_role(owner, "fixer", ["core.restore"])
    make_role(owner, "star", ["staff.*"])  # may come to be sensitive
    make_role(owner, "all-staff", ["work", "hr.*"])
    meg = _manager(owner)
    admit(meg, "eve", ["clerk"])
    before = _rights(owner)
    for attempt in (
        lambda: admit(meg, "new", [role]),
        lambda: admit(meg, "eve", [role]),
        lambda: admit(meg, "meg", [role]),
        lambda: meg.do(give_role, user(meg, "eve"), role=role),
        lambda: meg.do(give_role, user(meg, "meg"), role=role),
    ):
        with pytest.raises(Refused, match="further than your own"):
            attempt()
    assert _rights(owner) == before


def test_a_manager_lets_people_in_and_out_up_to_managers(owner: Office) -> None:
    meg = _manager(owner)
    for role in ("manager", "clerk", "read-only", "nobody"):
        admit(meg, f"a-{role}", [role], [public_key(100 + len(role))])
        meg.do(take_role, user(meg, f"a-{role}"), role=role)
        meg.do(give_role, user(meg, f"a-{role}"), role="read-only")
        meg.do(remove, user(meg, f"a-{role}"))


def test_nobody_touches_who_reaches_further(owner: Office) -> None:
    meg = _manager(owner)
    admit(owner, "own", ["owner"], [public_key(9)])
    (key,) = (
        each
        for each in owner.all(kind(owner, "core.ssh-key"))
        if each.user_id == user(owner, "own").id
    )
    before = _rights(owner)
    for attempt in (
        lambda: admit(meg, "own", [], [public_key(8)]),
        lambda: admit(meg, "own", ["clerk"]),
        lambda: meg.do(add_key, user(meg, "own"), public=public_key(8)),
        lambda: meg.do(take_role, user(meg, "own"), role="owner"),
        lambda: meg.do(give_role, user(meg, "own"), role="clerk"),
        lambda: meg.do(remove, user(meg, "own")),
        lambda: meg.do(remove_key, meg.get(type(key), key.id)),
        lambda: meg.do(add_key, user(meg, login("hr")), public=public_key(8)),
    ):
        with pytest.raises(Refused, match="further than your own"):
            attempt()
    assert _rights(owner) == before


@pytest.fixture
def fixer(owner: Office) -> Office:
    """Somebody who may shape roles and people, and reaches little beside."""
    make_role(owner, "fix", ["work", "core.user.*", "core.role.*", "core.admit", "core.access.role", "core.ssh-key.*"])  # fmt: skip
    admit(owner, "fox", ["fix"])
    return open_as(owner, "fox")


@pytest.mark.parametrize(
    "pattern",
    ["sensitive", "manage", "core.*", "hr.*", "staff.*", "inventory.*", "core.restore", "hr.pay.view", "core.undo-others"],
)  # fmt: skip
def test_nobody_makes_a_role_above_their_own(owner: Office, fixer: Office, pattern: str) -> None:
    make_role(fixer, "mine", ["work"])
    admit(fixer, "pet", ["mine"])
    before = _rights(owner)
    for attempt in (
        lambda: make_role(fixer, "worse", [pattern]),
        lambda: make_role(fixer, "worse", ["read", pattern]),
        lambda: fixer.do(grant, role_of(fixer, "mine"), pattern=pattern),
        lambda: fixer.do(grant, role_of(fixer, "fix"), pattern=pattern),
    ):
        with pytest.raises(Refused):
            attempt()
    assert _rights(owner) == before


def test_a_role_above_ones_own_is_not_made_less_either(owner: Office, fixer: Office) -> None:
    make_role(owner, "high", ["manage", "core.today.view"])
    with pytest.raises(Refused, match="further than your own"):
        fixer.do(revoke, role_of(fixer, "high"), pattern="core.today.view")
    assert patterns_of(owner, "high") == ("manage", "core.today.view")


def test_one_can_only_grant_within_a_prefix_one_has_whole(fixer: Office) -> None:
    make_role(
        fixer, "ok", ["core.user.*", "core.user.give-role", "work", "read", "staff.person.call"]
    )
    with pytest.raises(Refused, match="further than your own"):
        make_role(fixer, "bad", ["core.access.*"])


def test_who_is_put_in_a_role_does_not_rise_with_it_by_their_own_hand(fixer: Office) -> None:
    with pytest.raises(Refused):
        fixer.do(give_role, user(fixer, "fox"), role="owner")
    with pytest.raises(Refused):
        fixer.do(grant, role_of(fixer, "fix"), pattern="sensitive")
    assert not fixer.may("core.restore")


@pytest.mark.parametrize(
    "key", ["core.user", "core.membership", "core.ssh-key", "core.role", "core.grant"]
)
def test_access_is_not_written_by_the_verbs_every_record_has(owner: Office, key: str) -> None:
    admit(owner, "ann", ["clerk"], [public_key(5)])
    make_role(owner, "desk", ["read"])
    each = kind(owner, key)
    for office in (_manager(owner), owner):
        before = _rights(owner)
        held = next(owner.all(each))
        with pytest.raises(OfficeError):
            add_record(office, each, {f.name: "owner" for f in each.meta.fields})
        with pytest.raises(OfficeError):
            edit_record(office, held, {})
        with pytest.raises(OfficeError):
            archive_record(office, held)
        with pytest.raises(OfficeError):
            unarchive_record(office, held)
        assert _rights(owner) == before


def test_access_is_not_imported(owner: Office, cli: Cli) -> None:
    before = _rights(owner)
    for noun in ("user", "role", "ssh-key"):
        ran = cli(
            noun,
            "import",
            "-",
            typed="login,role,name\nann,owner,ann\n",
            env={"OFFICEOPS_PLUGINS": "staff"},
        )
        assert ran.code == 2
        assert "import" in ran.err
    assert _rights(owner) == before


def test_what_was_done_to_access_is_taken_back_by_who_may_alone(owner: Office) -> None:
    meg = _manager(owner)
    admit(meg, "eve", ["clerk"])
    with pytest.raises(Forbidden, match=r"core.undo-access"):
        undo(meg)
    owner.do(take_role, user(owner, "meg"), role="manager")
    number = owner.value("SELECT max(id) FROM core_action")
    admit(owner, "max", ["manager"])
    with pytest.raises(Forbidden, match="core"):
        undo(open_as(owner, "max"), number)
    assert open_as(owner, "meg").who.patterns == ()
    undo(owner, number)
    assert open_as(owner, "meg").who.patterns
    with pytest.raises(OfficeError):
        redo(open_as(owner, "max"))


def test_a_fixer_does_not_rise_by_taking_back(owner: Office) -> None:
    # Who may take access back, but reaches little beside, does not get back a role that was taken from them.
    make_role(
        owner,
        "undoer",
        ["work", "core.user.*", "core.admit", "core.undo-access", "core.undo-others"],
    )
    admit(owner, "una", ["undoer", "owner"])
    owner.do(take_role, user(owner, "una"), role="owner")
    number = owner.value("SELECT max(id) FROM core_action")
    una = open_as(owner, "una")
    with pytest.raises(Forbidden, match="who may do everything"):
        undo(una, number)
    assert not una.may("core.restore")
