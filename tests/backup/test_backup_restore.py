"""A backup comes back: into a new file, into the live office under those who work in it, and in rehearsal."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest
from tests.backup.backup_tools import answer, folder_of, made, settings_file, stocked
from tests.effort import PATIENCE

from officeops.backup import manifest as manifests
from officeops.backup.anchor import lost
from officeops.backup.restore_new import restore_new
from officeops.backup.restore_record import Source
from officeops.backup.verify import verify
from officeops.history.verify import verify as verify_history
from officeops.model.errors import Refused
from officeops.model.exit_codes import PARTLY
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

pytestmark = pytest.mark.officeops("vendors", "inventory")


def skus(office: Office) -> list[str]:
    """The items on the shelves."""
    return [row[0] for row in office.rows("SELECT sku FROM inventory_item ORDER BY id")]


def test_a_restore_makes_a_new_file_and_never_writes_over_one(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli)
    paper = office.attach(office.get(Item, 1), b"%PDF-1.4 \x00\xff", name="slip.pdf")
    manifest = manifests.read(made(office).path)
    assert (manifest.attached_bytes, manifest.rows["core_blob"]) == (paper.size, 1)
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    done = cli("backup", "restore", "latest", "--to", str(office_factory.home / "new.db"))
    assert done.code == 0, done.err
    new = office_factory(file="new.db")
    assert skus(new) == ["A0", "A1", "A2"]
    assert new.content(paper).read() == b"%PDF-1.4 \x00\xff"
    assert skus(office) == ["A0", "A1", "A2", "LATER"]
    assert new.value("SELECT verb FROM core_action ORDER BY id DESC") == "core.restore"
    assert verify_history(new) == []
    assert Path(new.path).stat().st_mode & 0o777 == 0o600
    assert new.value("PRAGMA journal_mode") == "wal"
    again = cli("backup", "restore", "latest", "--to", new.path)
    assert (again.code, "is there already" in again.err) == (1, True)
    assert cli("backup", "restore", "latest", "--to", office.path).code == 1
    assert skus(office) == ["A0", "A1", "A2", "LATER"]


def test_without_a_name_the_new_file_lies_beside_the_office(cli: Cli, office: Office) -> None:
    name = os.path.basename(made(office).path)
    assert cli("backup", "restore", "latest").code == 0
    assert (Path(office.path).parent / f"restored-{name}").is_file()


def test_an_open_session_sees_a_live_restore_at_once_and_goes_on(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli)
    path = made(office).path
    session = office_factory()
    with session.acting("test"):
        session.add(Item(sku="LATER", name="Later"))
    done = cli("backup", "restore", path, "--live", "--yes")
    assert done.code == 0, done.err
    assert skus(session) == ["A0", "A1", "A2"]
    with session.acting("test"):
        item = session.add(Item(sku="AFTER", name="After"))
    assert item.id == 5, "the number of what is gone is not given again"
    last = session.rows("SELECT verb, arguments FROM core_action ORDER BY id DESC LIMIT 2")[1]
    assert last[0] == "core.restore"
    assert os.path.basename(path) in last[1]
    assert verify_history(session) == []


def test_what_a_live_restore_replaced_can_be_brought_back(cli: Cli, office: Office) -> None:
    stocked(cli)
    before = made(office).path
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    cli("backup", "restore", before, "--live", "--yes")
    safety = folder_of(office).latest()
    assert safety.path != before
    assert lost(office.store.db, [safety]) == []
    assert cli("backup", "restore", "latest", "--live", "--yes").code == 0
    assert skus(office) == ["A0", "A1", "A2", "LATER"]
    assert verify_history(office) == []


def test_a_history_put_back_without_a_word_is_found_by_the_backups(
    cli: Cli, office: Office
) -> None:
    stocked(cli)
    old = made(office).path
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    newest = made(office)
    source = sqlite3.connect(old)
    source.backup(office.store.db)
    source.close()
    assert [each.path for each in lost(office.store.db, folder_of(office).all())] == [newest.path]
    done = cli("selfcheck", "--json")
    assert done.code == 1
    assert any("an older copy of the file took its place" in row["what"] for row in done.json)


def test_into_the_live_office_nobody_is_asked_without_a_terminal(cli: Cli, office: Office) -> None:
    stocked(cli)
    made(office)
    done = cli("backup", "restore", "latest", "--live")
    assert (done.code, "or --yes" in done.err) == (2, True)
    assert cli("backup", "restore", "latest", "--live", "--to", "x").code == 2
    assert len(folder_of(office).all()) == 1


@pytest.mark.parametrize(("typed", "code"), [("MS 1\n", 0), ("yes\n", 1)])
def test_on_a_terminal_the_sites_code_is_typed(
    cli: Cli, office: Office, typed: str, code: int
) -> None:
    stocked(cli)
    made(office)
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "officeops",
        "--db",
        office.path,
        "backup",
        "restore",
        "latest",
        "--live",
    ]
    ran = subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    os.write(ours, typed.encode())
    assert ran.wait(PATIENCE) == code
    os.close(ours)
    assert ("LATER" in skus(office)) == bool(code)


def test_a_damaged_backup_is_never_restored(cli: Cli, office: Office, officeops_home: Path) -> None:
    stocked(cli)
    path = Path(made(office).path)
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    for words in (["--live", "--yes"], ["--to", str(officeops_home / "new.db")]):
        done = cli("backup", "restore", "latest", *words)
        assert (done.code, "damaged" in done.err) == (1, True)
    assert not (officeops_home / "new.db").exists()
    assert len(folder_of(office).all()) == 1


def test_another_sites_backup_never_goes_into_the_live_office(cli: Cli, office: Office) -> None:
    stocked(cli)
    path = made(office).path
    assert cli("settings", "edit", "--site-code", "north").code == 0
    done = cli("backup", "restore", path, "--live", "--yes")
    assert (done.code, "is a backup of the site MS 1, and this is north" in done.err) == (1, True)


def test_a_restore_that_fails_half_way_leaves_no_file(
    cli: Cli, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from officeops.backup import prepared

    stocked(cli)
    path = made(office).path

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(prepared, "sync", full)
    target = Path(office.path).parent / "new.db"
    source = Source(path, path, None)
    with pytest.raises(Refused, match=r"No space left on device\. Nothing half made"):
        restore_new(source, str(target), office.plugins, office.machine, office.path)
    assert not list(target.parent.glob("new.db*"))


def test_a_request_restores_once(cli: Cli, office: Office) -> None:
    stocked(cli)
    path = made(office).path
    words = ["--request-id", "b1", "backup", "restore", "latest", "--live", "--yes"]
    assert cli(*words).code == 0
    cli("item", "add", "--sku", "LATER", "--name", "Later")
    again = cli(*words)
    assert (again.code, f"{office.path} is as it was in {path}" in again.err) == (0, True)
    assert skus(office) == ["A0", "A1", "A2", "LATER"]
    assert len(folder_of(office).all()) == 2, "no backup was made of what was not replaced"
    assert (
        office.value(
            "SELECT count(*) FROM core_action WHERE request = 'b1' AND verb = 'core.restore'"
        )
        == 1
    )
    other = cli("--request-id", "b1", "item", "add", "--sku", "X", "--name", "X")
    assert (other.code, "take another" in other.err) == (1, True)


def test_a_request_that_the_backup_holds_already_is_refused_before_anything_is_replaced(
    cli: Cli, office: Office
) -> None:
    stocked(cli)
    before = made(office).path
    assert cli("--request-id", "b1", "item", "add", "--sku", "LATER", "--name", "Later").code == 0
    after = made(office).path
    assert cli("backup", "restore", before, "--live", "--yes").code == 0
    done = cli("--request-id", "b1", "backup", "restore", after, "--live", "--yes")
    assert (done.code, "take another. Nothing was done" in done.err) == (1, True)
    assert skus(office) == ["A0", "A1", "A2"]


def test_a_way_through_a_folder_that_is_not_there_is_gone_once(
    cli: Cli, office: Office, office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocked(cli)
    made(office)
    monkeypatch.chdir(office_factory.home)
    done = cli("backup", "restore", "latest", "--to", "zz/../zz2.db")
    target = office_factory.home / "zz2.db"
    assert (done.code, f"is restored to {target}; " in done.err) == (0, True)
    new = office_factory(file="zz2.db")
    assert new.value("SELECT verb FROM core_action ORDER BY id DESC") == "core.restore"
    assert verify_history(new) == [], "its key came with it"


def test_a_backup_that_is_not_in_order_replaces_the_office_only_if_that_is_said(
    cli: Cli, office: Office
) -> None:
    stocked(cli)
    raw = sqlite3.connect(office.path)
    raw.execute("UPDATE inventory_stock SET quantity = quantity + 1 WHERE item_id = 1")
    raw.commit()
    raw.close()
    assert cli("backup").code == PARTLY
    done = cli("backup", "restore", "latest", "--live", "--yes")
    assert (
        done.code,
        "the balance is 6" in done.err,
        "is not in order, so it does not replace" in done.err,
    ) == (
        1,
        True,
        True,
    )
    assert len(folder_of(office).all()) == 1
    done = cli("backup", "restore", "latest", "--live", "--yes", "--anyway")
    assert (done.code, "Open sessions see it at once" in done.err) == (PARTLY, True)
    assert office.value("SELECT verb FROM core_action ORDER BY id DESC") == "core.restore"


def test_a_drill_restores_checks_and_asks(cli: Cli, office: Office) -> None:
    stocked(cli)
    made(office)
    row = answer(cli("backup", "drill", "--json").out)
    assert row["problems"] is None or row["problems"] == ""
    assert "today: " in str(row["answers"])
    assert "reorder: " in str(row["answers"])
    assert int(str(row["milliseconds"])) > 0
    assert folder_of(office).state()["drilled"]["name"] == row["name"]
    assert not [name for name in os.listdir(Path(office.path).parent) if "scratch" in name]


def test_a_drill_of_a_damaged_backup_fails(cli: Cli, office: Office) -> None:
    path = Path(made(office).path)
    with path.open("r+b") as file:
        file.truncate(8192)
    assert cli("backup", "drill").code == 1
    assert "drilled" not in folder_of(office).state()


def test_without_a_backup_every_command_says_so(cli: Cli) -> None:
    for words in (["verify"], ["drill"], ["restore", "latest"]):
        done = cli("backup", *words)
        assert (done.code, "`officeops backup` makes one" in done.err) == (1, True)


# -- encrypted ---------------------------------------------------------------------------------------


@pytest.fixture
def identity(officeops_home: Path) -> Path:
    """A secret key, whose public half is among the settings' recipients."""
    key = pyrage.x25519.Identity.generate()
    settings_file(officeops_home, f'recipients = ["{key.to_public()}"]')
    file = officeops_home / "key.txt"
    file.write_text(f"# created: today\n{key}\n")
    return file


def test_an_encrypted_backup_is_unreadable_without_its_key(
    identity: Path, cli: Cli, office: Office, office_factory: OfficeFactory, officeops_home: Path
) -> None:
    stocked(cli)
    row = answer(cli("backup", "--json").out)
    path = Path(str(row["path"]))
    assert path.name.endswith(".db.age")
    content = path.read_bytes()
    assert content.startswith(b"age-encryption.org")
    assert b"Gloves" not in content
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(path.parent))[-2:] == [path.name, f"{path.name}.json"]
    assert "give the file of its secret key with --identity" in cli("backup", "verify").err
    assert cli("backup", "verify", "--identity", str(identity)).code == 0
    assert cli("backup", "drill", "--identity", str(identity)).code == 0
    target = officeops_home / "new.db"
    assert (
        cli("backup", "restore", "latest", "--identity", str(identity), "--to", str(target)).code
        == 0
    )
    assert skus(office_factory(file="new.db")) == ["A0", "A1", "A2"]
    assert (
        cli("backup", "restore", "latest", "--identity", str(identity), "--live", "--yes").code == 0
    )
    leftovers = [
        name for name in os.listdir(Path(office.path).parent) if "part" in name or "scratch" in name
    ]
    assert leftovers == []


@pytest.mark.usefixtures("identity")
def test_another_key_or_none_is_told_apart(cli: Cli, officeops_home: Path) -> None:
    assert cli("backup").code == 0
    other = officeops_home / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    assert "encrypted to other keys" in cli("backup", "verify", "--identity", str(other)).err
    other.write_text("AGE-SECRET-KEY-1NONSENSE")
    told = cli("backup", "verify", "--identity", str(other))
    assert (told.code, "holds no secret key" in told.err, "NONSENSE" in told.err) == (
        2,
        True,
        False,
    )
    assert "cannot be read" in cli("backup", "verify", "--identity", "/nowhere").err


def test_what_is_changed_in_an_encrypted_backup_does_not_decrypt(
    identity: Path, cli: Cli, office: Office
) -> None:
    stocked(cli)
    path = Path(str(answer(cli("backup", "--json").out)["path"]))
    content = bytearray(path.read_bytes())
    content[-500] ^= 4
    path.write_bytes(content)
    kept = manifests.read(str(path)).replace(sha256=manifests.digest(str(path)))
    Path(manifests.path_of(str(path))).write_text(kept.text())
    with pytest.raises(manifests.Damaged, match="does not decrypt"):
        verify(str(path), office.plugins, office.machine, identity=str(identity), live=office.path)


def test_a_wrong_recipient_is_told_and_nothing_is_left(
    cli: Cli, office: Office, officeops_home: Path
) -> None:
    for wrong in ("age1nonsense", "ssh-rsa x"):
        settings_file(officeops_home, f'recipients = ["{wrong}"]')
        done = cli("backup")
        assert (done.code, "is no public key" in done.err) == (2, True)
    assert folder_of(office).all() == []
    assert not [name for name in os.listdir(Path(office.path).parent) if "part" in name]
