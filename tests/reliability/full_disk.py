"""Every command on a disk without a byte of room: it reads as before, or refuses in a sentence that says so."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.said.lines import Line
    from tests.said.sweep import Bench


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
    with full_disk(ready) as place, chdir(place):
        words = bench.words(shlex.join(line.words))
        ran = Cli(Path(__file__))("--db", str(next(place.glob("*.db"))), *words, typed=line.typed)
    # A copy of the office for each of thousands of lines would fill the memory.
    shutil.rmtree(ready)
    said = f"{' '.join(line.words)}: {ran.code} {ran.out[-100:]}{ran.err[-300:]}"
    if "fault in officeops" in ran.err or "Traceback" in ran.err or ran.code > 5:
        return False, [said]
    is_answered = ran.code == normal.code
    says_why = any(word in ran.err for word in ("full", "No space", "no room", "read here"))
    return is_answered, [] if is_answered or says_why else [said]
