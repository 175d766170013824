"""Files that another account keeps from the office: named with a way out, and no restore goes past them."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from tests.selfcheck.second_user import SOMEBODY, as_somebody, imported

from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.officeops("inventory,hr")

ROOT_ALONE = 0o600
READING = (
    ["backup", "verify"],
    ["backup", "restore"],
    ["backup", "restore", "--live", "--yes"],
)
LINES = (*READING, ["backup", "list"], ["history", "verify"], ["selfcheck"])


@contextmanager
def office_of_somebody() -> Iterator[Path]:
    """Yield the folder of an office with a backup and a sealed number, of another account than root."""
    # The folders of the tests are closed to others.
    with TemporaryDirectory(dir="/var/tmp") as home:
        Path(home).chmod(0o755)
        place = Path(home, "office")
        place.mkdir()
        path = f"{place}/office.db"
        for line in (
            ["init", "--name", "M"],
            ["person", "add", "--name", "Ann Keller", "--ssn", "212-55-1000"],
            ["backup"],
            ["item", "add", "--sku", "A0", "--name", "Gloves"],
        ):
            ran = Cli(Path(__file__))("--db", path, *line)
            assert ran.code == 0, ran.err
        shutil.copytree(place, Path(home, "to import"))
        imported(f"{home}/to import/office.db", LINES)
        for file in (place, *place.rglob("*")):
            os.chown(file, SOMEBODY, SOMEBODY)
        yield place


def closed(path: Path) -> None:
    """Make a file, or a folder, root's alone."""
    os.chown(path, 0, 0)
    path.chmod(0o700 if path.is_dir() else ROOT_ALONE)


def names_cure(said: str) -> bool:
    """Whether words name the account to run this as, or the command for root."""
    return "Run this as root" in said or "chown -h --reference=" in said


def test_what_another_account_keeps_is_named_and_no_restore_goes_past_it() -> None:
    with office_of_somebody() as place:
        backups, path = place / "backups", f"{place}/office.db"
        backup = next(backups.glob("*.db"))
        for file in (backup, Path(f"{backup}.json"), backups):
            closed(file)
            lines = [READING[0], ["backup", "list"]] if file == backups else READING
            for line, (code, said) in zip(lines, as_somebody(path, lines), strict=True):
                assert (code, names_cure(said)) == (1, True), (file, line, said)
                assert "Permission denied" not in said, (file, line, said)
            if file == backup:
                ((code, said),) = as_somebody(path, [["selfcheck"]])
                assert (code, names_cure(said), "PermissionError" in said) == (1, True, False)
            os.chown(file, SOMEBODY, SOMEBODY)
        # Without one of its keys, a restored office would be signed with a new one, which is lost.
        for key in ("office.db.key", "office.db.seal"):
            closed(place / key)
            for code, said in as_somebody(path, READING[1:]):
                assert (code, names_cure(said)) == (1, True), (key, said)
            os.chown(place / key, SOMEBODY, SOMEBODY)
        ((code, said),) = as_somebody(path, [["history", "verify"]])
        assert code == 0, said


def test_a_damaged_office_without_a_backup_has_the_ways_that_are_left(cli: Cli) -> None:
    cli("init", "--name", "M")
    content = cli.path.read_bytes()
    cli.path.write_bytes(b"\xff" * 200 + content[200:])
    at_place = Cli(Path(__file__))
    ran = at_place("--db", str(cli.path), "backup", "restore")
    assert ran.code == 1
    assert "`officeops backup restore FILE`" in ran.err
    assert f"`officeops salvage {cli.path}`" in ran.err
    assert "`officeops backup` makes one" not in ran.err


def test_what_root_makes_in_the_folder_of_an_account_is_that_accounts() -> None:
    with office_of_somebody() as place:
        run = Cli(Path(__file__))
        for line in (
            ["backup", "restore", "latest", "--to", f"{place}/new.db"],
            ["salvage", f"{place}/new.db"],
            ["backup", "move", f"{place}/bundle.tar"],
        ):
            ran = run("--db", f"{place}/office.db", *line)
            assert ran.code == 0, ran.err
        other = place / "other"
        other.mkdir()
        os.chown(other, SOMEBODY, SOMEBODY)
        ran = run("--db", f"{other}/office.db", "backup", "arrive", f"{place}/bundle.tar")
        assert ran.code == 0, ran.err
        roots = [str(file) for file in place.rglob("*") if not file.stat().st_uid]
        assert not roots
