"""Waiting at the gate: in line, asleep in the kernel, and never longer than one has patience.

Polling is a lottery: with 32 writers a poll every 2 ms spends half a core on looking and lets one
wait ten times as long as another. The kernel wakes sleepers on a lock in the order in which they
came, but offers them no deadline. So a writer in the main thread sleeps under an alarm; other
threads, and programs that need the alarm themselves, poll.
"""

from __future__ import annotations

import fcntl
import signal
import threading
import time
from typing import TYPE_CHECKING

from officeops.store.gate_lock import take

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds between two looks past the line: the writer at its head may have been stopped, with the
#: gate free.
LOOK = 1.0


def wait(line: int, gate: int, patience: float, tell: Callable[[], None]) -> None:
    """Wait in line, then at the gate, and hold it on return; the line may be held too.

    `tell` is called at every look that did not find the gate free. Raises TimeoutError after
    `patience` seconds.
    """
    deadline = time.monotonic() + patience
    if _alarm_is_free():
        _sleep(line, gate, deadline, tell)
    else:
        _poll(line, gate, deadline, tell)


def _alarm_is_free() -> bool:
    return (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
        and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    )


class _Through(Exception):
    """The gate was taken past the line."""


def _sleep(line: int, gate: int, deadline: float, tell: Callable[[], None]) -> None:
    asleep = True

    def look(*_: object) -> None:
        nonlocal asleep
        if asleep and take(gate):
            asleep = False
            raise _Through
        if asleep and time.monotonic() > deadline:
            asleep = False
            raise TimeoutError
        if asleep:
            tell()

    signal.signal(signal.SIGALRM, look)
    left = max(0.001, deadline - time.monotonic())
    signal.setitimer(signal.ITIMER_REAL, min(LOOK, left), min(LOOK, left))
    try:
        fcntl.flock(line, fcntl.LOCK_EX)
        fcntl.flock(gate, fcntl.LOCK_EX)
        asleep = False
    except _Through:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _poll(line: int, gate: int, deadline: float, tell: Callable[[], None]) -> None:
    first = False
    look = time.monotonic() + LOOK
    while True:
        first = first or take(line)
        now = time.monotonic()
        if (first or now > look) and take(gate):
            return
        if now > deadline:
            raise TimeoutError
        if now > look:
            tell()
        # 1 to 3 ms: the jitter keeps the waiting processes apart.
        time.sleep(0.0005 if first else 0.001 + (time.perf_counter_ns() % 2000) / 1_000_000)
