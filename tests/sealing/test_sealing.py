"""Sealed fields: what lies in the file is of no use without the key, and shows nowhere unless somebody asks, on record."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segments
from tests.cli.test_cli_light import modules_of
from tests.history.history_tools import raw

from officeops.access.actions import admit, make_role
from officeops.authoring.check import problems
from officeops.history.entry import summary
from officeops.history.log import Asked, changes
from officeops.history.undo import redo, undo
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Broken, Conflict, Forbidden, PluginFault, Refused, UsageProblem
from officeops.model.fields import field
from officeops.model.records import Record
from officeops.model.sealed_value import GONE, MASK, Sealed
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.office.office import Office
from officeops.sealing.key_rotation import rotate
from officeops.sealing.keyring import LENGTH, NoKey, Ring, SealKey
from officeops.sealing.recovery_sheet import recovered, sheet
from officeops.sealing.seal import Altered, Place, seal, unseal
from officeops.selfcheck.sealed_fields import sealed_findings
from officeops.store.migration import Migration
from officeops.store.missing_migrations import gaps
from officeops.tui.app import OfficeApp
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

#: Nothing of these may be found anywhere but behind the key: as typed, as kept, as looked up, as money is shown.
SSN, OTHER, PAY = "219-09-9999", "078-05-1120", 4_812_345
SECRETS = (b"219-09", b"219099", b"078-05", b"078051", b"4812345", b"48123.45", b"48,123")
MIGRATION = """
CREATE TABLE staff_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    phone TEXT,
    ssn TEXT CHECK (ssn GLOB 'v[1-9]*.????????.*'),
    pay TEXT CHECK (pay GLOB 'v[1-9]*.????????.*'),
    ssn_index TEXT
) STRICT;
CREATE UNIQUE INDEX staff_person_name ON staff_person(name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX staff_person_ssn_index ON staff_person(ssn_index) WHERE archived_at IS NULL AND ssn_index IS NOT NULL;
"""
PLUGIN = '''"""People of a test, and what nobody else is to know of them."""

from __future__ import annotations

from officeops import Migration, Office, Plugin, Record, action, field, hookimpl, param

PLUGIN = Plugin("staff", summary="People, for tests")


class Person(Record, key="staff.person", display="name"):
    """A person who works here."""

    name: str = field(unique=True, search=True)
    phone: str | None = field(default=None)
    ssn: str | None = field(default=None, sealed=True, lookup=True, unique=True)
    pay: int | None = field(kind="money", default=None, sealed=True)


MIGRATIONS = [Migration("0001_person", """
@SQL@""")]


@action("staff.person.raise-pay")
def raise_pay(office: Office, person: Person, to: int = param(kind="money", sealed=True)) -> Person:
    """Pay a person more."""
    return office.edit(person, pay=to)


@hookimpl
def records():
    return [Person]


@hookimpl
def migrations():
    return MIGRATIONS


@hookimpl
def actions():
    return [raise_pay]
'''.replace("@SQL@", MIGRATION)


@pytest.fixture
def staff(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with the plugin; commands find it too."""
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "staff")
    return office_factory(files={"staff": PLUGIN})


def said(office: Office, record: Any, name: str) -> Any:  # noqa: ANN401 - as below
    """What a sealed field says now."""
    return office.open(office.get(type(record), record.id), name)


def person_of(office: Office) -> Any:  # noqa: ANN401 - as below
    """The kind of record."""
    return office.record("person")


def hire(office: Office, name: str = "Ann", **values: Any) -> Any:  # noqa: ANN401 - a record that only the plugin of the test knows
    return add_record(office, person_of(office), {"name": name, **values})


def everywhere(office: Office) -> bytes:
    """Every byte the office has on disk, its keys left out."""
    folder = Path(office.path).parent
    names = [
        each
        for each in folder.rglob("*")
        if each.is_file() and each.suffix not in {".seal", ".key", ".py", ".pyc"}
    ]
    return b"".join(each.read_bytes() for each in names)


def tells(what: object) -> bool:
    """Whether anything of the secrets is in what was written or printed."""
    text = what if isinstance(what, bytes) else str(what).encode()
    return any(secret in text for secret in SECRETS)


# -- one value --------------------------------------------------------------------------------------

PLACE, KEY = Place("staff_person", 7, "ssn"), SealKey(1, bytes(range(LENGTH)))


@given(st.text(max_size=200), st.binary(min_size=LENGTH, max_size=LENGTH), st.integers(1, 2**62))
def test_any_text_is_sealed_and_opens(text: str, secret: bytes, number: int) -> None:
    text = text.encode(errors="replace").decode()
    key, place = SealKey(3, secret), Place("t", number, "f")
    token = seal(key, place, text)
    assert unseal(key, place, token) == text
    assert len(text) < 4 or text not in token
    assert seal(key, place, text) != token


@given(st.sampled_from(["table", "id", "field", "version", "key", "bit"]), st.data())
@settings(max_examples=300)
def test_in_any_other_place_with_any_other_key_or_altered_it_does_not_open(
    what: str, data: st.DataObject
) -> None:
    token = seal(KEY, PLACE, SSN)
    places = {
        "table": Place("staff_other", 7, "ssn"),
        "id": Place("staff_person", 8, "ssn"),
        "field": PLACE.replace(field="pay"),
    }
    keys = {"version": KEY.replace(version=2), "key": SealKey(1, bytes(LENGTH))}
    if what == "bit":
        at, bit = data.draw(st.integers(0, len(token) - 1)), data.draw(st.integers(0, 6))
        token = token[:at] + chr(ord(token[at]) ^ 1 << bit) + token[at + 1 :]
    if what in keys:  # also where the value says that it has that key
        token = token.replace(KEY.mark, keys[what].mark)
    with pytest.raises(Altered):
        unseal(keys.get(what, KEY), places.get(what, PLACE), token)


def test_every_flipped_bit_is_refused() -> None:
    token = seal(KEY, PLACE, SSN)
    for at in range(len(token)):
        for bit in range(7):
            flipped = token[:at] + chr(ord(token[at]) ^ 1 << bit) + token[at + 1 :]
            with pytest.raises(Altered):
                unseal(KEY, PLACE, flipped)


def test_lengths_say_little() -> None:
    assert len({len(seal(KEY, PLACE, "9" * n)) for n in range(16)}) == 1


# -- declared ---------------------------------------------------------------------------------------


def test_the_plugin_is_in_order_and_its_tables_are_as_declared(
    staff: Office, officeops_home: Path
) -> None:
    assert problems(str(officeops_home / "config/officeops/plugins/staff.py")) == []
    assert verify(staff) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"sealed": True, "unique": True}, "needs lookup"),
        ({"sealed": True, "search": True}, "search"),
        ({"lookup": True}, "lookup is for sealed"),
        ({"sealed": True, "default": "x"}, "no default but None"),
    ],
)
def test_what_cannot_be_sealed_is_refused_when_declared(words: dict[str, Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        type(
            "Bad",
            (Record,),
            {"__annotations__": {"name": "str", "x": "str"}, "x": field(**words)},
            key="bad.bad",
        )


def test_what_names_a_record_is_not_sealed() -> None:
    with pytest.raises(TypeError, match="does not name"):
        type(
            "Bad",
            (Record,),
            {"__annotations__": {"x": "str"}, "x": field(sealed=True)},
            key="bad.bad",
        )


# -- written and read -------------------------------------------------------------------------------


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


# -- reading it -------------------------------------------------------------------------------------


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


# -- who may ----------------------------------------------------------------------------------------


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


# -- on the screen ----------------------------------------------------------------------------------


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
        assert "unchanged unless typed" in terminal.prompt
        terminal.type("77").press("ctrl+s")
        assert "saved" in terminal.prompt
        terminal.press("e", "tab").type("555").press("ctrl+s")
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, 7700)
    assert staff.get(type(ann), ann.id).phone == "555"
    verbs = [row[0] for row in staff.rows("SELECT verb FROM core_action ORDER BY id")][-3:]
    assert verbs == ["staff.person.pay.reveal", "staff.person.edit", "staff.person.edit"]


# -- history, undo, conflicts -----------------------------------------------------------------------


def test_history_tells_that_it_changed_and_undo_brings_it_back(staff: Office) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    edit_record(staff, ann, {"ssn": OTHER, "pay": 1})
    found = changes(staff, Asked(record=type(ann)))
    assert [summary(each) for each in found] == [
        f"ssn {MASK} → {MASK}, pay {MASK} → {MASK}",
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


# -- moved, altered, lost ---------------------------------------------------------------------------


def test_a_value_brought_elsewhere_is_refused_by_name(staff: Office) -> None:
    ann, bob = hire(staff, ssn=SSN, pay=PAY), hire(staff, "Bob", pay=1)
    with raw(Path(staff.path)) as db:
        db.execute(
            "UPDATE staff_person SET pay = (SELECT pay FROM staff_person WHERE name = 'Ann') WHERE name = 'Bob'"
        )
        db.execute("UPDATE staff_person SET pay = ssn WHERE name = 'Ann'")
    with pytest.raises(Altered, match=r"Pay of person Bob \(#2\) does not open: it was altered"):
        said(staff, bob, "pay")
    with pytest.raises(Altered, match="Pay of person Ann"):
        staff.reveal(ann, "pay")
    assert said(staff, ann, "ssn") == SSN
    assert [each.severity for each in sealed_findings(staff)] == ["problem", "problem"]
    assert len(verify(staff)) == 2


def test_without_its_key_the_rest_of_the_office_works(
    staff: Office, cli: Cli, tmp_path: Path
) -> None:
    hire(staff, ssn=SSN, pay=PAY)
    os.rename(f"{staff.path}.seal", tmp_path / "away")
    assert "Pay    (sealed; its key is not here)" in cli("person", "show", "Ann").out
    assert cli("person", "list").code == 0
    assert cli("person", "edit", "Ann", "--phone", "555").code == 0
    assert cli("person", "add", "--name", "Bob").code == 0
    for words in (
        ["edit", "Ann", "--pay", "1"],
        ["add", "--name", "Cid", "--ssn", "1"],
        ["show", "Ann", "--reveal", "pay"],
    ):
        done = cli("person", *words)
        assert done.code == 1
        assert "officeops seal recover" in done.err
    assert not os.path.exists(f"{staff.path}.seal")
    os.rename(tmp_path / "away", f"{staff.path}.seal")
    assert cli("person", "edit", "Ann", "--pay", "1").code == 0


def test_a_stranger_s_key_seals_nothing(staff: Office) -> None:
    ann = hire(staff, ssn=SSN)
    os.unlink(f"{staff.path}.seal")
    staff.seals.ring.made()
    with pytest.raises(NoKey, match="Nothing was sealed: ssn of person #1 has the key v1"):
        edit_record(staff, ann, {"pay": 1})
    with pytest.raises(NoKey, match="is sealed with key v1"):
        said(staff, ann, "ssn")


def test_the_key_is_made_once_for_its_owner_alone(staff: Office, cli: Cli) -> None:
    assert not os.path.exists(f"{staff.path}.seal")
    hire(staff, ssn=SSN)
    assert os.stat(f"{staff.path}.seal").st_mode & 0o777 == 0o600
    first = Ring(f"{staff.path}.seal").keys
    again = Ring(f"{staff.path}.seal")
    again.made()
    assert again.keys == first
    os.chmod(f"{staff.path}.seal", 0o644)
    assert "the key" in cli("selfcheck").out


def test_init_makes_it_and_another_place_may_be_said(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("--db", str(tmp_path / "a.db"), "init", "--name", "A").code == 0
    assert (tmp_path / "a.db.seal").exists()
    monkeypatch.setenv("OFFICEOPS_SEAL", str(tmp_path / "there"))
    assert cli("--db", str(tmp_path / "b.db"), "init", "--name", "B").code == 0
    assert (tmp_path / "there").exists()
    assert not (tmp_path / "b.db.seal").exists()


@pytest.mark.parametrize(
    "text", ["", "officeops-seal 1\n", "officeops-seal 1\n1 00000000 00\n", "x\n", "\0\xff"]
)
def test_a_file_that_is_no_key_is_said_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(Broken):
        _ = Ring(str(tmp_path / "x")).keys


# -- in and out -------------------------------------------------------------------------------------


def test_an_import_seals_and_the_second_changes_nothing(
    staff: Office, cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text(f"Name,SSN,Pay\nAnn,{SSN},48123.45\nBob,{OTHER},\nCid,,1\n")
    done = cli("person", "import", str(tmp_path / "in.csv"))
    assert done.code == 0, done
    assert "3 added" in done.err
    ann, bob, cid = staff.all(person_of(staff))
    assert (said(staff, ann, "ssn"), said(staff, ann, "pay")) == (SSN, PAY)
    assert (staff.open(bob, "ssn"), bob.pay, cid.ssn, staff.open(cid, "pay")) == (
        OTHER,
        None,
        None,
        100,
    )
    assert "3 unchanged" in cli("person", "import", str(tmp_path / "in.csv")).err
    (tmp_path / "in.csv").write_text(f"Name,SSN,Pay\nAnn,{SSN},2\n")
    assert "Ann differs in Pay" in cli("person", "import", str(tmp_path / "in.csv")).err
    assert "1 changed" in cli("person", "import", str(tmp_path / "in.csv"), "--update").err
    assert said(staff, ann, "pay") == 200
    (tmp_path / "in.csv").write_text(f"SSN,Name\n{SSN.replace('-', '')},Anne\n")
    assert (
        "1 changed"
        in cli("person", "import", str(tmp_path / "in.csv"), "--key", "ssn", "--update").err
    )
    (tmp_path / "in.csv").unlink()
    assert staff.get(type(ann), ann.id).name == "Anne"
    assert not tells(everywhere(staff))
    assert verify(staff) == []


def test_bad_rows_are_told_without_it(
    staff: Office, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hire(staff, "Zoe", ssn=OTHER)
    (tmp_path / "in.csv").write_text(
        f"Name,SSN,Pay\nAnn,{SSN},48123.45x\nBob,{OTHER},1\n,{SSN},1\nCid,{SSN},48123.45,{OTHER}\nDan,{SSN},1\nEve,{SSN},1\n"
    )
    assert not tells(cli("person", "import", "in.csv", "--json"))
    done = cli("person", "import", "in.csv", "--skip-bad")
    assert done.code == 5, done
    assert not tells(done)
    assert "SSN '••••': is taken by another person" in done.err
    bad = (tmp_path / "in.bad.csv").read_text()
    assert not tells(bad)
    assert [line.partition(",")[0] for line in bad.splitlines()] == [
        "Name",
        "Ann",
        "Bob",
        '""' if '""' in bad else "",
        MASK,
        "Eve",
    ]
    again = cli("person", "import", "in.bad.csv")
    assert again.code == 1
    assert "is masked in the file" in again.err


def test_what_stands_for_sealed_values_is_not_kept(staff: Office, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Name,Id\nAnn,a\n")
    done = cli(
        "person",
        "import",
        str(tmp_path / "in.csv"),
        "--map",
        f"Id=ssn:a={SSN}",
        "--map",
        "Name=name",
    )
    assert done.code == 2
    assert not tells(everywhere(staff))


def test_an_export_comes_back_and_leaves_what_it_masks(
    staff: Office, cli: Cli, tmp_path: Path
) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    hire(staff, "Bob")
    assert cli("person", "export", str(tmp_path / "out.csv")).code == 0
    assert (
        "2 unchanged"
        in cli("person", "import", str(tmp_path / "out.csv"), "--key", "name", "--update").err
    )
    text = (tmp_path / "out.csv").read_text()
    (tmp_path / "out.csv").write_text(text.replace("Ann,,", "Ann,555,"))
    assert (
        "1 changed"
        in cli("person", "import", str(tmp_path / "out.csv"), "--key", "name", "--update").err
    )
    now = staff.get(type(ann), ann.id)
    assert (now.phone, staff.open(now, "ssn"), staff.open(now, "pay")) == ("555", SSN, PAY)


# -- the sheet --------------------------------------------------------------------------------------


@given(st.lists(st.binary(min_size=LENGTH, max_size=LENGTH), min_size=1, max_size=3))
def test_a_sheet_brings_the_keys_back(secrets: list[bytes]) -> None:
    keys = [SealKey(n, secret) for n, secret in enumerate(secrets, 1)]
    lines = list(sheet(keys))
    assert recovered(lines) == keys
    assert (
        recovered(
            [
                "# a remark",
                "",
                *(line.lower().replace("0", "o").replace("1", "l") for line in lines[::-1]),
            ]
        )
        == keys
    )


def test_every_wrong_letter_and_every_exchange_is_found_in_its_line() -> None:
    lines = list(sheet([KEY.replace(version=12)]))
    for number, line in enumerate(lines):
        label = line.split()[0]
        for at in range(len(label) + 1, len(line)):
            for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZU?" if line[at] != " " else "":
                if letter != line[at]:
                    wrong = line[:at] + letter + line[at + 1 :]
                    with pytest.raises(Refused, match=label):
                        recovered([*lines[:number], wrong, *lines[number + 1 :]])
            if at + 1 < len(line) and line[at] != line[at + 1] and " " not in line[at : at + 2]:
                wrong = line[:at] + line[at + 1] + line[at] + line[at + 2 :]
                with pytest.raises(Refused, match=label):
                    recovered([*lines[:number], wrong, *lines[number + 1 :]])
        for other in ("1.1", "2.1", "12.1", "12.2", "12.3", "12.4", "12.5", "13.1", "x"):
            if other != label:
                with pytest.raises(Refused):
                    recovered(
                        [*lines[:number], f"{other} {line.partition(' ')[2]}", *lines[number + 1 :]]
                    )
        with pytest.raises(Refused, match=f"lacks {label}"):
            recovered([*lines[:number], *lines[number + 1 :]])


def test_the_printed_sheet_recovers_the_office(staff: Office, cli: Cli) -> None:
    ann = hire(staff, ssn=SSN)
    printed = cli("seal", "sheet").out
    os.unlink(f"{staff.path}.seal")
    lines = printed.splitlines()
    wrong = "\n".join([*lines[:-1], lines[-1][:-1] + ("0" if lines[-1][-1] != "0" else "2")])
    done = cli("seal", "recover", typed=wrong)
    assert done.code == 1
    assert "The line 1.4 has a typing error" in done.err
    assert not os.path.exists(f"{staff.path}.seal")
    assert cli("seal", "recover", typed=printed).code == 0
    assert said(staff, ann, "ssn") == SSN
    assert "already" in cli("seal", "recover", typed=printed).err
    other = "\n".join(sheet([KEY]))
    assert "another key 1" in cli("seal", "recover", typed=other).err
    verbs = [
        row[0]
        for row in staff.rows(
            "SELECT verb FROM core_action WHERE verb LIKE 'core.seal%' ORDER BY id"
        )
    ]
    assert verbs == ["core.seal.sheet", "core.seal.recover"]


def test_an_old_sheet_says_that_there_is_a_newer_one(staff: Office, cli: Cli) -> None:
    hire(staff, ssn=SSN)
    printed = cli("seal", "sheet").out
    rotate(staff)
    os.unlink(f"{staff.path}.seal")
    assert "look for a newer sheet" in cli("seal", "recover", typed=printed).err


def test_whose_a_value_is_is_on_record_once_somebody_looked_it_up(staff: Office, cli: Cli) -> None:
    hire(staff, ssn=SSN)
    hire(staff, "Bob")
    count = "SELECT count(*) FROM core_action"
    before = staff.value(count)
    assert cli("person", "list", f"ssn={OTHER}").code == 0
    assert staff.value(count) == before
    for _ in range(2):
        assert "Ann" in cli("person", "list", f"ssn={OTHER},{SSN}").out
    readings = cli("seal", "readings", "--json").json
    assert [(row["field"], row["record"]) for row in readings] == [
        ("staff.person.ssn looked up", "staff.person:1")
    ] * 2
    for each in SECRETS:
        assert each not in str(staff.rows("SELECT * FROM core_action")).encode()


def test_lists_and_files_say_where_the_key_is_lost_and_come_back_unchanged(
    staff: Office, cli: Cli
) -> None:
    hire(staff, ssn=SSN)
    printed = cli("seal", "sheet").out
    os.unlink(f"{staff.path}.seal")
    assert GONE in cli("person", "list").out
    told = cli("person", "export", "-").out
    assert GONE in told
    assert cli("seal", "recover", typed=printed).code == 0
    assert MASK in cli("person", "list").out
    assert "1 unchanged" in cli("person", "import", "-", typed=told).err
    assert said(staff, staff.find(person_of(staff), "Ann"), "ssn") == SSN


# -- rotation ---------------------------------------------------------------------------------------


def test_after_a_rotation_all_opens_with_the_new_key_and_the_history_with_the_old(
    staff: Office, cli: Cli
) -> None:
    ann = hire(staff, ssn=SSN, pay=PAY)
    edit_record(staff, ann, {"ssn": OTHER, "phone": "555"})
    old = staff.seals.ring.keys[0]
    done = cli("seal", "rotate")
    assert done.code == 0, done
    assert [key.version for key in staff.seals.ring.keys] == [1, 2]
    assert staff.seals.ring.keys[0] == old
    now = staff.get(type(ann), ann.id)
    assert now.ssn.kept.startswith(staff.seals.ring.keys[1].mark)
    assert staff.open(now, "ssn") == OTHER
    assert staff.select(type(ann), [], Query(f"ssn={OTHER}")) == [(ann.id,)]
    undo(staff, next(each.number for each in changes(staff, Asked(what="staff.person.edit"))))
    assert said(staff, ann, "ssn") == SSN
    assert rotate(staff).done == 1
    assert said(staff, ann, "ssn") == SSN
    assert verify(staff) == []
    assert [each.severity for each in sealed_findings(staff)] == ["ok"]


def test_uniqueness_holds_while_some_have_the_former_key(staff: Office) -> None:
    ann = hire(staff, ssn=SSN)
    gone = archive_record(staff, hire(staff, "Old", ssn=OTHER))
    staff.seals.ring.added()
    with pytest.raises(Refused, match="is taken by another person"):
        hire(staff, "Bob", ssn=SSN)
    bob = hire(staff, "Bob", ssn=OTHER)
    with pytest.raises(Refused, match="is taken by another person"):
        unarchive_record(staff, gone)
    edit_record(staff, ann, {"ssn": None})
    cid = hire(staff, "Cid", ssn=SSN)
    with pytest.raises(Refused, match="is taken by another person"):
        undo(staff, next(each.number for each in changes(staff, Asked(what="staff.person.edit"))))
    assert staff.select(type(ann), [], Query(f"ssn={SSN},{OTHER}")) == [(bob.id,), (cid.id,)]


ROTATE = """
import os, sys
from officeops.office.office import open_office
from officeops.sealing import key_rotation as rotate
rotate.PIECE = 20
office = open_office(sys.argv[1], only=["staff"])
def told(done):
    print(done, flush=True)
    if done >= 100:
        sys.stdin.read()
rotate.rotate(office, told)
"""


def test_a_rotation_that_was_killed_goes_on_where_it_stopped(staff: Office) -> None:
    person = person_of(staff)
    with staff.acting("test"):
        staff.add_many(person, [{"name": f"P{n}", "ssn": f"9{n:08}", "pay": n} for n in range(400)])
    ran = subprocess.Popen(
        [sys.executable, "-c", ROTATE, staff.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert ran.stdout
    for line in ran.stdout:
        if int(line) >= 60:
            break
    time.sleep(0.01)
    os.kill(ran.pid, signal.SIGKILL)
    ran.communicate()
    marks = {key.version: key.mark for key in staff.seals.ring.keys}
    left = staff.value("SELECT count(*) FROM staff_person WHERE ssn GLOB ?", f"{marks[1]}.*")
    assert 0 < left < 400
    done = rotate(staff)
    assert (done.fresh, done.done, done.key.version) == (False, left, 2)
    assert [key.version for key in staff.seals.ring.keys] == [1, 2]
    for n, each in enumerate(staff.all(person)):
        assert (staff.open(each, "ssn"), staff.open(each, "pay")) == (f"9{n:08}", n)
    assert staff.value("SELECT count(*) FROM staff_person WHERE ssn_index NOT GLOB 'i2.*'") == 0
    assert verify(staff) == []
    assert rotate(staff).fresh


def test_what_does_not_open_is_named_and_left(staff: Office, cli: Cli) -> None:
    hire(staff, pay=PAY)
    hire(staff, "Bob", pay=1)
    with raw(Path(staff.path)) as db:
        db.execute(
            "UPDATE staff_person SET pay = (SELECT pay FROM staff_person WHERE name = 'Ann') WHERE name = 'Bob'"
        )
    done = cli("seal", "rotate")
    assert done.code == 5
    assert "Pay of person Bob (#2) does not open" in done.err
    assert "1 records are sealed" in done.err


def test_a_session_that_was_open_meanwhile_uses_the_new_key(
    staff: Office, office_factory: OfficeFactory
) -> None:
    ann = hire(staff, pay=PAY)
    other = office_factory("staff")
    assert other.open(ann, "pay") == PAY
    rotate(staff)
    edit_record(other, other.get(type(ann), ann.id), {"pay": 7})
    assert staff.get(type(ann), ann.id).pay.kept.startswith("v2.")
    assert said(staff, ann, "pay") == 7


def test_a_field_that_is_looked_up_only_now_gets_its_digests_by_a_rotation(staff: Office) -> None:
    ann = hire(staff, ssn=SSN)
    with raw(Path(staff.path)) as db:
        db.execute("UPDATE staff_person SET ssn_index = NULL")
    assert rotate(staff).done == 1
    assert staff.select(type(ann), [], Query(f"ssn={SSN}")) == [(ann.id,)]


def test_a_field_that_is_sealed_only_now_is_said_to_lie_open_works_on_and_is_sealed_when_asked(
    office_factory: OfficeFactory, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "staff")
    column = "pay TEXT CHECK (pay GLOB 'v[1-9]*.????????.*')"
    before = PLUGIN.replace(
        'kind="money", default=None, sealed=True)', 'kind="money", default=None)'
    )
    before = before.replace('kind="money", sealed=True)', 'kind="money")').replace(
        column, "pay INTEGER"
    )
    office = office_factory(files={"staff": before})
    for name in ("Ann", "Bob"):
        hire(office, name, pay=PAY)
    office.close()
    rebuilt = 'Migration("0002_sealed", lambda db: db["staff_person"].transform(types={"pay": str}, strict=True))'
    office = office_factory(
        files={"staff": PLUGIN.replace(column, "pay INTEGER").replace('""")]', f'"""), {rebuilt}]')}
    )
    ann, bob = (office.find(person_of(office), name) for name in ("Ann", "Bob"))
    assert [each.severity for each in sealed_findings(office)] == ["problem"]
    assert "is in the file unencrypted" in cli("selfcheck").out
    with pytest.raises(Altered):
        said(office, bob, "pay")
    edit_record(office, ann, {"pay": 7})
    assert said(office, ann, "pay") == 7
    done = cli("seal", "rotate")
    assert (done.code, "Pay of person Bob (#2) does not open" in done.err) == (5, True)
    done = cli("seal", "rotate", "--bare")
    assert (done.code, "1 records are sealed" in done.err) == (0, True)
    assert said(office, bob, "pay") == PAY
    assert [each.severity for each in sealed_findings(office)] == ["ok"]
    assert verify(office) == []


# -- backups ----------------------------------------------------------------------------------------


def test_a_drill_opens_sealed_values_and_a_backup_without_its_key_is_told(
    staff: Office, cli: Cli, tmp_path: Path
) -> None:
    hire(staff, ssn=SSN, pay=PAY)
    folder = tmp_path / "backups"
    assert cli("backup", "--to", str(folder)).code == 0
    assert not list(folder.rglob("*.seal"))
    done = cli("backup", "drill", "--from", str(folder))
    assert done.code == 0, done
    assert "2 sealed values were opened with their key" in done.err
    assert cli("backup", "drill", "--from", str(folder), "--json").json[0]["sealed"] == 2
    assert (
        cli(
            "backup", "restore", "latest", "--from", str(folder), "--to", str(tmp_path / "new.db")
        ).code
        == 0
    )
    shown = cli("--db", str(tmp_path / "new.db"), "person", "show", "Ann", "--reveal", "ssn")
    assert SSN in shown.out
    os.unlink(f"{staff.path}.seal")
    done = cli("backup", "drill", "--from", str(folder))
    assert done.code == 1
    assert "which is not in" in done.err
    assert not tells(done)


# -- light ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [["list"], ["list", "--json"], ["show", "Ann"], ["add", "--name", "Bob"], ["export", "-"]],
)
def test_ordinary_commands_do_not_import_the_cipher(
    staff: Office, cli: Cli, words: list[str]
) -> None:
    hire(staff, ssn=SSN)
    modules_of(cli.path, "person", "list")
    assert not any(
        each.startswith("cryptography") for each in modules_of(cli.path, "person", *words)
    )


# -- a plugin's own fault ---------------------------------------------------------------------------


def test_a_fault_in_a_plugin_s_own_check_repeats_nothing(
    office_factory: OfficeFactory, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "staff")
    fault = '    def check(self, office):\n        raise ValueError(f"cannot be: {self.ssn} {self.__dict__}")\n\n\nMIGRATIONS'
    office = office_factory(files={"staff": PLUGIN.replace("\nMIGRATIONS", f"\n{fault}", 1)})
    done = cli("person", "add", "--name", "Ann", "--ssn", SSN, "--pay", "48123.45")
    assert done.code == 1
    assert not tells(done)
    with pytest.raises(PluginFault, match="cannot be") as fell:
        hire(office, ssn=SSN, pay=PAY)
    assert not tells(fell.value)


def test_a_fault_of_the_screens_shows_no_variables(
    staff: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = OfficeApp(staff)
    monkeypatch.setattr(app, "bell", lambda: None)
    monkeypatch.setattr(app, "_close_messages_no_wait", lambda: None)
    typed = {"ssn": SSN}
    try:
        _ = typed["pay"]
    except KeyError:
        app._fatal_error()
    [trace] = app._exit_renderables
    assert isinstance(trace, Segments)
    text = "".join(segment.text for segment in trace.segments)
    assert "KeyError" in text
    assert not tells(text)


# -- tables that are there already ------------------------------------------------------------------


def test_a_field_that_becomes_one_that_is_looked_up_needs_a_column_and_an_index(
    staff: Office,
) -> None:
    meta = person_of(staff).meta
    before = MIGRATION.replace(",\n    ssn_index TEXT", "").partition(
        "CREATE UNIQUE INDEX staff_person_ssn"
    )[0]
    [gap] = gaps([meta], {"staff": [Migration("0001_person", before)]})
    assert gap.statements == [
        "ALTER TABLE staff_person ADD COLUMN ssn_index TEXT",
        "CREATE UNIQUE INDEX staff_person_ssn_index ON staff_person(ssn_index) WHERE archived_at IS NULL AND ssn_index IS NOT NULL",
    ]
    assert gaps([meta], staff.migrations()) == []
    [new] = gaps([meta], {})
    assert new.statements[0] in MIGRATION


def test_entries_of_a_ledger_keep_their_key(office_factory: OfficeFactory) -> None:
    code = PLUGIN.replace('display="name")', 'display="name", append_only=True)')
    office = office_factory(
        files={
            "staff": code.replace(", unique=True", "")
            .replace(
                "CREATE UNIQUE INDEX staff_person_name ON staff_person(name) WHERE archived_at IS NULL;",
                "",
            )
            .replace("CREATE UNIQUE INDEX staff_person_ssn", "CREATE INDEX staff_person_ssn")
            .replace("WHERE archived_at IS NULL AND ssn", "WHERE ssn")
        }
    )
    with office.acting("test"):
        entry = office.add(person_of(office)(name="Ann", pay=PAY))
    done = rotate(office)
    assert (done.fresh, done.done, done.problems) == (True, 0, ())
    assert said(office, entry, "pay") == PAY
    assert [each.severity for each in sealed_findings(office)] == ["ok"]


def test_a_trial_goes_by_the_recovery_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from officeops.sealing import recovery_sheet as sheet
    from officeops.sealing.key_trial import trial
    from officeops.sealing.keyring import Ring

    ring = Ring(str(tmp_path / "office.db.seal"))
    ring.made()
    ring.added()
    office: Any = SimpleNamespace(seals=SimpleNamespace(ring=ring, sealed_fields=list))
    assert trial(office) == (0, [])
    monkeypatch.setattr(sheet, "recovered", lambda _: [])
    assert "recovery sheet" in trial(office)[1][0]
