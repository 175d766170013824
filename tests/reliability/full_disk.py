"""Every command on a disk without a byte of room: it reads as before, or refuses in a sentence that says so."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from unittest import mock

from tests.said.runner import home

from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.said.lines import Line
    from tests.said.sweep import Bench

#: The words by which a refusal, or a check of the machine, says that the disk has no room.
REASONS: Final = ("full", "No space", "no room", "read here", "Make room")


@contextmanager
def full_disk(source: Path) -> Iterator[Path]:
    """Mount a small file system in memory with a copy of a folder, and fill the rest of it."""
    size = sum(file.stat().st_size for file in source.rglob("*") if file.is_file())
    with TemporaryDirectory() as folder:
        options = f"size={size // 1024 + 512}k"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
        try:
            place = Path(folder) / "office"
            shutil.copytree(source, place)
            with suppress(OSError), (Path(folder) / "ballast").open("wb", buffering=0) as ballast:
                while ballast.write(bytes(4096)):
                    pass
            yield place
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def on_full_disk(bench: Bench, line: Line) -> tuple[bool, list[str]]:
    """Run a line on a full disk; return whether it was answered as ever, and what was wrong."""
    ready = bench.ready(line)
    normal = bench.run(line, ready)
    # The settings, and the plugins in them, are those beside the office.
    with full_disk(ready) as place, chdir(place), mock.patch.dict(os.environ, home(place)):
        words = bench.words(shlex.join(line.words))
        ran = Cli(Path(__file__))("--db", str(next(place.glob("*.db"))), *words, typed=line.typed)
    # A copy of the office for each of thousands of lines would fill the memory.
    shutil.rmtree(ready)
    said = f"{' '.join(line.words)}: {ran.code} {ran.out[-100:]}{ran.err[-300:]}"
    if "fault in officeops" in ran.err or "Traceback" in ran.err or ran.code > 5:
        return False, [said]
    is_answered = ran.code == normal.code
    says_why = any(word in ran.out + ran.err for word in REASONS)
    return is_answered, [] if is_answered or says_why else [said]
