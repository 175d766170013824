"""The gate: one writer at a time, fairly, across processes.

A `flock` on a side file is taken before `BEGIN IMMEDIATE`. SQLite's own busy handler lets one
writer starve another and, before 3.51.3, a checkpoint beside a writer can corrupt the file; among
processes that take the gate neither can happen. The kernel drops the lock with the process.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds a writer waits before it is told who holds the gate.
PATIENCE = 30.0


class Gate:
    """An exclusive lock on `office.db.gate`, with a note of who holds it and why.

    Whoever holds it may enter again: an upgrade is a copy and a transaction under one stay inside the gate.
    """

    def __init__(self, database: str) -> None:
        self._path = f"{database}.gate"
        self._file: int | None = None
        self._inside = 0

    def enter(self, note: str, patience: float = PATIENCE) -> None:
        """Wait for the gate and leave `note` in it. Raises Busy, naming the holder, after `patience` seconds."""
        if not self._inside:
            self._wait(note, patience)
        self._inside += 1

    @contextmanager
    def held(self, note: str, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the gate for longer than one transaction."""
        self.enter(note, patience)
        try:
            yield
        finally:
            self.leave()

    def _wait(self, note: str, patience: float) -> None:
        import fcntl

        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy(self._sentence()) from None
                _nap()
            else:
                break
        os.pwrite(self._file, f"{time.time():.0f}\t{os.getpid()}\t{note}\n".encode()[:256].ljust(256), 0)

    def leave(self) -> None:
        """Open the gate to the next writer."""
        import fcntl

        self._inside = max(0, self._inside - 1)
        if self._file is not None and not self._inside:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the side file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _sentence(self) -> str:
        note = os.pread(self._file, 256, 0).decode(errors="replace").strip() if self._file is not None else ""
        since, _, rest = note.partition("\t")
        pid, _, what = rest.partition("\t")
        if not since.isdigit():
            return "The office is busy: another program is writing. Try again in a moment."
        held = max(0, int(time.time()) - int(since))
        return f"The office is busy: {what or 'another program'} (process {pid}) has been writing for {held} s. Try again in a moment."


def _nap() -> None:
    """Sleep 1 to 3 ms: a poll keeps a deadline, and its jitter keeps waiters fair."""
    time.sleep(0.001 + (time.perf_counter_ns() % 2000) / 1_000_000)
