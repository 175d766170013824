"""Interruption: Ctrl-C, SIGTERM and SIGHUP end a command between two steps, never inside one.

Python acts on SIGINT alone, and in any instant: also in the one between a COMMIT and the note that
it was made. And SIGTERM ends the process before it can say what it has saved. So a command handles
all three alike: the first raises `Stopped`, or waits for as long as `hold` is in force; later
ones wait for that to end, and do not wait for ever.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Stop
from officeops.model.exit_codes import SIGNAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGHUP, SIGINT, SIGTERM = int(signal.SIGHUP), int(signal.SIGINT), int(signal.SIGTERM)
#: The signals by which people, systems and lines that drop end a command.
SIGNALS: Final = (SIGHUP, SIGINT, SIGTERM)
#: Taken here, before code of plugins is kept from it (`plugins/process_exit.py`): a signal that
#: comes while such code runs ends the process all the same.
_exit: Final = os._exit
#: Seconds that the end may take; a signal that is sent again after that ends the process at once.
PATIENCE: Final = 1.0


class Stopped(Stop):
    """A signal asked the command to end. `number` says which."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _State:
    """The state of signals. There is one: signals are sent to the process."""

    #: The first signal that was sent, and when; 0 while there is none.
    number, since = 0, 0.0
    #: How many steps that must not be interrupted are under way.
    holding = 0
    #: Whether the command has ended, so that nothing can be stopped any more, and with which code.
    over, code = False, -1
    #: Says which changes are written, when a second signal ends the command.
    words: Callable[[], str] | None = None


_state = _State()


def arm(words: Callable[[], str]) -> None:
    """From now on, end by `Stopped`.

    A signal that this process was started to ignore, as by nohup, stays ignored.
    """
    _state.words = words
    for signum in SIGNALS:
        if signal.getsignal(signum) != signal.SIG_IGN:
            signal.signal(signum, _asked)


def disarm(*signals: int) -> None:
    """Restore the default handling of signals, for code that handles them itself."""
    for signum in signals or SIGNALS:
        if signal.getsignal(signum) is _asked:
            signal.signal(
                signum, signal.default_int_handler if signum == SIGINT else signal.SIG_DFL
            )


def hold() -> None:
    """Begin a step that is done whole or not at all."""
    _state.holding += 1


def release() -> None:
    """End it, and raise `Stopped` for a signal that came in it."""
    _state.holding -= 1
    if _state.number and not _state.holding and not _state.over:
        raise Stopped(_state.number)


def is_held() -> bool:
    """Return whether a step is under way that is done whole or not at all."""
    return _state.holding > 0


def number() -> int:
    """Return the signal that was sent, or 0."""
    return _state.number


def was_asked(error: BaseException) -> bool:
    """Return whether an error ends the command because of a signal, not because code raised it."""
    if (
        isinstance(error, KeyboardInterrupt)
        and signal.getsignal(SIGINT) is signal.default_int_handler
    ):
        return not _is_raised(error)  # Ctrl-C as Python has it, where nobody counts signals
    return bool(_state.number) and isinstance(error, (Stopped, KeyboardInterrupt))


def _is_raised(error: BaseException) -> bool:
    """Return whether a `raise` raised an error; Ctrl-C comes between any two instructions."""
    from opcode import opmap

    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        trace is not None
        and trace.tb_frame.f_code.co_code[trace.tb_lasti] == opmap["RAISE_VARARGS"]
    )


@contextmanager
def held() -> Iterator[None]:
    """Do a step whole or not at all; where time counts, `hold` and `release` cost less."""
    hold()
    try:
        yield
    finally:
        release()


def finish() -> int:
    """Stop nothing any more: the command has ended.

    Returns the signal that was sent to it, or 0.
    """
    if not _state.over:
        _state.over = True
        _state.since = _state.since or time.monotonic()
    return _state.number


def leave(code: int) -> None:
    """Let the next signal end the process at once, with the exit code that it has anyway."""
    _state.code = code


def _asked(signum: int, _: object) -> None:
    if _state.code >= 0:
        _exit(_state.code)
    if not _state.number and not _state.over:
        _state.number, _state.since = signum, time.monotonic()
        sys.unraisablehook = _quiet
        if not _state.holding:
            raise Stopped(signum)
    elif not _state.holding and time.monotonic() - _state.since > PATIENCE:
        _end_at_once(_state.number or signum)


def _end_at_once(signum: int) -> None:
    """End without unwinding: uncommitted work is lost, and the system releases the gate."""
    sentence = _state.words() if _state.words else ""
    try:
        os.write(2, f"officeops: Stopped. {sentence}\n".encode())
    finally:
        _exit(SIGNAL + signum)


def _quiet(_: sys.UnraisableHookArgs) -> None:
    """Say nothing of what Python cannot pass on once a command is stopped.

    It may be `Stopped` itself, raised in a callback of SQLite's, and the command ends with its
    number all the same; or a half-read file that finds itself closed.
    """
