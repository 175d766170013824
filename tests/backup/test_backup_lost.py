"""An older copy put back over the office stays seen, whatever is backed up after it, until someone says what is to stay."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import answer, items, manifest_of_old, put_back, settings_file

from officeops.backup import manifest as manifests
from officeops.backup.folder import Folder
from officeops.cli import run
from officeops.model.exit_codes import PARTLY

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("inventory")


def add(cli: Cli, *skus: str) -> None:
    """Put items on the shelves."""
    for sku in skus:
        assert cli("item", "add", "--sku", sku, "--name", sku).code == 0


def newest(cli: Cli) -> str:
    """The path of a new backup, in order or not."""
    return str(answer(cli("backup", "--json").out)["path"])


@pytest.fixture
def robbed(cli: Cli) -> str:
    """An office whose file was overwritten by an older copy; the path of the backup that knows what was lost."""
    assert cli("init", "--name", "Maple Street").code == 0
    add(cli, "FIRST")
    newest(cli)
    copy = cli.path.with_suffix(".copy")
    shutil.copy(cli.path, copy)
    add(cli, "SECOND", "THIRD")
    path = newest(cli)
    assert cli("history", "verify").code == 0
    put_back(cli.path, copy)
    return path


def found(cli: Cli) -> tuple[int, int]:
    """What `history verify` and `selfcheck` end with."""
    return cli("history", "verify").code, cli("selfcheck").code


def test_backups_made_afterwards_are_not_good_and_hide_nothing(cli: Cli, robbed: str) -> None:
    name = os.path.basename(robbed)
    assert found(cli) == (1, 1)
    for number in range(3):
        add(cli, f"NEW-{number}")
        done = cli("backup", "--quiet")
        assert done.code == PARTLY, "cron is told each time"
        assert name in done.err
        assert "older copy" in done.err
        assert "--live" in done.err
        assert found(cli) == (1, 1)
    copies = Folder(os.path.dirname(robbed)).all()
    assert sorted(copy.good() for copy in copies) == [False] * 3 + [True] * 2, "each copy is kept"
    assert name in cli("backup", "verify", "latest").err
    assert cli("backup", "drill").code == 1
    assert "problems: 1" in cli("backup", "list").out


def test_of_two_copies_that_were_both_used_the_actions_of_each_are_told(
    cli: Cli, robbed: str
) -> None:
    add(cli, "OTHER")
    done = cli("backup", "restore", robbed)
    assert done.code == 0
    assert "has 1 action of its own" in done.err
    assert " 2 actions: `officeops --db" in done.err
    shared = int(done.err.split("up to action ")[1].split(".")[0])
    rows = answer(cli("history", "--json", "--limit", "1").out)
    assert shared + 1 == rows["number"]
    # Of a backup that is no more than an earlier state, there is nothing to settle.
    path = newest(cli)
    add(cli, "LATER")
    assert "Both files have" not in cli("backup", "restore", path).err


def test_a_later_backup_that_is_gone_is_named_by_what_takes_the_one_before(cli: Cli) -> None:
    cli("init", "--name", "Maple Street")
    first = newest(cli)
    add(cli, "LATER")
    later = newest(cli)
    os.unlink(later)
    for line in (["verify"], ["restore"], ["restore", "--live", "--yes"]):
        ran = cli("backup", *line)
        assert f"{os.path.basename(later)} is gone" in ran.err, (line, ran.err)
        assert os.path.basename(first) in ran.err


def test_of_all_backups_each_is_asked_not_the_newest_alone(cli: Cli, robbed: str) -> None:
    newer = newest(cli)
    # As a version made it that did not look: good by its own word.
    kept = manifests.read(newer).replace(problems=[])
    Path(manifests.path_of(newer)).write_text(kept.text())
    assert os.path.basename(robbed) < os.path.basename(newer)
    assert found(cli) == (1, 1)
    assert cli("backup").code == PARTLY


def test_bringing_back_what_was_lost_ends_it(cli: Cli, robbed: str) -> None:
    add(cli, "MEANWHILE")
    newest(cli)
    assert cli("backup", "restore", robbed, "--live", "--yes").code == 0
    assert items(cli) == ["FIRST", "SECOND", "THIRD"]
    assert found(cli) == (0, 0)
    assert cli("backup").code == 0


@pytest.mark.usefixtures("robbed")
def test_keeping_what_is_there_is_said_and_on_record_and_ends_it(cli: Cli) -> None:
    present = newest(cli)
    refused = cli("backup", "restore", present, "--live", "--yes")
    assert (
        refused.code,
        "does not replace the office" in refused.err,
        "--anyway" in refused.err,
    ) == (1, True, True)
    cli("backup", "restore", present, "--live", "--yes", "--anyway")
    assert items(cli) == ["FIRST"]
    assert found(cli) == (0, 0)
    assert cli("backup").code == 0
    # Only what was known then: what is lost later is told again.
    add(cli, "FOURTH")
    copy = cli.path.with_suffix(".copy")
    shutil.copy(cli.path, copy)
    add(cli, "FIFTH")
    assert cli("backup").code == 0
    put_back(cli.path, copy)
    assert found(cli) == (1, 1)


def test_what_a_live_restore_left_behind_is_no_loss_and_what_is_lost_after_it_is(cli: Cli) -> None:
    assert cli("init", "--name", "Maple Street").code == 0
    add(cli, "FIRST")
    first = newest(cli)
    add(cli, "SECOND", "THIRD", "FOURTH", "FIFTH")
    newest(cli)
    assert cli("backup", "restore", first, "--live", "--yes").code == 0
    assert found(cli) == (0, 0)
    assert cli("backup").code == 0
    with closing(sqlite3.connect(cli.path)) as raw:
        said = raw.execute(
            "SELECT arguments FROM core_action WHERE verb = 'core.restore'"
        ).fetchone()[0]
    assert "left" not in json.loads(said), "what was replaced is said in one word"
    # What is written now has numbers that were replaced; that it was lost must be seen all the same.
    copy = cli.path.with_suffix(".copy")
    shutil.copy(cli.path, copy)
    add(cli, "SIXTH")
    assert cli("backup").code == 0
    put_back(cli.path, copy)
    assert found(cli) == (1, 1)
    assert cli("backup").code == PARTLY


def test_an_older_backup_in_a_new_file_of_the_same_name_knows_what_it_left(cli: Cli) -> None:
    assert cli("init", "--name", "Maple Street").code == 0
    add(cli, "FIRST")
    first = newest(cli)
    add(cli, "SECOND")
    newest(cli)
    for each in cli.path.parent.glob(f"{cli.path.name}*"):
        if each.suffix != ".key":
            each.rename(each.with_name(f"broken-{each.name}"))
    assert run(["--db", str(cli.path), "backup", "restore", first, "--to", str(cli.path)]) == 0
    assert items(cli) == ["FIRST"]
    assert found(cli) == (0, 0)
    assert cli("backup").code == 0


def test_a_manifest_is_an_anchor(cli: Cli, robbed: str, tmp_path: Path) -> None:
    older = Folder(os.path.dirname(robbed)).all()[0].path
    settings_file(tmp_path, f"folder = '{tmp_path / 'others'}'")
    assert cli("history", "verify").code == 0, "no backup of this folder knows"
    assert cli("history", "verify", "--anchor", f"{older}.json").code == 0
    done = cli("history", "verify", "--anchor", f"{robbed}.json")
    assert (done.code, "does not hold" in done.out) == (1, True)
    assert [
        each["kind"]
        for each in cli("history", "verify", "--anchor", f"{robbed}.json", "--json").json
    ] == ["anchor"]


def test_manifests_of_old_are_asked_too(cli: Cli, robbed: str) -> None:
    manifest_of_old(robbed)
    assert found(cli) == (1, 1)
    assert cli("backup").code == PARTLY


def test_a_damaged_manifest_is_no_anchor(cli: Cli, robbed: str) -> None:
    Path(manifests.path_of(robbed)).write_text("{")
    assert cli("history", "verify").code == 0
    assert cli("history", "verify", "--anchor", f"{robbed}.json").code == 2
    done = cli("selfcheck", "--quiet")
    assert (done.code, "cannot be read as a manifest" in done.out) == (1, True)
