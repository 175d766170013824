"""What leaves by the back door: words that tell what may not be seen, names that stand for somebody else, ids that are guessed."""

from __future__ import annotations

import io
import os
import pwd
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import REASONS, kind, login, open_as, staffed

from officeops.access.actions import admit, give_role, remove
from officeops.access.role_actions import make_role
from officeops.access.roles import known
from officeops.core.actions import hold
from officeops.core.registered import registered
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.history.undo import undo
from officeops.model.error_words import discreet, told, trace_of
from officeops.model.errors import Already, Forbidden, NotFound, OfficeError, PluginFault, Refused
from officeops.office.crud import add_record, edit_record
from officeops.office.office import Office
from officeops.plugins.manager import Plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """The office as its file's owner has it."""
    return staffed(office_factory)


@pytest.fixture
def clerk(owner: Office) -> Iterator[Office]:
    """The office as a clerk has it."""
    with open_as(owner, login("clerk")) as office:
        yield office


@pytest.fixture
def manager(owner: Office) -> Iterator[Office]:
    """The office as a manager has it."""
    with open_as(owner, login("manager")) as office:
        yield office


# -- request ids ------------------------------------------------------------------------------------


def test_a_request_id_tells_nobody_what_another_did_under_it_and_keeps_nobody_from_writing(
    owner: Office, clerk: Office
) -> None:
    ada = owner.find(kind(owner, "staff.person"), "Ada")
    raise_pay = next(
        each for _, each in owner.plugins.registered("actions") if each.name == "staff.person.raise"
    )
    owner.do(raise_pay, ada, amount=100, request="nightly-17")
    with pytest.raises(Already):
        owner.do(raise_pay, ada, amount=100, request="nightly-17")
    for act in (
        lambda: edit_record(clerk, clerk.get(type(ada), ada.id), {"phone": "1"}, "nightly-17"),
        lambda: undo(clerk, request="nightly-17"),
        lambda: edit_record(owner, owner.get(type(ada), ada.id), {"phone": "2"}, "nightly-17"),
    ):
        with pytest.raises(
            Refused, match="nightly-17 was given to something else before"
        ) as refused:
            act()
        assert "happier" not in str(refused.value)
    assert owner.get(type(ada), ada.id).phone == "555-0100"


def test_who_may_not_do_a_thing_is_told_so_whatever_its_request_id(owner: Office) -> None:
    edit_record(owner, owner.find(kind(owner, "staff.person"), "Ada"), {"phone": "1"}, "r1")
    with open_as(owner, login("nobody")) as office, pytest.raises(Forbidden):
        office.once("r1", "staff.person.edit", lambda _, __: True)


# -- roles and names --------------------------------------------------------------------------------


def test_a_permission_of_a_plugin_that_is_off_is_above_who_has_it_not(owner: Office) -> None:
    make_role(owner, "payroll", ["staff.rise.view"])
    without = Office(
        owner.path,
        Plugins([], owner.machine, core=registered),
        owner.machine,
        user=login("manager"),
    )
    with without:
        assert "staff.rise.view" not in known(without)
        for name in ("manager", "clerk"):
            person = without.first(kind(without, "core.user"), "login = ?", login(name))
            with pytest.raises(Refused, match="reaches further"):
                without.do(give_role, person, role="payroll")
        with pytest.raises(Refused, match="reaches further"):
            admit(without, "payer", ["payroll"])


def test_nobody_takes_the_name_of_who_owns_the_file(
    owner: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pwd, "getpwuid", lambda _: pwd.struct_passwd(("officeops", "x", 1, 1, "", "", ""))
    )
    with pytest.raises(Refused, match="owns the office's file"):
        admit(owner, "officeops", ["clerk"])


def test_a_login_is_one_person_who_may_come_back(owner: Office, cli: Cli) -> None:
    clerk = owner.first(kind(owner, "core.user"), "login = ?", login("clerk"))
    assert clerk is not None
    owner.do(remove, clerk)
    with pytest.raises(Refused, match="is a former user"):
        admit(owner, login("clerk"), ["clerk"])
    assert "with --again" in cli("access", "add", login("clerk"), "--role", "clerk").err
    assert cli("access", "add", login("clerk"), "--role", "clerk", "--again").code == 0
    assert [each.id for each in owner.all(type(clerk), "login = ?", login("clerk"))] == [clerk.id]


def test_what_a_name_reaches_is_told_of_the_role_or_of_the_person(owner: Office, cli: Cli) -> None:
    admit(owner, "clerk", ["owner"])
    assert "is a role and a person" in cli("access", "show", "clerk").err
    role, person = (
        len(cli("access", "show", "clerk", word).out.splitlines())
        for word in ("--role", "--person")
    )
    assert role < person
    assert "no role and no user 'nix'" in cli("access", "show", "nix").err


# -- words that tell --------------------------------------------------------------------------------


def test_an_import_tells_nothing_of_what_may_not_be_seen(manager: Office) -> None:
    rise = kind(manager, "staff.rise")
    file = f"person,reason,amount\nAda,{REASONS[0]},1\n".encode()
    with open_table(None, stream=io.BytesIO(file), name="t.csv") as table, pytest.raises(Forbidden):
        import_table(manager, rise, table, Options(key=("reason",), dry_run=True))


def test_a_legal_hold_names_nothing_that_may_not_be_seen(manager: Office) -> None:
    for word in (REASONS[0], "nope"):
        with pytest.raises(Forbidden):
            manager.do(hold, kind="rise", only=word, reason="x")


def test_taking_back_names_and_changes_nothing_that_may_not_be_seen(
    owner: Office, manager: Office
) -> None:
    rise = add_record(
        owner, kind(owner, "staff.rise"), {"person_id": 1, "reason": "quokka", "amount": 5}
    )
    number = owner.value("SELECT max(id) FROM core_action")
    with pytest.raises(Forbidden) as refused:
        undo(manager, number)
    assert "quokka" not in str(refused.value)
    assert owner.get(type(rise), rise.id).archived_at is None


def test_code_of_an_action_adds_no_value_its_person_may_not_set(clerk: Office) -> None:
    person = kind(clerk, "staff.person")
    for write in (
        lambda: clerk.add(person(name="Fay", pay=1)),
        lambda: clerk.add_many(person, [{"name": "Gil", "pay": 1}]),
    ):
        with pytest.raises(Forbidden), clerk.acting("staff.person.add"):
            write()
    with clerk.acting("staff.person.add"):
        assert clerk.add(person(name="Hal")).id
        assert clerk.add_many(person, [{"name": "Ida", "phone": "1"}])


def test_the_permission_of_a_guard_names_the_fields_behind_it(owner: Office) -> None:
    assert known(owner)["hr.pay.view"].help == "See the pay of people."


# -- errors of code nobody expected -----------------------------------------------------------------


def test_of_an_unexpected_error_no_more_than_its_kind_is_told_once_something_was_opened() -> None:
    error = ValueError("078-05-1120")
    try:
        raise error
    except ValueError:
        pass
    assert told(error) == "ValueError: 078-05-1120"
    assert "078-05-1120" in trace_of(error)
    discreet()
    assert told(error) == "ValueError"
    assert "078-05-1120" not in trace_of(error)
    assert __file__ in trace_of(error)
    assert told(NotFound("There is no item 'x'.")) == "There is no item 'x'."


def test_a_fault_of_a_plugin_tells_a_clerk_nothing_of_what_it_worked_with(
    owner: Office, clerk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = next(
        each for _, each in clerk.plugins.registered("actions") if each.name == "staff.person.call"
    )

    def fail(*_: object, **__: object) -> str:
        raise ValueError(REASONS[0])

    monkeypatch.setattr(call, "run", fail)
    with pytest.raises(PluginFault) as raised:
        clerk.do(call, clerk.get(kind(clerk, "staff.person"), 1), phone="1")
    assert (
        told(raised.value) == "The plugin staff failed in the action staff.person.call (ValueError)"
    )
    owner.plugins.note("staff", "due", told(OfficeError("a sentence")))
    assert str(owner.plugins.troubles[-1]) == "staff: due: a sentence"


def test_words_beside_a_request_for_completions_are_run_not_completed(owner: Office) -> None:
    environment = {
        **os.environ,
        "_OFFICEOPS_COMPLETE": "bash_source",
        "COMP_WORDS": "officeops ",
        "COMP_CWORD": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "officeops", "--db", owner.path, "location", "list"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0
    assert "COMP" not in ran.stdout
    asked = subprocess.run(
        [sys.executable, "-m", "officeops"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert "COMP_WORDS" in asked.stdout
