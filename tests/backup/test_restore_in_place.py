"""The worst day: whatever became of the file, one command brings the office back and keeps all that is left."""

from __future__ import annotations

import os
import random
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import folder_of, items, made, stocked
from tests.effort import TIMES, seed

from officeops.backup.set_aside import names_of
from officeops.history.verify import verify as verify_history
from officeops.model.errors import Refused
from officeops.model.exit_codes import PARTLY
from officeops.selfcheck.run import findings
from officeops.store.office_files import Replaced
from officeops.testing import Cli
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory, Ran

pytestmark = pytest.mark.officeops("inventory")


def at(path: Path) -> Callable[..., Ran]:
    """Run lines on a file that may be gone; the plain fixture would make a new office there."""
    return partial(Cli(Path(__file__)), "--db", str(path))


def gone(path: Path) -> None:
    """The file was removed."""
    path.unlink()


def gone_without_log(path: Path) -> None:
    """The file was moved away by hand, and its log stayed."""
    path.unlink()
    for ending, content in (("-wal", os.urandom(8192)), ("-shm", bytes(32768))):
        log = Path(f"{path}{ending}")
        log.write_bytes(content)
        # SQLite gives them the mode of the office's file.
        log.chmod(0o600)


def emptied(path: Path) -> None:
    """A disk that was full left an empty file."""
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """A copy over the file was broken off."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def headless(path: Path) -> None:
    """The first bytes are others."""
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])


def scribbled(path: Path) -> None:
    """Some pages are another file's."""
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096, 2):
        content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(content)


def locked(path: Path) -> None:
    """Nobody knows what this is: a text."""
    path.write_text("the office moved to the other server\n")


DAMAGES: list[Callable[[Path], None]] = [
    gone,
    gone_without_log,
    emptied,
    cut,
    headless,
    scribbled,
    locked,
]


def test_one_command_brings_a_damaged_office_back_and_keeps_what_was_there(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli, items=1)
    made(office)
    office.close()
    chance = random.Random(seed())  # noqa: S311 - a test's choice
    chosen = DAMAGES if TIMES > 1 else chance.sample(DAMAGES, 3)
    for number, damage in enumerate(chosen, 1):
        damage(cli.path)
        left = cli.path.read_bytes() if cli.path.exists() else None
        broken = at(cli.path)("item", "list")
        assert (broken.code, "`officeops backup restore`" in broken.err) == (1, True), broken.err
        done = at(cli.path)("backup", "restore")
        assert done.code == 0, (damage.__name__, done.err)
        assert items(cli) == ["A0"]
        assert cli("history", "verify").code == 0, damage.__name__
        # What was there has a name that is said, and nothing of it is changed.
        aside = names_of(str(cli.path))
        if left is not None:
            assert aside[-1] in done.err
            assert Path(aside[-1]).read_bytes() == left
        with office_factory() as again:
            assert not [f for f in findings(again) if f.severity == "problem"], damage.__name__
            made(again)
        assert len(aside) <= number


def test_a_restore_killed_between_file_and_log_goes_on_where_it_was(
    cli: Cli, office: Office
) -> None:
    stocked(cli, items=1)
    made(office)
    office.close()
    log = b"saved last"
    os.rename(cli.path, f"{cli.path}.aside-1.db")
    Path(f"{cli.path}-wal").write_bytes(log)
    assert at(cli.path)("init", "--name", "Another").code == 1, (
        "a new file would be ruined by that log"
    )
    assert at(cli.path)("backup", "restore").code == 0
    assert items(cli) == ["A0"]
    assert Path(f"{cli.path}.aside-1.db-wal").read_bytes() == log
    assert names_of(str(cli.path)) == [f"{cli.path}.aside-1.db"]


def test_a_damaged_latest_backup_is_said_and_the_one_before_it_restored(
    cli: Cli, office: Office
) -> None:
    stocked(cli, items=1)
    made(office)
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    newest = made(office).path
    office.close()
    headless(Path(newest))
    headless(cli.path)
    done = cli("backup", "restore")
    assert (done.code, newest in done.err) == (PARTLY, True)
    assert items(cli) == ["A0"]


def test_what_is_lost_since_is_told_where_the_office_still_tells(cli: Cli, office: Office) -> None:
    stocked(cli, items=1)
    path = made(office).path
    last = office.value("SELECT max(id) FROM core_action")
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    done = cli("backup", "restore", path, "--live", "--yes")
    assert f"Not in the backup: action {last + 1}" in done.err


def test_the_newest_backup_has_the_highest_action_whatever_its_clock_said(
    cli: Cli, office: Office
) -> None:
    stocked(cli, items=1)
    ahead = made(office)
    for end in ("", ".json"):
        future = ahead.path.replace("office-20", "office-21")
        os.rename(ahead.path + end, future + end)
    kept = ahead.manifest.replace(name=os.path.basename(future))
    Path(f"{future}.json").write_text(kept.text())
    codes = {finding.code: finding.severity for finding in findings(office)}
    assert codes["backup-ahead"] == "problem"
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    made(office)
    assert folder_of(office).latest().path != future
    assert "backup-ahead" not in {finding.code for finding in findings(office)}


def test_an_office_has_one_gate_and_one_key_by_whatever_name_it_is_opened(
    office: Office, office_factory: OfficeFactory
) -> None:
    folder = Path(office.path).parent / "elsewhere"
    folder.mkdir()
    (folder / "link.db").symlink_to(office.path)
    with office_factory(file="elsewhere/link.db") as through, through.acting("test"):
        through.add(Item(sku="LINK", name="Link"))
    assert [file.name for file in folder.iterdir()] == ["link.db"]
    assert verify_history(office) == []
    os.link(office.path, folder / "hard.db")
    with pytest.raises(Refused, match="2 names"), office.acting("test"):
        office.add(Item(sku="HARD", name="Hard"))


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_a_session_whose_file_was_taken_away_writes_nothing(
    office: Office, office_factory: OfficeFactory, ending: str
) -> None:
    with office.acting("test"):
        office.add(Item(sku="KEPT", name="Kept"))
    with office_factory() as session:
        os.rename(office.path + ending, f"{office.path}.moved")
        with pytest.raises(Replaced, match="Open the office again"), session.acting("test"):
            session.add(Item(sku="LOST", name="Lost"))
        # The screens read and save by twins.
        with pytest.raises(Replaced, match="Open the office again"):
            session.twin()
        assert session.value("SELECT group_concat(sku) FROM inventory_item") == "KEPT"
