"""Shared memory: whether every process that has an office open uses the one that is beside its file.

SQLite's processes tell each other by it which saves are in the log (sqlite.org/wal.html). A process
whose shared memory was removed under it knows nothing of later saves, and when it closes the file it
throws their log away.
"""

from __future__ import annotations

import os
import time
from typing import Final

from officeops.model.errors import Busy

#: Where Linux tells which process has a lock on which file; elsewhere nothing is refused.
LOCKS: str = "/proc/locks"
#: Seconds that another process has between opening the file and its shared memory: on a machine
#: with a hundred busy processes, that is long.
_PATIENCE: Final = 3.0
_STEP: Final = 0.01


def refuse_strangers(path: str) -> None:
    """Raise Busy where a process has the office open with a shared memory that was removed."""
    ends = time.monotonic() + _PATIENCE
    # Twice: the kernel's list is read a page at a time, and a lock may move from one to another.
    while strangers := _strangers(path) or _strangers(path):
        if time.monotonic() > ends:
            names = ", ".join(map(str, sorted(strangers)))
            raise Busy(
                f"Close every open officeops first (`officeops who`; process {names} of this machine)."
                f" {path}-shm was removed while that had the office open, and what others save now "
                "would be lost. Nothing was written."
            )
        time.sleep(_STEP)


def _strangers(path: str) -> set[int]:
    """Return the other processes with a lock on the file, and none on the shared memory beside it."""
    try:
        with open(LOCKS, encoding="ascii", errors="replace") as locks:
            lines = locks.read().splitlines()
        file, memory = _named(path), _named(f"{path}-shm")
    except OSError:
        return set()
    return _lockers(lines, file) - _lockers(lines, memory) - {os.getpid()}


def _named(path: str) -> str:
    """Return a file as the kernel's list of locks names it."""
    state = os.stat(path)
    return f"{os.major(state.st_dev):02x}:{os.minor(state.st_dev):02x}:{state.st_ino}"


def _lockers(lines: list[str], file: str) -> set[int]:
    """Return the processes that have a POSIX lock on a file; those that wait for one are left out."""
    processes = set()
    for line in lines:
        words = line.split()
        if len(words) > 5 and words[1] == "POSIX" and words[5] == file:
            processes.add(int(words[4]))
    return processes
