"""The gate: one writer at a time, in the order they came, across processes.

A `flock` on a side file is taken before `BEGIN IMMEDIATE`. SQLite's own busy handler lets one
writer starve another and, before 3.51.3, a checkpoint beside a writer can corrupt the file; among
processes that take the gate neither can happen. The kernel drops the lock with the process.
Writers that wait queue on a second side file, so that one alone waits at the gate itself; the
queue is courtesy, the gate is safety.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from errno import EACCES
from typing import TYPE_CHECKING

from officeops.model.errors import Busy, Refused
from officeops.store.gate_lock import give, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds a writer waits before it says who holds the gate.
PATIENCE = 30.0


class Gate:
    """An exclusive lock on `office.db.gate`, with a note of who holds it and why.

    Its holder may enter again: an upgrade is a copy and a transaction under one stay inside
    the gate.
    """

    def __init__(self, database: str) -> None:
        self._path = f"{database}.gate"
        self._line_path = f"{database}.line"
        self._file: int | None = None
        self._line = -1
        self._inside = 0
        self._stops: set[int] = set()
        #: Called with a sentence, once, where somebody has waited for about a second: nobody sits
        #: before a silent screen.
        self.told: Callable[[str], None] | None = None
        self._has_told = False

    def enter(self, note: str, patience: float = PATIENCE) -> None:
        """Wait for the gate and leave `note` in it.

        Raises Busy, naming the holder, after `patience` seconds.
        """
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
        file = self._opened()
        self._defer_stops()
        try:
            if not (take(self._line) and take(file)):
                from officeops.store.gate_queue import wait

                self._has_told = False
                wait(self._line, file, patience, self._tell)
            give(self._line)
            os.pwrite(
                file,
                f"{time.monotonic():.0f}\t{os.getpid()}\t{note}\n".encode()[:256].ljust(256),
                0,
            )
        except BaseException as error:
            self._go()
            if isinstance(error, TimeoutError):
                raise Busy(self._sentence()) from None
            raise

    def _opened(self) -> int:
        if self._file is None:
            # A link in their place could lead root to any file of the system.
            how = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            try:
                self._line = os.open(self._line_path, how, 0o600)
                self._file = os.open(self._path, how, 0o600)
                if os.geteuid() == 0:
                    self._give_to_owner()
            except OSError as error:
                raise Refused(_unopened(error), code="cannot-write") from error
        return self._file

    def _give_to_owner(self) -> None:
        from officeops.store.ownership import give_to_owner

        for descriptor in (self._line, self._file):
            if descriptor is not None:
                give_to_owner(descriptor, self._path.removesuffix(".gate"))

    @property
    def is_held(self) -> bool:
        """Whether this program holds the gate."""
        return self._inside > 0

    def leave(self) -> None:
        """Open the gate to the next writer."""
        self._inside = max(0, self._inside - 1)
        if not self._inside:
            self._go()

    def _go(self) -> None:
        if self._file is not None:
            give(self._file)
            give(self._line)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self._stops)
        self._stops = set()

    def _defer_stops(self) -> None:
        """Hold Ctrl-Z until the write is done: a stopped process would keep everybody waiting."""
        stops: set[int] = {signal.SIGTSTP, signal.SIGTTOU}
        self._stops = stops - signal.pthread_sigmask(signal.SIG_BLOCK, stops)

    def close(self) -> None:
        """Let go of the side files."""
        if self._file is not None:
            os.close(self._file)
            os.close(self._line)
            self._file = None

    def _tell(self) -> None:
        if self.told is not None and not self._has_told:
            self._has_told = True
            self.told(f"Waiting: {self._holder()}")

    def _sentence(self) -> str:
        """Return the sentence for a writer that waited in vain."""
        return f"The office is busy: {self._holder()} Try again in a moment."

    def _holder(self) -> str:
        """Return who writes what, and for how long."""
        note = (
            os.pread(self._file, 256, 0).decode(errors="replace").strip()
            if self._file is not None
            else ""
        )
        since, _, rest = note.partition("\t")
        pid, _, what = rest.partition("\t")
        if not since.isdigit():
            return "another program is writing."
        held = max(0, int(time.monotonic()) - int(since))
        return f"{what or 'another program'} (process {pid}) has been writing for {held} s."


def _unopened(error: OSError) -> str:
    """Return the sentence for a file of the gate that this login may not open."""
    from officeops.store.filesystem import read_only_disk

    if words := read_only_disk(error.filename):
        return f"The office can only be read. {words}"
    what = f"The office can only be read: {error.filename} cannot be written ({error.strerror})."
    if error.errno != EACCES or not os.path.exists(error.filename):
        return what
    from officeops.store.ownership import to_owner

    # The gate and the line have the name of the office, and an ending.
    office = os.path.splitext(error.filename)[0]
    return f"{what} As root: {to_owner(office, [error.filename])}"
