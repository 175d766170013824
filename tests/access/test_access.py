"""Who may do what: people, their keys and roles, and that nobody hands out more than they have."""

from __future__ import annotations

import base64
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import ROLES, STAFF, kind, login, open_as, staffed

from officeops.access.actions import (
    add_key,
    admit,
    give_role,
    grant,
    make_role,
    remove,
    remove_key,
    revoke,
    take_role,
)
from officeops.access.identity import Who
from officeops.access.roles import BUILT_IN, LEVELS, known, patterns_of, reach, reaches
from officeops.access.ssh_keys import by_fingerprint, fingerprint, read_public_key
from officeops.history.undo import redo, undo
from officeops.model.errors import Forbidden, NotFound, OfficeError, Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.ssh.mail_recipients import recipient_findings, strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """The office as its file's owner has it."""
    return staffed(office_factory)


@pytest.fixture
def by(owner: Office) -> Iterator[Callable[[str], Office]]:
    """Open the office as whoever has a role."""
    opened: list[Office] = []

    def as_one(role: str) -> Office:
        opened.append(open_as(owner, login(role)))
        return opened[-1]

    yield as_one
    for each in opened:
        each.close()


def user(office: Office, name: str) -> Any:  # noqa: ANN401 - a record of access
    """Return a user by login, as the office has them now."""
    return office.first(kind(office, "core.user"), "login = ?", name)


def role_of(office: Office, name: str) -> Any:  # noqa: ANN401 - likewise
    """Return a role of the office's own."""
    return office.first(kind(office, "core.role"), "name = ?", name)


def public_key(number: int, kind: str = "ssh-ed25519", *, size: int = 32, said: str = "") -> str:
    """Return a line such as a .pub file has, of a key that nobody has the other half of."""
    name = kind.encode()
    wire = (
        len(name).to_bytes(4, "big") + name + size.to_bytes(4, "big") + number.to_bytes(size, "big")
    )
    return f"{said or kind} {base64.b64encode(wire).decode()} somebody@somewhere"


def rsa(bits: int) -> str:
    """Return a line such as a .pub file has, of an RSA key."""
    number = (1 << (bits - 1)).to_bytes(bits // 8 + 1, "big")
    parts = (b"ssh-rsa", b"\1\0\1", number)
    wire = b"".join(len(each).to_bytes(4, "big") + each for each in parts)
    return f"ssh-rsa {base64.b64encode(wire).decode()} old@laptop"


# -- keys -------------------------------------------------------------------------------------------


def test_a_public_key_is_kept_by_its_fingerprint(owner: Office) -> None:
    ann = admit(owner, "ann", ["clerk"], [public_key(1)])
    (key,) = owner.all(kind(owner, "core.ssh-key"))
    assert key.fingerprint == fingerprint(public_key(1))
    assert key.fingerprint.startswith("SHA256:")
    assert key.comment == "somebody@somewhere"
    assert by_fingerprint(owner, key.fingerprint) == ann
    assert by_fingerprint(owner, "SHA256:other") is None
    owner.do(remove_key, key)
    assert by_fingerprint(owner, key.fingerprint) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----",
            "private key",
        ),
        (f'command="sh" {public_key(1)}', "no kind of key"),
        (f"restrict,pty {public_key(1)}", "no kind of key"),
        (f"{public_key(1)}\n{public_key(2)}", "2 lines"),
        ("", "0 lines"),
        ("# only a comment", "0 lines"),
        (public_key(1, "ssh-dss"), "no kind of key"),
        (rsa(2048), "3072 bits"),
        (public_key(1, "ssh-ed25519-cert-v01@openssh.com"), "no kind of key"),
        (public_key(1, "ssh-rsa", said="ssh-ed25519"), "not those of such a key"),
        ("ssh-ed25519 nonsense!", "not those of a key"),
        ("ssh-ed25519 AAAA", "not those of such a key"),
        ("ssh-ed25519", "not those of such a key"),
        ("ssh-ed25519 \udcff\udcff", "not those of a key"),
        (f"ssh-ed25519 {base64.b64encode(b'short').decode()}", "not those of such a key"),
        ("x" * 100_000, "no kind of key"),
    ],
)
def test_what_is_no_public_key_is_refused_with_a_sentence(
    owner: Office, text: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        admit(owner, "ann", ["clerk"], [text])
    assert user(owner, "ann") is None


@pytest.mark.parametrize("size", [0, 1, 31, 33, 64])
def test_a_key_of_the_wrong_length_is_refused(size: int) -> None:
    with pytest.raises(Refused):
        read_public_key(public_key(0, size=size))


def test_an_rsa_key_long_enough_is_taken() -> None:
    assert read_public_key(rsa(3072))[1] == "old@laptop"


def test_what_stands_behind_a_key_cannot_become_a_line_of_its_own() -> None:
    _, comment = read_public_key(public_key(1).replace("somebody", 'x"\tcommand=\x1b[2J,'))
    assert '"' not in comment
    assert "\x1b" not in comment
    assert "\t" not in comment


def test_one_key_is_one_person(owner: Office) -> None:
    admit(owner, "ann", ["clerk"], [public_key(1)])
    with pytest.raises(Refused, match="ann's already"):
        admit(owner, "bob", ["clerk"], [public_key(1)])
    admit(owner, "ann", [], [public_key(1)])  # said twice is no error
    assert len(list(owner.all(kind(owner, "core.ssh-key")))) == 1


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
        with pytest.raises((Forbidden, sqlite3.DatabaseError), match=r"not a user|prohibited"):
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
    assert set(levels.values()) == set(LEVELS)


def test_a_plugin_that_declares_more_gives_nobody_more_who_had_it_not(
    office_factory: OfficeFactory,
) -> None:
    owner = staffed(office_factory)
    before = {
        role: {each.name for each in reach(owner, patterns_of(owner, role))} for role in ROLES
    }
    # Of another length: a file of the same size, written in the same second, is not compiled anew.
    more = STAFF.replace('"staff.party.plan"', '"core.restore-everything"')
    again = office_factory(files={"staff": more})
    after = {role: {each.name for each in reach(again, patterns_of(again, role))} for role in ROLES}
    assert {role for role in ROLES if after[role] - before[role]} == {"owner"}


def test_guarded_fields_are_refused_one_by_one(owner: Office, by: Callable[[str], Office]) -> None:
    clerk, person = by("clerk"), kind(owner, "staff.person")
    with pytest.raises(Forbidden, match=r"hr\.pay\.edit"):
        add_record(clerk, person, {"name": "Fay", "pay": 5})
    for value in (5, None):
        with pytest.raises(Forbidden, match=r"hr\.pay\.edit"):
            edit_record(clerk, clerk.find(person, "Ada"), {"pay": value})
    assert add_record(clerk, person, {"name": "Fay"}).pay is None


# -- nobody hands out more than they have -----------------------------------------------------------


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


# -- undo -------------------------------------------------------------------------------------------


def test_taking_back_needs_the_permission_of_what_was_done(
    owner: Office, by: Callable[[str], Office]
) -> None:
    person = kind(owner, "staff.person")
    archive_record(owner, owner.find(person, "Eve"))
    number = owner.value("SELECT max(id) FROM core_action")
    for role in ("clerk", "hr", "read-only", "nobody"):
        with pytest.raises(Forbidden):
            undo(by(role), number)
    undo(by("manager"), number)
    assert owner.find(person, "Eve").archived_at is None


def test_others_actions_are_taken_back_by_who_may_do_that(
    owner: Office, by: Callable[[str], Office]
) -> None:
    person = kind(owner, "staff.person")
    clerk = by("clerk")
    edit_record(clerk, clerk.find(person, "Ada"), {"phone": "1"})
    number = owner.value("SELECT max(id) FROM core_action")
    admit(owner, "cal", ["clerk"])
    with pytest.raises(Forbidden, match=r"core.undo-others"):
        undo(open_as(owner, "cal"), number)
    undo(clerk)
    redo(clerk)
    assert owner.find(person, "Ada").phone == "1"
    undo(by("manager"), number)
    assert owner.find(person, "Ada").phone != "1"


def test_a_change_of_pay_is_taken_back_by_who_may_change_pay(
    owner: Office, by: Callable[[str], Office]
) -> None:
    person = kind(owner, "staff.person")
    edit_record(owner, owner.find(person, "Ada"), {"pay": 5, "phone": "2"})
    number = owner.value("SELECT max(id) FROM core_action")
    with pytest.raises(Forbidden, match=r"hr\.pay\.edit"):
        undo(by("manager"), number)
    assert owner.find(person, "Ada").pay == 5


def test_what_one_may_no_longer_do_is_not_taken_back_either(owner: Office) -> None:
    admit(owner, "cal", ["clerk", "read-only"])
    cal, person = open_as(owner, "cal"), kind(owner, "staff.person")
    edit_record(cal, cal.find(person, "Ada"), {"phone": "1"})
    owner.do(take_role, user(owner, "cal"), role="clerk")
    with pytest.raises(Forbidden):
        undo(cal)


def test_what_one_took_back_is_done_again_only_while_one_may_do_it(owner: Office) -> None:
    admit(owner, "max", ["manager", "clerk"])
    boss, person = open_as(owner, "max"), kind(owner, "staff.person")
    archive_record(boss, boss.find(person, "Eve"))
    undo(boss)
    owner.do(take_role, user(owner, "max"), role="manager")
    with pytest.raises(Forbidden, match=r"staff\.person\.archive"):
        redo(boss)
    assert owner.find(person, "Eve").archived_at is None


def test_access_one_took_back_is_given_again_only_while_one_may_do_everything(
    owner: Office,
) -> None:
    admit(owner, "own", ["owner", "manager"])
    own = open_as(owner, "own")
    admit(own, "pal", ["owner"])
    undo(own)
    owner.do(take_role, user(owner, "own"), role="owner")
    with pytest.raises(Forbidden):
        redo(own)
    assert user(owner, "pal") is None


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
    with pytest.raises(sqlite3.DatabaseError):
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
