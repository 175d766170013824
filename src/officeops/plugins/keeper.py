"""Keeper: stops code whose time is up from another thread.

It watches the code of threads that no alarm reaches, and code that may take the alarm for itself.
Code that is in a function written in C is stopped when that returns.
"""

from __future__ import annotations

import _thread  # `threading` would be another half a millisecond
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType
    from typing import Protocol

    class Interruptible(Protocol):
        """A connection that stops its statement when it is asked to."""

        def interrupt(self) -> None:
            """Stop the statement that runs."""

    class Watched(Protocol):
        """The time limit of some code (`plugins.time_limits.Limit`)."""

        deadline: float
        grace: float
        alarms: int
        thread: int
        is_up: bool

        @property
        def db(self) -> Interruptible:
            """The connection whose statements are stopped."""
            ...

        def up(self, frame: FrameType | None) -> None:
            """Note that the time is up, and the plugin whose code runs."""

        def unstopped(self) -> str:
            """Say that its code does not stop."""
            ...


#: Seconds after which code that caught the first alarm gets the next.
AGAIN: Final = 0.25
#: How many alarms the keeper gives before it leaves code that catches them all to itself.
TIMES: Final = 100
#: After how many alarms code counts as code that does not stop.
DEAF: Final = 4
#: How many looks without anything to look after end the keeper's thread.
IDLE: Final = 4


class OverTime(BaseException):
    """Raised inside code whose time is up.

    No plugin should catch it; if one does, it comes again.
    """


#: Code that restores a context; interrupted, it would leave an alarm without a limit, or an office
#: that writes nothing.
putting_back: Final[set[CodeType]] = set()


def puts_back(*functions: Callable[..., object]) -> None:
    """Protect functions from limits: they set up a context for code, and restore it afterwards."""
    putting_back.update(function.__code__ for function in functions)


class _Keeper:
    """Watches limits from a thread of its own.

    They are those of other threads, and of code that may take the alarm.

    The thread ends after a second without a limit, so a process that has none has no thread either.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = _thread.allocate_lock()
        self._runs = False
        self._limits: list[Watched] = []

    def watch(self, limit: Watched) -> None:
        """Watch a limit of the calling thread."""
        if self._process != os.getpid():
            self._begin()  # a fork has the state without the thread
        with self._lock:
            self._limits.append(limit)
            begins, self._runs = not self._runs, True
        if begins:
            _thread.start_new_thread(self._run, ())

    def unstopped(self) -> list[str]:
        """Say of each code that goes on after its time: it waits in C, such as for a network."""
        with self._lock:
            return [limit.unstopped() for limit in self._limits if limit.alarms >= DEAF]

    def call_off(self, limit: Watched) -> None:
        """Stop watching a limit of the calling thread, and drop an exception not raised yet."""
        with self._lock:
            if limit in self._limits:
                self._limits.remove(limit)
            # Of the keeper's own alarms alone: a thread that is just being started has the number
            # of the one that starts it, and would get the exception.
            if limit.alarms:
                _drop(limit.thread)

    def _run(self) -> None:
        idle = 0
        while idle < IDLE:
            time.sleep(AGAIN)
            with self._lock:
                idle = 0 if self._limits else idle + 1
                for limit in self._limits:
                    if time.monotonic() >= limit.deadline + limit.grace:
                        _end(limit)
                # Under the lock: the next limit starts a thread again.
                self._runs = idle < IDLE


def _end(limit: Watched) -> None:
    """Raise inside the code of a thread whose time is up, but not in protected code."""
    frame = sys._current_frames().get(limit.thread)  # noqa: SLF001 - the one way to know
    # Not forever: if a limit is ever left behind, its thread may be another by now.
    if frame is None or frame.f_code in putting_back or limit.alarms >= TIMES:
        return
    limit.alarms += 1
    limit.up(frame)
    limit.db.interrupt()
    _raise_in(limit.thread, OverTime)


keeper: Final = _Keeper()


def _drop(thread: int) -> None:
    """Drop an exception that waits for the calling thread: raise it here, and catch it.

    One that is only cancelled leaves its flag set. CPython 3.11 then looks for it at every step,
    and without end once a debugger or a coverage tool traces the code.
    """
    with suppress(OverTime):
        _raise_in(thread, OverTime)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    import ctypes

    what = ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
