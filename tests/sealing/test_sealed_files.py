"""Sealed values in files: imports, exports, backups; commands that need no cipher do not load it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from rich.segment import Segments
from tests.cli.test_cli_light import modules_of

from officeops.history.verify import verify
from officeops.model.errors import PluginFault
from officeops.model.sealed_value import MASK
from officeops.tui.app import OfficeApp

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

from tests.sealing.staff import OTHER, PAY, PLUGIN, SSN, everywhere, hire, person_of, said, tells

# -- in and out ------------------------------------------------------------------------------------


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


def test_a_file_that_finds_people_by_a_sealed_value_leaves_a_record(
    staff: Office, cli: Cli
) -> None:
    hire(staff, "Ann", ssn=SSN)
    hire(staff, "Bob", ssn=OTHER)
    cli("access", "add", "ann", "--role", "owner")
    rows = f"SSN,Name\n{SSN},Ann\n123-45-0000,Nobody\n"
    # A dry run tells as much of who has the value.
    for _ in range(2):
        cli("person", "import", "-", "--key", "ssn", "--dry-run", typed=rows, login="ann")
    reads = cli("history", "reads", "--who", "ann", "--json").json
    assert [(row["field"], row["record"]) for row in reads] == [
        ("staff.person.ssn looked up", "staff.person:1")
    ]


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


def test_what_a_column_s_marks_prove_is_said_without_it(staff: Office, cli: Cli) -> None:
    del staff
    note = cli("person", "import", "-", "--dry-run", typed='Name,Pay\nAnn,"48.123,45"\n')
    assert note.code == 0
    assert f"comma: line 2 has {MASK}" in note.err
    both = cli("person", "import", "-", typed='Name,Pay\nAnn,"48.123,45"\nBob,"48,123.45"\n')
    assert both.code == 1
    assert both.err.count(MASK) == 2
    assert "123" not in note.out + note.err + both.out + both.err


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


# -- backups ---------------------------------------------------------------------------------------


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


# -- light -----------------------------------------------------------------------------------------


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


# -- a plugin's own fault --------------------------------------------------------------------------


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
