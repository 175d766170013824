"""The keys of sealed fields: lost, wrong, on paper, and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.history.history_tools import raw

from officeops.history.verify import verify
from officeops.model.errors import Broken, Refused
from officeops.model.sealed_value import GONE, MASK
from officeops.office.crud import edit_record
from officeops.sealing.key_rotation import rotate
from officeops.sealing.keyring import LENGTH, NoKey, Ring, SealKey
from officeops.sealing.recovery_sheet import recovered, sheet
from officeops.sealing.seal import Altered
from officeops.selfcheck.sealed_fields import sealed_findings

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

from tests.sealing.staff import OTHER, PAY, SECRETS, SSN, hire, person_of, said

# -- moved, altered, lost --------------------------------------------------------------------------


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


# -- the sheet -------------------------------------------------------------------------------------


KEY = SealKey(1, bytes(range(LENGTH)))


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
