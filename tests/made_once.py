"""What takes seconds to make is made once in a run, and copied by every process that wants it."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def parts_of(office: Path) -> list[Path]:
    """Return the files of an office that nobody writes into, to copy them.

    Those that SQLite keeps beside it while somebody reads it come and go.
    """
    files = office.parent.glob(f"{office.name}*")
    return [file for file in files if not file.name.endswith(("-wal", "-shm"))]


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
