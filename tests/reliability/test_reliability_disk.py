"""A file, folder or disk that may not be written, or is full: reading works or says why not; writing ends in a sentence."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE
from tests.reliability.practice import judge, make, opened
from tests.reliability.processes import ROOT, command

from officeops.core.records import Location
from officeops.tui.sheets.sheet_screen import SheetScreen
from officeops.tui.testing import Terminal
from officeops_inventory.counts.sheet import CountSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: Root may write everything; without these two rights it is bound by permissions like anybody.
AS_ANYBODY = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with an office."""
    make(tmp_path / "office.db", items=3)
    yield tmp_path
    tmp_path.chmod(0o755)


def run(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody whom permissions bind."""
    ran = subprocess.run(
        [*AS_ANYBODY, *command(file, *words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert "Traceback" not in ran.stderr
    return ran


@contextmanager
def small_disk(source: Path) -> Iterator[Path]:
    """Mount a small disk with copies of an office's files; skipped where mounting is not allowed."""
    place = Path(tempfile.mkdtemp(prefix="officeops-disk-"))
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False
    ).returncode:
        place.rmdir()
        pytest.skip("mounting a disk is not allowed here")
    try:
        for each in source.glob("office.db*"):
            shutil.copy(each, place)
        yield place
    finally:
        # A connection that an error still holds keeps the disk busy.
        gc.collect()
        subprocess.run(["umount", place], check=True)
        place.rmdir()


@contextmanager
def read_only_disk(source: Path) -> Iterator[Path]:
    """Mount the same so that nothing can be written."""
    with small_disk(source) as place:
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        yield place


def test_a_full_disk_refuses_in_a_sentence_and_keeps_what_was_saved(folder: Path) -> None:
    with small_disk(folder) as disk:
        file, saved = disk / "office.db", 0
        with suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
            while ballast.write(b"x" * 65536):
                pass
        os.truncate(disk / "ballast", (disk / "ballast").stat().st_size - 262_144)
        with opened(file) as office, suppress(sqlite3.OperationalError):
            while True:
                with office.acting("test.fill", {"text": "x" * 4096}):
                    saved += 1
        saved -= 1
        with suppress(OSError), (disk / "ballast").open("ab", buffering=0) as ballast:
            while ballast.write(b"x" * 512):
                pass
        refused = run(file, "item", "add", "--sku", "X", "--name", "X")
        assert refused.returncode == 1
        assert "is full" in refused.stderr
        (disk / "ballast").unlink()
        assert run(file, "item", "add", "--sku", "X", "--name", "X").returncode == 0
        with opened(file) as office:
            assert (
                office.value("SELECT count(*) FROM core_action WHERE verb = 'test.fill'")
                == saved
                > 0
            )
        assert judge(file, []).good


def test_a_read_only_file_can_be_read_and_refuses_in_a_sentence(folder: Path) -> None:
    file = folder / "office.db"
    file.chmod(0o444)
    listed = run(file, "item", "list", "--json")
    assert (listed.returncode, listed.stdout.count('"sku"')) == (0, 3), listed.stderr
    refused = run(file, "item", "add", "--sku", "X", "--name", "X")
    assert refused.returncode == 1
    assert "may be read here, not written" in refused.stderr


def test_a_read_only_folder_says_what_is_needed(folder: Path) -> None:
    folder.chmod(0o555)
    for words in (["item", "list"], ["item", "add", "--sku", "X", "--name", "X"]):
        refused = run(folder / "office.db", *words)
        assert refused.returncode == 1
        assert "may not be written by this login" in refused.stderr


def test_a_read_only_disk_can_be_read(folder: Path) -> None:
    with read_only_disk(folder) as disk:
        listed = run(disk / "office.db", "item", "list", "--json")
        assert (listed.returncode, listed.stdout.count('"sku"')) == (0, 3), listed.stderr
        refused = run(disk / "office.db", "item", "add", "--sku", "X", "--name", "X")
        assert refused.returncode == 1
        assert "can only be read" in refused.stderr
        # Each names the disk and a way out, and none blames the login or the account.
        salvage = f"salvage {disk}/office.db"
        for line in ("item add --sku X --name X", "backup", "backup restore", salvage):
            refused = run(disk / "office.db", *line.split())
            assert refused.returncode == 1, line
            assert "mounted read-only" in refused.stderr, (line, refused.stderr)
            assert "belongs to" not in refused.stderr, (line, refused.stderr)
        checked = run(disk / "office.db", "selfcheck")
        assert "problem  disk     The office's disk is mounted read-only" in checked.stdout


def test_a_read_only_disk_with_work_in_the_log_says_so_and_shows_no_older_state(
    folder: Path,
) -> None:
    (folder / "office.db-wal").write_bytes(b"not empty")
    with read_only_disk(folder) as disk:
        refused = run(disk / "office.db", "item", "list")
    assert refused.returncode == 1
    assert "office.db-wal" in refused.stderr


def test_a_count_on_a_full_disk_says_that_it_is_not_kept_and_keeps_it_once_there_is_room(
    folder: Path,
) -> None:
    with small_disk(folder) as disk, opened(disk / "office.db") as office:
        with Terminal(office) as terminal:
            count_sheet(terminal, office).type("7").press("enter")
            assert "not kept" not in terminal.crumbs
            with suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
                while ballast.write(b"x" * 512):
                    pass
            terminal.type("8").press("enter")
            assert terminal.prompt.startswith("Not kept if this screen closes:")
            assert "disk is full" in terminal.prompt
            assert "not kept" in terminal.crumbs
            (disk / "ballast").unlink()
            terminal.type("9").press("enter")
            assert "not kept" not in terminal.crumbs
        assert office.value("SELECT row_count FROM core_draft") == 3


def test_a_count_on_a_read_only_disk_says_that_it_is_not_kept(folder: Path) -> None:
    with (
        read_only_disk(folder) as disk,
        opened(disk / "office.db") as office,
        Terminal(office) as terminal,
    ):
        count_sheet(terminal, office).type("7").press("enter")
        assert terminal.prompt.startswith("Not kept if this screen closes:")
        assert "not kept" in terminal.crumbs
        assert "can only be read" in " ".join(terminal.press("!").text.split())


def count_sheet(terminal: Terminal, office: Office) -> Terminal:
    """Open the count of the first location on a terminal."""
    sheet = CountSheet(office.find(Location, "Main"))

    async def push() -> None:
        await terminal.app.push_screen(SheetScreen(office, sheet))

    terminal._run(push())
    return terminal.settle()
