"""A backup is a whole, checked, described copy, made while people work, or it is not there at all."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import answer, folder_of, made, settings_file, stocked
from tests.effort import PATIENCE, examples

from officeops.backup import manifest as manifests
from officeops.backup.encryption import seal
from officeops.backup.folder import Folder
from officeops.backup.manifest import Damaged
from officeops.backup.verify import verify
from officeops.model.errors import Broken, Busy, OfficeError, Refused
from officeops.model.exit_codes import DONE, PARTLY
from officeops.model.identity import fold
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def backups(office: Office) -> list[str]:
    """Every file in the folder of backups that is not the program's own note."""
    return sorted(
        name for name in os.listdir(folder_of(office).path) if not name.startswith(".officeops")
    )


def test_a_backup_is_a_whole_office_with_its_manifest(cli: Cli, office: Office) -> None:
    stocked(cli)
    row = answer(cli("backup", "--json").out)
    path = str(row["path"])
    assert os.path.basename(path).startswith("office-2")
    assert path.endswith("Z-ms-1.db")
    kept = manifests.read(path)
    assert (kept.sha256, kept.size, kept.site, kept.problems) == (
        row["sha256"],
        row["size"],
        "MS 1",
        [],
    )
    assert kept.rows["inventory_item"] == 3
    assert kept.anchor["action"] == office.value("SELECT max(id) FROM core_action")
    assert kept.anchor["link"] == office.value(
        "SELECT lower(hex(link)) FROM core_action ORDER BY id DESC LIMIT 1"
    )
    assert ["core", "0001_start"] in kept.migrations
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT sku FROM inventory_item").fetchall() == [("A0",), ("A1",), ("A2",)]
    raw.close()
    for file in (path, manifests.path_of(path)):
        assert Path(file).stat().st_mode & 0o777 == 0o600
    assert Path(path).parent.stat().st_mode & 0o777 == 0o700


def test_a_backup_leaves_nothing_else_behind(office: Office) -> None:
    path = made(office).path
    assert backups(office) == [os.path.basename(path), os.path.basename(path) + ".json"]
    assert not [
        name for name in os.listdir(Path(office.path).parent) if "part" in name or "scratch" in name
    ]


def test_what_a_killed_backup_left_is_cleared_away(office: Office) -> None:
    place = Path(folder_of(office).path)
    place.mkdir()
    for name in (
        "office-77.part",
        "office-77.part-journal",
        "office-20200101T000000000Z-main.db.json",
    ):
        (place / name).touch()
    other = place / "letters.txt"
    other.touch()
    path = made(office).path
    assert backups(office) == [
        "letters.txt",
        os.path.basename(path),
        os.path.basename(path) + ".json",
    ]


def test_every_flipped_bit_of_a_backup_or_its_manifest_is_found(cli: Cli, office: Office) -> None:
    stocked(cli)
    path = Path(made(office).path)
    pick = random.Random(7)  # noqa: S311 - bits to flip
    for file, flips in ((path, 1500), (Path(manifests.path_of(str(path))), 500)):
        whole = file.read_bytes()
        with file.open("r+b") as raw:
            for bit in pick.sample(range(len(whole) * 8), examples(flips)):
                at, mask = bit // 8, 1 << bit % 8
                os.pwrite(raw.fileno(), bytes([whole[at] ^ mask]), at)
                with pytest.raises(OfficeError, match="damaged"):
                    manifests.prove(str(path), manifests.read(str(path)))
                os.pwrite(raw.fileno(), whole[at : at + 1], at)
    manifests.prove(str(path), manifests.read(str(path)))


def test_who_waits_in_vain_for_another_backup_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(office)
    monkeypatch.setattr("officeops.backup.folder.PATIENCE", 0.2)
    with (
        folder.turn("one", folder.path),
        pytest.raises(Busy, match="Another backup into the same folder is still under way"),
        Folder(folder.path).turn("two", folder.path),
    ):
        pass


@pytest.mark.parametrize("cut", [0, 1, 100])
def test_a_shortened_backup_is_found(cli: Cli, office: Office, cut: int) -> None:
    path = Path(made(office).path)
    os.truncate(path, path.stat().st_size - 4096 + cut if cut else 0)
    done = cli("backup", "verify")
    assert done.code == 1
    assert "damaged" in done.err


def test_a_backup_renamed_or_with_anothers_manifest_is_found(office: Office) -> None:
    first, second = made(office).path, made(office).path
    os.replace(manifests.path_of(first), manifests.path_of(second))
    with pytest.raises(Damaged, match="manifest of office-"):
        verify(second, office.plugins, office.machine)
    with pytest.raises(OfficeError, match="has no manifest beside it"):
        verify(first, office.plugins, office.machine)


def forged(path: str, change: str) -> None:
    """Change a backup from outside and write a manifest that fits its bytes."""
    raw = sqlite3.connect(path)
    raw.create_function("officeops_fold", 1, fold)
    raw.executescript(change)
    raw.close()
    kept = manifests.read(path).replace(sha256=manifests.digest(path), size=os.path.getsize(path))
    Path(manifests.path_of(path)).write_text(kept.text())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            "DROP TRIGGER inventory_item_guard_edit; UPDATE inventory_item SET name = 'X' WHERE id = 1",
            "Gloves|recorded|trigger",
        ),
        ("DROP TABLE inventory_count_entry", "rows are not those"),
        ("UPDATE core_action SET actor = 'nobody' WHERE id = 3", "not as it was written"),
        (
            "DELETE FROM core_change WHERE id = (SELECT max(id) FROM core_change); UPDATE core_action SET actor='x'",
            "rows are not those",
        ),
    ],
)
def test_a_forged_backup_with_a_fitting_manifest_is_found_by_what_is_in_it(
    cli: Cli, office: Office, change: str, why: str
) -> None:
    stocked(cli)
    path = made(office).path
    for name, sql in office.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('core_action', 'core_change')"
    ):
        change = f"DROP TRIGGER {name}; {change}; {sql}"
    forged(path, change)
    found = "; ".join(verify(path, office.plugins, office.machine, live=office.path).problems)
    assert any(word in found for word in why.split("|")), found


def test_stock_that_is_not_the_sum_of_its_moves_is_told_and_kept(cli: Cli, office: Office) -> None:
    stocked(cli)
    trigger = office.value(
        "SELECT sql FROM core_trigger WHERE record = 'inventory_move' AND sql LIKE '%inventory_stock%'"
    )
    assert trigger
    raw = sqlite3.connect(office.path)
    raw.execute("UPDATE inventory_stock SET quantity = quantity + 1 WHERE item_id = 1")
    raw.commit()
    raw.close()
    done = cli("backup", "--json")
    assert done.code == PARTLY
    assert "balance is 6, but its entries add up to 5" in done.err
    path = str(answer(done.out)["path"])
    assert not manifests.read(path).good
    assert not any(each.good() for each in folder_of(office).all())
    assert cli("backup", "verify").code == 1


def test_the_live_office_is_never_read_as_a_file(
    cli: Cli, office: Office, officeops_home: Path
) -> None:
    stocked(cli)
    alias = officeops_home / "alias.db"
    os.link(office.path, alias)
    for name in (office.path, str(alias)):
        for words in (["verify", name], ["drill", name], ["restore", name]):
            done = cli("backup", *words)
            assert (done.code, "an office in use" in done.err) == (2, True), done


def test_a_folder_that_cannot_be_made_is_a_sentence(cli: Cli, officeops_home: Path) -> None:
    (officeops_home / "file").touch()
    done = cli("backup", "--to", str(officeops_home / "file" / "backups"))
    assert done.code == 1
    assert "is a file, not a folder" in done.err


def test_no_room_is_a_sentence_before_anything_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = list(os.statvfs(office.path))
    full[4] = 1
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(full))
    with pytest.raises(Refused, match="There is no room for the backup"):
        made(office)
    assert backups(office) == []


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from officeops.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_a_disk_that_fills_up_half_way_leaves_nothing(cli: Cli, office: Office) -> None:
    stocked(cli)
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, "--db", office.path, "backup"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "Nothing half made was left" in ran.stderr
    assert backups(office) == []
    assert cli("item", "list").code == 0


def test_quiet_says_nothing_where_all_is_well(cli: Cli) -> None:
    stocked(cli)
    assert cli("backup", "--quiet") == (0, "", "")


def test_two_backups_at_once_both_come_out(cli: Cli, office: Office) -> None:
    stocked(cli)
    command = [sys.executable, "-m", "officeops", "--db", office.path, "backup"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = [(each.communicate(timeout=PATIENCE)[1], each.returncode) for each in both]
    assert [code for _, code in ends] == [0, 0], ends
    for line, _ in ends:
        assert "checked" in line


def test_a_copy_command_is_run_for_backup_and_manifest(
    cli: Cli, office: Office, officeops_home: Path
) -> None:
    there = officeops_home / "elsewhere; rm -rf $HOME"
    there.mkdir()
    settings_file(officeops_home, f"copy = 'cp {{file}} \"{there}\"'")
    row = answer(cli("backup", "--json").out)
    assert row["elsewhere"] is True
    assert sorted(os.listdir(there)) == [row["name"], f"{row['name']}.json"]
    assert Folder(str(there)).latest().manifest().sha256 == row["sha256"]
    assert folder_of(office).state()["copied"]["name"] == row["name"]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("false {file}", "ended with 1"),
        ("no-such-program {file}", "No such file"),
        ("cp a b", "needs {file}"),
        ("cp ' {file}", "cannot be read as a command"),
    ],
)
def test_a_copy_that_fails_is_told_and_the_backup_stays(
    cli: Cli, office: Office, officeops_home: Path, command: str, why: str
) -> None:
    settings_file(officeops_home, f'copy = "{command}"')
    done = cli("backup")
    assert done.code == PARTLY
    assert why in done.err
    assert len(backups(office)) == 2
    assert "copied" not in folder_of(office).state()


def test_settings_of_backups_are_checked_and_shown(cli: Cli, officeops_home: Path) -> None:
    settings_file(officeops_home, "hourly = -1")
    assert "hourly" in cli("backup").err
    settings_file(officeops_home, "hurly = 1")
    assert "there is no key hurly" in cli("backup").err
    settings_file(officeops_home, "hourly = 3")
    rows = {(row["where"], row["setting"]): row["value"] for row in cli("settings", "--json").json}
    assert rows["[backup]", "hourly"] == "3"


def test_the_list_tells_of_each_backup(cli: Cli, office: Office) -> None:
    stocked(cli)
    first, second = made(office), made(office)
    Path(manifests.path_of(first.path)).unlink()
    rows = cli("backup", "list", "--json").json
    assert [(row["name"], row["state"]) for row in rows] == [
        (os.path.basename(second.path), "good"),
        (os.path.basename(first.path), "no whole manifest"),
    ]


def test_what_was_cut_off_is_not_good(cli: Cli, office: Office) -> None:
    stocked(cli)
    path = made(office).path
    os.truncate(path, 0)
    assert not folder_of(office).all()[0].good()
    assert [row["state"] for row in cli("backup", "list", "--json").json] == ["cut off"]


def test_the_list_tells_of_each_whether_it_left(cli: Cli, officeops_home: Path) -> None:
    stocked(cli)
    for command in ("true", "false", "true"):
        settings_file(officeops_home, f'copy = "{command} {{file}}"')
        assert cli("backup").code == (PARTLY if command == "false" else DONE)
    assert [row["elsewhere"] for row in cli("backup", "list", "--json").json] == [True, False, True]


def test_of_backups_that_went_it_is_forgotten_that_they_left(
    cli: Cli, office: Office, officeops_home: Path
) -> None:
    stocked(cli)
    settings_file(officeops_home, 'copy = "true {file}"')
    first, second = (str(answer(cli("backup", "--json").out)["name"]) for _ in range(2))
    folder = folder_of(office)
    assert folder.state()["copied"]["names"] == [first, second]
    folder.remove(folder.all()[0])
    third = str(answer(cli("backup", "--json").out)["name"])
    assert folder.state()["copied"]["names"] == [second, third]
    folder.remember(copied={"name": second, "at": "2026-01-01T00:00:00+00:00"})
    assert [row["elsewhere"] for row in cli("backup", "list", "--json").json] == [False, True], (
        "a note of old"
    )


def test_backups_carry_no_deleted_rows(office: Office) -> None:
    with office.acting("test"):
        office.add(Item(sku="SECRET-SKU", name="Gone"))
    raw = Path(made(office).path).read_bytes()
    assert raw.count(b"SECRET-SKU") >= 1
    assert (
        json.loads(Path(manifests.path_of(made(office).path)).read_text())["rows"]["inventory_item"]
        == 1
    )


def test_an_unreadable_state_is_no_state(office: Office) -> None:
    folder = folder_of(office)
    folder.make()
    folder.remember(copied={"name": "x", "at": "now"})
    (Path(folder.path) / ".officeops-backup.json").write_text("{")
    assert folder.state() == {}


def test_age_is_asked_for_where_it_is_missing(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file(officeops_home, 'recipients = ["age1x"]')
    monkeypatch.setitem(sys.modules, "pyrage", None)
    done = cli("backup")
    assert (done.code, "pip install officeops[age]" in done.err) == (1, True)
    with pytest.raises(Broken, match="pyrage"):
        seal("a", "b", ["age1x"])
