"""A folder in memory for the files of the tests: a disk's syncs took a sixth of a run."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

#: Linux's file system in memory.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it are the tests' own
#: Bytes that a run needs at most there, with room to spare; containers often have 64 MB.
_ROOM = 3 << 30


def use_memory() -> None:
    """Put temporary files into memory, where there is room and nobody chose another place."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def _has_room() -> bool:
    try:
        facts = Path("/proc/meminfo").read_text().split()
        available = int(facts[facts.index("MemAvailable:") + 1]) << 10
        free = shutil.disk_usage(_MEMORY).free
    except (OSError, ValueError):
        return False
    # Files there are memory as well: half of it stays for the programs.
    return min(free, available // 2) >= _ROOM
