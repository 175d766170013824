"""What selfcheck says of the backups: damaged ones, none at all, and those that never left."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import folder_of, made, settings_file, stocked

from officeops.model.exit_codes import PARTLY
from officeops.selfcheck.backups import backup_findings

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors", "inventory")


def told(office: Office, hours: float = 0) -> dict[str, str]:
    """What is found that many hours from now: the sentence, and how bad it is."""
    return {
        each.what: each.severity
        for each in backup_findings(office, datetime.now(UTC) + timedelta(hours=hours))
    }


def of(found: dict[str, str], words: str) -> str:
    """How bad the one finding with these words is."""
    [severity] = [severity for what, severity in found.items() if words in what]
    return severity


@pytest.mark.parametrize("harm", ["emptied", "flipped", "no manifest"])
def test_a_damaged_newest_backup_is_told_and_the_one_before_counts(
    cli: Cli, office: Office, harm: str
) -> None:
    stocked(cli)
    whole, hurt = made(office).path, Path(made(office).path)
    match harm:
        case "emptied":
            hurt.write_bytes(b"")
        case "flipped":
            content = bytearray(hurt.read_bytes())
            content[5000] ^= 1
            hurt.write_bytes(content)
        case _:
            hurt.with_name(f"{hurt.name}.json").unlink()
    found = told(office)
    assert of(found, hurt.name) == "problem"
    assert of(found, f"hours old: {os.path.basename(whole)}") == "ok"
    done = cli("selfcheck", "--quiet")
    assert (done.code, "Make a new one with `officeops backup`" in done.out) == (1, True)
    assert cli("backup").code == 0
    assert cli("selfcheck", "--quiet").code == 0, "the newest one is whole again"


def test_without_a_good_backup_it_is_a_warning_on_the_first_day_and_then_a_problem(
    cli: Cli, office: Office
) -> None:
    stocked(cli)
    assert of(told(office, 23), "There is no good backup") == "warning"
    assert of(told(office, 25), "There is no good backup") == "problem"
    assert cli("selfcheck").code == 0


def test_a_good_backup_may_be_a_day_late_and_no_more(cli: Cli, office: Office) -> None:
    stocked(cli)
    made(office)
    assert of(told(office, 25), "The last good backup is") == "ok"
    assert of(told(office, 27), "The last good backup is") == "warning"
    assert of(told(office, 51), "The last good backup is") == "problem"


def test_that_no_backup_leaves_is_a_problem_after_a_day(
    cli: Cli, office: Office, officeops_home: Path
) -> None:
    stocked(cli)
    settings_file(officeops_home, 'copy = "false {file}"')
    assert cli("backup").code == PARTLY
    office.machine = type(office.machine)()
    assert of(told(office), "did not leave this machine") == "warning"
    assert of(told(office, 25), "did not leave this machine; none has yet") == "problem"
    settings_file(officeops_home, 'copy = "true {file}"')
    assert cli("backup").code == 0
    settings_file(officeops_home, 'copy = "false {file}"')
    assert cli("backup").code == PARTLY
    assert of(told(office, 49), "did not leave this machine; the last that did") == "warning"
    assert of(told(office, 51), "did not leave this machine; the last that did") == "problem"


@pytest.mark.parametrize(
    "text",
    [
        '{"copied": 5}', '{"copied": {"name": "x"}}', '{"copied": {"name": "x", "at": "then"}}', '{"drilled": []}',
        '{"drilled": {"name": "x", "at": "2026-01-01"}}', '{"copied": {"name": 5, "at": "2026-01-01T00:00+00:00"}}',
        '{"copied": {"name": "x", "at": "2026-01-01T00:00+00:00", "names": 5}}', "[]", "5", "{", "\udcff",
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_read_counts_as_none_and_is_said(
    cli: Cli, office: Office, officeops_home: Path, text: str
) -> None:
    stocked(cli)
    settings_file(officeops_home, 'copy = "true {file}"')
    made(office)
    note = Path(folder_of(office).path) / ".officeops-backup.json"
    note.write_bytes(text.encode(errors="surrogateescape"))
    note.chmod(0o600)
    done = cli("selfcheck", "--json")
    assert done.code == 0, done.out
    assert any("cannot be read; it counts as none" in row["what"] for row in done.json)
    assert cli("backup", "list", "--json").json[0]["elsewhere"] is False
    assert cli("backup", "--json").json[0]["elsewhere"] is True
    assert cli("backup", "drill").code == 0
    assert "cannot be read" not in cli("selfcheck").out
