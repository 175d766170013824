"""Files are read and written where they were asked for, under any name, and nowhere else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.fuzz.fuzz_tools import sentence

if TYPE_CHECKING:
    from officeops.testing import Cli

NAMES = ["a b.csv", "..csv", "-x.csv", "line\nbreak.csv", "\x1b]0;x\x07.csv", "\u202egnp.csv", "é.csv", "\udcff.csv", "'; rm -rf ~ #.csv", "%s.csv", "x" * 240 + ".csv", "😀" * 60 + ".csv"]  # fmt: skip
BAD = "sku,name\nA,Gloves\nB,\n"


@pytest.fixture
def place(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with another beside it that nothing may be written to."""
    assert cli("item", "list").code == 0
    for name in ("here", "elsewhere"):
        (officeops_home / name).mkdir()
    monkeypatch.chdir(officeops_home / "here")
    return officeops_home / "here"


def elsewhere(place: Path) -> list[str]:
    return sorted(os.listdir(place.parent / "elsewhere"))


# -- the file of bad rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("folder", ["", "../elsewhere/"])
@pytest.mark.usefixtures("place")
def test_bad_rows_go_beside_the_file_under_any_name(cli: Cli, name: str, folder: str) -> None:
    Path(folder + name).write_text(BAD)
    ran = cli("item", "import", "--skip-bad", "--", folder + name)
    assert ran.code == 5, ran.err
    sentence(ran.err)
    (written,) = [each for each in Path(folder or ".").iterdir() if ".bad" in each.name]
    assert written.stat().st_mode & 0o777 == 0o600
    assert written.read_text().startswith("sku,name,problem\nB,,")
    assert cli("item", "list", "--json").json[0]["sku"] == "A"
    assert "\x1b" not in cli("history").out


def test_bad_rows_never_follow_a_link(cli: Cli, place: Path) -> None:
    target = place.parent / "elsewhere" / "target"
    Path("stock.csv").write_text(BAD)
    Path("stock.bad.csv").symlink_to(target)
    assert cli("item", "import", "stock.csv", "--skip-bad").code == 5
    assert not target.exists()
    assert not Path("stock.bad.csv").is_symlink()


def test_bad_rows_that_cannot_be_written_are_said_and_come_with_the_next_import(
    cli: Cli, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "gone").mkdir()
    monkeypatch.chdir(place / "gone")
    (place / "gone").rmdir()
    ran = cli("item", "import", "-", "--skip-bad", typed=BAD)
    assert ran.code == 5
    assert (
        "The good rows are imported, but the bad ones cannot be written to import.bad.csv: No such file"
        in ran.err
    )
    monkeypatch.chdir(place)
    again = cli("item", "import", "-", "--skip-bad", typed=BAD)
    assert again.code == 1
    assert "1 row is bad, 1 unchanged" in again.err
    assert (place / "import.bad.csv").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/dev/null",
        "/dev/zero",
        "/dev/stdin",
        "pipe",
        "folder",
        "loop",
        "dangling",
        "no/such",
        "",
        ".",
        "\udcff",
        "x" * 5000,
    ],
    ids=ascii,
)
def test_what_is_no_file_is_refused_and_keeps_nobody_waiting(
    cli: Cli, place: Path, path: str
) -> None:
    os.mkfifo("pipe")
    (place / "folder").mkdir()
    Path("loop").symlink_to("loop")
    Path("dangling").symlink_to("nowhere")
    for words in (
        ("item", "import", path),
        ("count", "Main", "--file", path),
        ("--db", path or "no/such", "item", "list"),
        ("--config", path, "item", "list"),
    ):
        ran = cli(*words)
        assert ran.code in {1, 2}, (words, ran)
        sentence(ran.err)
    assert cli("item", "list", "--json").json == []


# -- exports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_an_export_replaces_a_file_when_it_is_whole_and_keeps_its_permissions(
    cli: Cli, place: Path, ending: str
) -> None:
    file = place / f"items.{ending}"
    file.write_text("old")
    file.chmod(0o640)
    other = place / "other-name"
    os.link(file, other)
    assert cli("item", "export", file.name).code == 0
    assert file.read_bytes()[:1] != b"o"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert other.read_text() == "old"
    assert sorted(os.listdir(place)) == [f"items.{ending}", "other-name"]


def test_an_export_that_fails_leaves_the_file_as_it_was(cli: Cli, place: Path) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves", "--description", "x" * 40_000)
    file = place / "items.xlsx"
    file.write_text("old")
    ran = cli("item", "export", "items.xlsx")
    assert (ran.code, "Row 2" in ran.err, "32,767" in ran.err) == (1, True, True)
    assert file.read_text() == "old"
    assert os.listdir(place) == ["items.xlsx"]


def test_an_export_never_goes_through_a_link(cli: Cli, place: Path) -> None:
    target = place.parent / "elsewhere" / "target"
    target.write_text("theirs")
    for name, to in (("link.csv", target), ("dangling.csv", place.parent / "elsewhere" / "new")):
        Path(name).symlink_to(to)
        assert cli("item", "export", name).code == 0
        assert Path(name).is_file()
        assert not Path(name).is_symlink()
    assert (elsewhere(place), target.read_text()) == (["target"], "theirs")


@pytest.mark.parametrize(
    "path",
    [
        "/dev/null",
        "/dev/full",
        "pipe.csv",
        "folder.csv",
        "no/such.csv",
        "x" * 300 + ".csv",
        "",
        ".",
        "/proc/self/x.csv",
    ],
)
def test_what_cannot_be_an_export_is_refused(cli: Cli, place: Path, path: str) -> None:
    os.mkfifo("pipe.csv")
    (place / "folder.csv").mkdir()
    ran = cli("item", "export", path, "--format", "csv")
    assert ran.code in {1, 2}
    sentence(ran.err)
    assert sorted(os.listdir(place)) == ["folder.csv", "pipe.csv"]


def test_a_full_disk_leaves_the_last_export(cli: Cli, place: Path) -> None:
    """A limit on the size of files stands for the disk."""
    cli("item", "add", "--sku", "A", "--name", "Gloves", "--description", "y" * 90_000)
    (place / "items.csv").write_text("old")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "from officeops.cli import main; main(sys.argv[1:])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--db", str(cli.path), "item", "export", "items.csv"],
        capture_output=True,
        text=True,
        check=False,
        cwd=place,
    )
    assert (ran.returncode, ran.stderr) == (
        1,
        "officeops: items.csv cannot be written: File too large\n",
    )
    assert (place / "items.csv").read_text() == "old"
    assert os.listdir(place) == ["items.csv"]


@tried(60)
@given(st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=40))
def test_an_export_has_the_name_it_was_given(cli: Cli, place: Path, name: str) -> None:
    ran = cli("item", "export", f"./{name}", "--format", "json")
    sentence(ran.err)
    if ran.code == 0:
        assert os.listdir(place) == [name]
        os.unlink(name)
    else:
        assert (
            name in {".", ".."} or not name.isprintable() or len(name.encode(errors="replace")) > 20
        )
    assert os.listdir(place) == []


# -- the demo and backups ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["file", "link", "dangling", "pipe", "folder", "device", "nowhere"]
)
def test_the_demo_is_kept_in_a_new_file_only(cli: Cli, place: Path, kind: str) -> None:
    target = place.parent / "elsewhere" / "target"
    path = {"device": "/dev/null", "nowhere": "no/such.db"}.get(kind, "kept.db")
    match kind:
        case "file":
            Path(path).write_text("mine")
        case "link" | "dangling":
            Path(path).symlink_to(target)
            if kind == "link":
                target.write_text("theirs")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            Path(path).mkdir()
    before = sorted(os.listdir(place))
    ran = cli("demo", "--keep", path)
    assert ran.code in {1, 2}
    sentence(ran.err)
    assert sorted(os.listdir(place)) == before
    assert not target.exists() or target.read_text() == "theirs"


@pytest.mark.parametrize("kind", ["file", "pipe", "device", "dangling"])
def test_a_backup_goes_to_a_folder_and_nowhere_else(cli: Cli, place: Path, kind: str) -> None:
    path = "/dev/null" if kind == "device" else "backups"
    match kind:
        case "file":
            Path(path).write_text("mine")
        case "pipe":
            os.mkfifo(path)
        case "dangling":
            Path(path).symlink_to(place.parent / "elsewhere" / "new")
    before = sorted(os.listdir(place))
    ran = cli("backup", "--to", path)
    assert ran.code == 1, ran
    sentence(ran.err)
    assert (sorted(os.listdir(place)), elsewhere(place)) == (before, [])


@pytest.mark.parametrize("code", ["../../x", "/etc", "a/b", "a\nb", "..", "", "é" * 40])
def test_a_site_s_code_names_backups_but_chooses_no_folder(
    cli: Cli, place: Path, code: str
) -> None:
    assert cli("init", "--name", "Office", "--site-code", code).code in {0, 1, 2}
    ran = cli("backup", "--to", "made")
    sentence(ran.err)
    assert elsewhere(place) == []
    assert all(name == "made" for name in os.listdir(place))
    assert all(name.startswith(("office-", ".")) for name in os.listdir(place / "made"))
