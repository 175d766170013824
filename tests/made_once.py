"""What takes seconds to make is made once in a run, and copied by every process that wants it."""

from __future__ import annotations

import fcntl
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from officeops.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def parts_of(office: Path) -> list[Path]:
    """Return the files of an office that nobody writes into, to copy them.

    Those that SQLite keeps beside it while somebody reads it come and go.
    """
    files = office.parent.glob(f"{office.name}*")
    return [file for file in files if not file.name.endswith(("-wal", "-shm"))]


#: The files of offices that tests of one process grew, by their names.
_grown: dict[str, dict[str, bytes]] = {}


def grown(office: Path, name: str, grow: Callable[[], object]) -> None:
    """Put an office in this file as `grow` makes it there, which the first test of a process runs and the others copy.

    Two that have one name must grow alike: with the same plugins, on any day. One that is there already grows by itself.
    """
    if office.exists():
        grow()
        return
    if name not in _grown:
        grow()
        _grown[name] = {
            part.name.removeprefix(office.name): part.read_bytes() for part in parts_of(office)
        }
        return
    for ending, content in _grown[name].items():
        part = office.with_name(office.name + ending)
        part.write_bytes(content)
        part.chmod(0o600)  # as an office makes them


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder `name` of this run, made by whichever process asks first; the others wait.

    Nobody writes into it: a test works on a copy.
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # the workers of a run share it
    folder = root / name
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            folder.mkdir()
            make(folder)
            (folder / "made").touch()
    return folder


def practice(factory: pytest.TempPathFactory, day: str = "") -> Path:
    """Return the file of this run's made-up practice, as `officeops demo` makes it today or on another day."""

    def build(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
                patch.setenv(f"XDG_{kind}_HOME", str(folder / "home"))
            if day:
                patch.setenv("OFFICEOPS_TODAY", day)
            assert run(["demo", "--keep", str(folder / "practice.db")]) == 0

    return made_once(factory, f"practice{day}", build) / "practice.db"


def copied(office: Path, path: Path) -> Path:
    """Copy an office to a path, with the files beside it that belong to it, and return that path."""
    for part in parts_of(office):
        shutil.copy(part, path.with_name(path.name + part.name.removeprefix(office.name)))
    return path
