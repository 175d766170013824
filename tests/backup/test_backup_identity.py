"""Whose backup it is: offices that share a folder and a site's code, and copies of one office, keep theirs apart."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import answer, items, manifest_of_old, rewritten, settings_file

from officeops.backup import manifest as manifests
from officeops.backup.folder import Folder, name_for
from officeops.cli import run
from officeops.model.exit_codes import PARTLY
from officeops.testing import Cli

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("inventory")


@pytest.fixture
def two(officeops_home: Path) -> tuple[Cli, Cli]:
    """Two offices in one folder, of the same site code, each with a backup; the second's is the newer."""
    pair = Cli(officeops_home / "a.db"), Cli(officeops_home / "b.db")
    for cli, name in zip(pair, "AB", strict=True):
        assert cli("init", "--name", name).code == 0
        assert cli("item", "add", "--sku", name, "--name", name).code == 0
        assert cli("backup").code == 0
    return pair


def newest(cli: Cli) -> str:
    """The path of a new backup."""
    return str(answer(cli("backup", "--json").out)["path"])


def test_the_latest_is_the_latest_of_this_office(two: tuple[Cli, Cli]) -> None:
    first, second = two
    assert first("item", "add", "--sku", "LATER", "--name", "Later").code == 0
    done = first("backup", "restore", "latest", "--live", "--yes")
    assert done.code == 0, done.err
    assert (items(first), items(second)) == (["A"], ["B"])
    assert first("backup", "verify").code == first("backup", "drill").code == 0
    assert first("selfcheck", "--quiet").code == 0


def test_another_offices_backup_replaces_this_one_only_if_that_is_said(
    two: tuple[Cli, Cli],
) -> None:
    first, second = two
    theirs = newest(second)
    done = first("backup", "restore", theirs, "--live", "--yes")
    assert (done.code, "is a backup of another office" in done.err, "--anyway" in done.err) == (
        1,
        True,
        True,
    )
    assert items(first) == ["A"]
    assert len(Folder(os.path.dirname(theirs)).all()) == 3, (
        "nothing was backed up for what was refused"
    )
    assert first("backup", "restore", theirs, "--live", "--yes", "--anyway").code == PARTLY, (
        "its key is not here"
    )
    assert items(first) == ["B"]


def test_where_a_folder_has_only_others_backups_none_is_taken_for_the_latest(
    two: tuple[Cli, Cli],
) -> None:
    first, second = two
    theirs = newest(second)
    for each in Folder(os.path.dirname(theirs)).all():
        if (kept := each.known()) and kept.file == "a.db":
            os.unlink(each.path)
    done = first("backup", "restore", "latest")
    assert (done.code, "There is no backup of this office" in done.err) == (1, True)
    states = {row["name"]: row["state"] for row in first("backup", "list", "--json").json}
    assert states[os.path.basename(theirs)] == "good, of another file"


def test_a_restored_copy_neither_hides_nor_thins_out_its_origins_backups(
    two: tuple[Cli, Cli], officeops_home: Path
) -> None:
    first, _ = two
    mine = newest(first)
    assert first("backup", "restore", "latest").code == 0
    copy = Cli(next(officeops_home.glob("restored-*.db")))
    assert copy("item", "add", "--sku", "COPY", "--name", "Of the copy").code == 0
    theirs = newest(copy)
    done = first("selfcheck", "--quiet")
    assert (done.code, "older copy" in done.out) == (0, False), done.out
    assert first("backup").code == 0
    assert first("backup", "restore", "latest", "--live", "--yes").code == 0
    assert items(first) == ["A"]
    # The same office all the same: what was mended in the copy may go into the office.
    assert Path(mine).exists()
    assert first("backup", "restore", theirs, "--live", "--yes").code == 0
    assert items(first) == ["A", "COPY"]
    assert first("selfcheck", "--quiet").code == first("backup").code == 0


def test_a_copy_without_backups_of_its_own_takes_its_origins(
    two: tuple[Cli, Cli], officeops_home: Path
) -> None:
    first, _ = two
    assert first("backup", "restore", "latest").code == 0
    copy = Cli(next(officeops_home.glob("restored-*.db")))
    assert copy("item", "add", "--sku", "COPY", "--name", "Of the copy").code == 0
    assert copy("backup", "restore", "latest", "--live", "--yes").code == 0
    assert items(copy) == ["A"]


def test_each_thins_out_its_own(two: tuple[Cli, Cli], officeops_home: Path) -> None:
    first, second = two
    place = Folder(str(officeops_home / "backups"))
    old = {}
    for cli, back in ((first, 400), (second, 401), (first, 402)):
        path = newest(cli)
        at = datetime.now(UTC) - timedelta(days=back)
        old[back] = rewritten(path, os.path.join(place.path, name_for(at, "main", encrypted=False)))
        os.unlink(path)
    settings_file(officeops_home, "hourly = 1\ndaily = 1\nweekly = 1\nmonthly = 1")
    assert first("backup").code == 0
    assert {back: os.path.exists(path) for back, path in old.items()} == {
        400: False,
        401: True,
        402: False,
    }


def test_a_manifest_of_old_says_less_and_is_whole_all_the_same(two: tuple[Cli, Cli]) -> None:
    first, _ = two
    path = newest(first)
    text = manifest_of_old(path)
    assert not {"office", "file"} & answer(f"[{text}]").keys()
    assert first("backup", "verify").code == 0
    assert first("backup", "restore", "latest", "--live", "--yes").code == 0
    assert first("selfcheck", "--quiet").code == 0


def test_a_backup_of_old_from_another_office_is_known_by_what_is_in_it(
    two: tuple[Cli, Cli],
) -> None:
    first, second = two
    path = newest(second)
    manifest_of_old(path)
    done = first("backup", "restore", path, "--live", "--yes")
    assert (done.code, "is a backup of another office" in done.err) == (1, True)
    assert items(first) == ["A"]


def test_a_manifest_that_names_another_office_is_found(two: tuple[Cli, Cli]) -> None:
    first, _ = two
    path = newest(first)
    Path(manifests.path_of(path)).write_text(manifests.read(path).replace(office="0" * 64).text())
    assert (
        "it is of another office than its manifest tells of" in first("backup", "verify", path).err
    )


def test_the_name_of_the_file_is_the_same_through_a_link(
    officeops_home: Path, office_factory: OfficeFactory
) -> None:
    office = office_factory()
    (officeops_home / "elsewhere").mkdir()
    (officeops_home / "elsewhere" / "link.db").symlink_to(office.path)
    kept = manifests.read(newest(Cli(officeops_home / "elsewhere" / "link.db")))
    assert kept.file == "office.db"


def test_without_an_office_the_latest_of_all_is_taken(
    two: tuple[Cli, Cli], officeops_home: Path
) -> None:
    latest = newest(two[0])
    gone = Cli(officeops_home / "a.db")
    for each in officeops_home.glob("a.db*"):
        if not each.name.endswith(".key"):
            each.unlink()
    words = ["--db", str(gone.path), "backup", "restore", "latest", "--to", str(gone.path)]
    assert run(words) == 0
    assert manifests.read(latest).file == "a.db"
    assert items(gone) == ["A"]


def test_what_is_no_office_does_not_replace_one(two: tuple[Cli, Cli], officeops_home: Path) -> None:
    other = officeops_home / "other.db"
    raw = sqlite3.connect(other)
    raw.execute("CREATE TABLE letter (id INTEGER)")
    raw.close()
    done = two[0]("backup", "restore", str(other), "--live", "--yes", "--anyway")
    assert (done.code, "is not an office's" in done.err) == (1, True)
    assert items(two[0]) == ["A"]
