"""Sealed fields show nowhere until somebody asks, which is recorded; who may, on the screen and in the history."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.history.change_words import ChangeWords
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Conflict, Forbidden, Refused, UsageProblem
from officeops.model.sealed_value import MASK, Sealed
from officeops.office.crud import archive_record, edit_record, unarchive_record
from officeops.office.office import Office
from officeops.sealing.key_rotation import rotate
from officeops.sealing.keyring import Ring
from officeops.tui.testing import Terminal
from officeops.values.convert import show

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

from tests.sealing.staff import OTHER, PAY, SSN, everywhere, hire, person_of, said, tells

# -- written and read ------------------------------------------------------------------------------


def test_what_is_written_is_nowhere_in_plaintext(staff: Office, cli: Cli, tmp_path: Path) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    edit_record(staff, ann, {"ssn": OTHER})
    told = [
        cli("person", "add", "--name", "Bob", "--ssn", SSN, "--pay", "48123.45"),
        cli("person", "edit", "Bob", "--pay", "48,123.45x"),
        cli("person", "add", "--name", "Cid", "--ssn", "078 051120"),
        cli("person", "raise-pay", "Ann", "--to", "48123.45", "--json"),
        cli("person", "list", "--json"),
        cli("person", "list", "--csv"),
        cli("person", "list", "--columns", "name,ssn,pay"),
        cli("person", "show", "Ann"),
        cli("person", "show", "Ann", "--json"),
        cli("person", "export", str(tmp_path / "out.csv")),
        cli("person", "export", str(tmp_path / "out.json")),
        cli("person", "export", str(tmp_path / "out.xlsx")),
        cli("person", "export", "-"),
        cli("person", "history", "Ann", "--json"),
        cli("person", "history"),
        cli("search", "219-09"),
        cli("history", "--json"),
        cli("backup", "--to", str(tmp_path / "backups")),
        cli("selfcheck", "--json"),
        cli("history", "verify"),
        cli("undo"),
        cli("history", "--csv"),
    ]
    assert [each.code for each in told] == [0, 2, 1, *[0] * 19]
    assert not any(tells(each) for each in told)
    assert MASK in told[4].out
    assert (tmp_path / "office.db-wal").stat().st_size
    assert not tells(everywhere(staff))
    assert b"v1." in everywhere(staff)
    secret = Ring(f"{staff.path}.seal").keys[0].secret
    assert secret.hex().encode() not in everywhere(staff)
    assert secret not in everywhere(staff)


def test_a_read_record_shows_nothing(staff: Office) -> None:
    ann = staff.get(person_of(staff), hire(staff, ssn=SSN, pay=PAY).id)
    assert isinstance(ann.ssn, Sealed)
    assert {str(ann.ssn), repr(ann.ssn), f"{ann.ssn:>4}", f"{ann.pay}"} == {MASK}
    assert not tells(repr(ann.__dict__))
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, PAY)
    blank = hire(staff, "Bob")
    assert blank.ssn is None
    assert staff.open(blank, "ssn") is None
    with pytest.raises(UsageProblem, match="sealed are: ssn, pay"):
        said(staff, ann, "name")


def test_before_it_is_sealed_it_shows_as_little(staff: Office) -> None:
    new = person_of(staff)(name="Ann", ssn=SSN, pay=PAY)
    assert not tells(repr(new.__dict__))
    assert staff.open(new, "ssn") == SSN
    with pytest.raises(TypeError), staff.acting("test"):
        staff.store.db.execute(
            "INSERT INTO staff_person (name, ssn) VALUES ('Ann', ?)", (new.ssn.kept,)
        )


def test_no_sql_gets_plaintext_in(staff: Office) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"), staff.acting("test"):
        staff.store.db.execute("INSERT INTO staff_person (name, ssn) VALUES ('Ann', ?)", (SSN,))


def test_rows_written_at_once_are_sealed_each_for_its_own_record(staff: Office) -> None:
    person = person_of(staff)
    with staff.acting("test"):
        ids = staff.add_many(
            person, [{"name": f"P{n}", "ssn": f"219-09-999{n}", "pay": PAY + n} for n in range(3)]
        )
    for n, each in enumerate(staff.some(person, ids)):
        assert (staff.open(each, "ssn"), staff.open(each, "pay")) == (f"219-09-999{n}", PAY + n)
    assert not tells(everywhere(staff))


def test_a_refused_write_leaves_the_record_as_it_was_typed(staff: Office) -> None:
    hire(staff, ssn=SSN)
    new = person_of(staff)(name="Bob", ssn=SSN)
    with pytest.raises(Refused, match="ssn: is taken by another person"), staff.acting("test"):
        staff.add(new)
    assert (new.id, staff.open(new, "ssn")) == (0, SSN)


def test_a_taken_name_is_refused_beside_a_typed_sealed_value(staff: Office) -> None:
    hire(staff, ssn=SSN)
    with pytest.raises(Refused, match="'Ann' is taken by another person"):
        hire(staff, ssn=OTHER)


def test_a_sealed_value_is_not_copied_to_another_record(staff: Office) -> None:
    ann = hire(staff, pay=PAY)
    with pytest.raises(Refused, match="sealed for its own record"):
        hire(staff, "Bob", pay=ann.pay)


@pytest.mark.parametrize(
    "typed", ["219-09-9999", "219099999", " 219 09 9999 ", "219\u201309\u20139999"]
)
def test_a_value_is_found_and_kept_unique_however_it_is_typed(staff: Office, typed: str) -> None:
    ann = hire(staff, ssn=SSN)
    person = person_of(staff)
    name = [person.meta.by_name["name"]]
    assert staff.select(person, name, Query(f'ssn="{typed}"')) == [(ann.id, "Ann")]
    assert staff.select(person, name, Query(f'-ssn="{typed}"')) == []
    assert staff.select(person, name, Query("ssn!=")) == [(ann.id, "Ann")]
    with pytest.raises(Refused, match="is taken"):
        hire(staff, "Bob", ssn=typed)
    archive_record(staff, ann)
    hire(staff, "Bob", ssn=typed)
    with pytest.raises(Refused, match="is taken"):
        unarchive_record(staff, ann)


@pytest.mark.parametrize("where", ["ssn~219", "ssn<3", "pay=48123.45", "pay>1"])
def test_nothing_else_is_asked_of_a_sealed_field(staff: Office, where: str) -> None:
    with pytest.raises(UsageProblem, match="is sealed"):
        staff.query(person_of(staff)).where(where)


def test_nothing_is_sorted_by_it_and_no_view_keeps_it(staff: Office, cli: Cli) -> None:
    assert cli("person", "list", "--sort", "ssn").code == 2
    done = cli("person", "list", "--where", f"ssn={SSN}", "--save-view", "mine")
    assert done.code != 0
    assert not tells(done)
    assert not tells(everywhere(staff))


def test_a_value_may_come_from_standard_input(staff: Office, cli: Cli) -> None:
    assert cli("person", "add", "--name", "Ann", "--ssn", "-", typed=f"{SSN}\n").code == 0
    assert staff.open(staff.find(person_of(staff), "Ann"), "ssn") == SSN
    assert cli("person", "edit", "Ann", "--ssn", "").code == 0
    assert staff.find(person_of(staff), "Ann").ssn is None


# -- reading it ------------------------------------------------------------------------------------


def test_whoever_has_it_shown_is_on_record(staff: Office, cli: Cli) -> None:
    hire(staff, ssn=SSN, pay=PAY)
    done = cli("person", "show", "Ann", "--reveal", "pay")
    assert "48123.45" in done.out
    assert "219-09" not in done.out
    assert cli("person", "show", "Ann", "--reveal", "ssn", "--json").json["ssn"] == SSN
    rows = staff.rows("SELECT verb, arguments, outcome FROM core_action ORDER BY id DESC LIMIT 2")
    assert rows[::-1] == [
        ("staff.person.pay.reveal", '{"of": ["staff.person:1"]}', None),
        ("staff.person.ssn.reveal", '{"of": ["staff.person:1"]}', None),
    ]
    told = cli("seal", "readings", "--record", "person:Ann", "--json").json
    assert [(each["field"], each["record"]) for each in told] == [
        ("staff.person.ssn", "staff.person:1"),
        ("staff.person.pay", "staff.person:1"),
    ]
    assert verify(staff) == []
    assert cli("person", "show", "Ann", "--reveal", "phone").code == 2


# -- who may ---------------------------------------------------------------------------------------


def test_what_may_not_be_seen_is_not_revealed_looked_up_or_changed(staff: Office) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    admit(staff, "cleo", ["clerk"])
    with Office(staff.path, staff.plugins, staff.machine, user="cleo") as clerk:
        theirs = clerk.get(person_of(clerk), ann.id)
        with pytest.raises(Forbidden, match=r"staff\.person\.ssn\.view"):
            clerk.reveal(theirs, "ssn")
        with pytest.raises(Forbidden):
            clerk.query(person_of(clerk)).where(f"ssn={SSN}")
        with pytest.raises(Forbidden):
            edit_record(clerk, theirs, {"pay": 1})
        edit_record(clerk, theirs, {"phone": "555"})
        with pytest.raises(Forbidden):
            rotate(clerk)
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, PAY)
    assert staff.value("SELECT count(*) FROM core_action WHERE verb LIKE '%reveal'") == 0


def test_one_field_s_permission_opens_that_field(staff: Office) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    make_role(staff, "payroll", ["work", "staff.person.pay.view", "staff.person.pay.edit"])
    admit(staff, "paul", ["payroll"])
    with Office(staff.path, staff.plugins, staff.machine, user="paul") as paul:
        theirs = paul.get(person_of(paul), ann.id)
        assert paul.reveal(theirs, "pay") == PAY
        edit_record(paul, theirs, {"pay": 7})
        with pytest.raises(Forbidden):
            paul.reveal(theirs, "ssn")
    assert staff.rows("SELECT actor FROM core_action WHERE verb = 'staff.person.pay.reveal'") == [
        ("paul",)
    ]
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, 7)
    assert verify(staff) == []


# -- on the screen ---------------------------------------------------------------------------------


def test_the_screen_masks_it_shows_it_once_when_asked_and_edits_it_unseen(staff: Office) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    with Terminal(staff) as terminal:
        terminal.press(":").type("person").press("enter")
        assert not tells(terminal.text)
        terminal.press("enter")
        assert terminal.line("Ssn").split() == ["Ssn", MASK]
        terminal.press(*["down"] * 2)
        assert terminal.current.split() == ["Pay", MASK]
        terminal.press("enter")
        assert not tells(terminal.text)
        terminal.press("y")
        assert terminal.prompt == "Pay: 48123.45"
        terminal.press("up")
        assert not tells(terminal.text)
        terminal.press("f2")
        assert not tells(terminal.text)
        terminal.press("escape", "e", *["tab"] * 3)
        assert "unchanged unless typed" in terminal.text
        terminal.type("77").press("ctrl+s")
        assert "saved" in terminal.prompt
        terminal.press("e", "tab").type("555").press("ctrl+s")
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, 7700)
    assert staff.get(type(ann), ann.id).phone == "555"
    verbs = [row[0] for row in staff.rows("SELECT verb FROM core_action ORDER BY id")][-3:]
    assert verbs == ["staff.person.pay.reveal", "staff.person.edit", "staff.person.edit"]


# -- history, undo, conflicts ----------------------------------------------------------------------


def test_history_tells_that_it_changed_and_undo_brings_it_back(staff: Office) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    edit_record(staff, ann, {"ssn": OTHER, "pay": 1})
    found = changes(staff, Asked(record=type(ann)))
    words = ChangeWords(staff, lambda field, value: show(field, value, staff.ways))
    assert [words.of(each) for each in found] == [
        "ssn changed, pay changed",
        f"added name Ann, ssn {MASK}, pay {MASK}",
    ]
    undo(staff)
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, PAY)
    assert staff.select(type(ann), [], Query(f"ssn={SSN}")) == [(ann.id,)]
    redo(staff)
    assert said(staff, ann, "ssn") == OTHER
    assert verify(staff) == []


def test_the_history_of_a_plugin_that_is_off_is_masked_too(staff: Office, cli: Cli) -> None:
    hire(staff, ssn=SSN)
    done = cli("history", "--json", env={"OFFICEOPS_PLUGINS": "vendors"})
    assert MASK in done.out
    assert "v1." not in done.out
    assert "i1." not in done.out


def test_a_conflict_shows_neither_side(staff: Office, cli: Cli) -> None:
    ann = hire(staff, pay=PAY)
    stale = staff.get(type(ann), ann.id)
    edit_record(staff, ann, {"pay": 5})
    with pytest.raises(Conflict) as clash:
        edit_record(staff, stale, {"pay": PAY})
    assert not tells(repr(clash.value.__dict__))
    done = cli("person", "edit", "Ann", "--pay", "48123.45", "--version", "1", "--json")
    assert done.json["conflict"]["pay"] == {"mine": MASK, "theirs": MASK, "base": MASK}
    assert not tells(done)
