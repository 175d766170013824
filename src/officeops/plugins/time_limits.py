"""Time limits: how long a plugin's code may take, and how it is stopped after that.

In the main thread an alarm raises inside the code, in another thread a watchdog does; in both
SQLite is asked to stop between steps of its own. Code that is deep in a C function stops when that
returns; until then the gate's note shows people who wait whose action runs, and since when.
"""

from __future__ import annotations

import _thread  # `threading` would be another half a millisecond
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.errors import TimeUp
from officeops.model.settings_table import Settings, setting
from officeops.plugins.keeper import AGAIN, OverTime, keeper, puts_back, putting_back
from officeops.store import interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType
    from typing import Self

    from officeops.store.connection import Connection, Deadline

#: The most answers of one plugin to one question; a generator without an end gives more at once.
MOST_ANSWERS: Final = 50_000
#: Seconds that the alarm is ahead of the keeper, which steps in where code took the alarm for
#: itself.
GRACE: Final = 0.5
#: Steps of SQLite between two looks at the clock: about a millisecond.
STEPS: Final = 100_000


class LimitSettings(Settings):
    """The table [limits] of officeops.toml: seconds, 0 for no limit."""

    guard: float = setting(
        2, minimum=0, help="Seconds a plugin may take to check one change (`validate`)"
    )
    action: float = setting(
        30,
        minimum=0,
        help="Seconds an action may take; imports, undo and long actions have no limit",
    )
    due: float = setting(5, minimum=0, help="Seconds a plugin may take for its due items")
    search: float = setting(
        5,
        minimum=0,
        help="Seconds a plugin may take to search, or to compute the fields of a list",
    )
    job: float = setting(
        600, minimum=0, help="Seconds a plugin's job may take until it says its next sentence"
    )


class _Unopened:
    """A stand-in for the connection where no office is open yet."""

    def __init__(self) -> None:
        self.limits: list[Deadline] = []

    def set_progress_handler(self, handler: object, steps: int) -> None:
        """Do nothing: no statement runs."""

    def interrupt(self) -> None:
        """Do nothing: no statement runs."""


_unopened = _Unopened()


class Limit:
    """A context that stops its code after so many seconds, by TimeUp; 0 seconds is no limit.

    - `db` is None before the office is open
    - `running` names the plugin whose code a frame belongs to, `otherwise` is named where there is
    none
    - `what` is the purpose of the code in the sentence, `then` the consequence
    - `kept` has another thread watch it too, for code that may take the alarm for itself
    """

    def __init__(
        self,
        db: Connection | None,
        seconds: float,
        running: Callable[[FrameType | None], tuple[str, str] | None],
        *,
        otherwise: str,
        what: str,
        then: str,
        kept: bool = False,
    ) -> None:
        self._db: Connection | _Unopened = db or _unopened
        self._seconds, self._running = seconds, running
        self._otherwise, self._what, self._then = otherwise, what, then
        self._kept = kept
        #: When the time is up, how much later the keeper steps in, and how often it has.
        self.deadline, self.grace, self.alarms = 0.0, GRACE, 0
        self.thread = _thread.get_ident()
        self.is_up = False
        self._who: tuple[str, str] | None = None

    def __enter__(self) -> Self:
        if self._seconds:
            self.deadline = time.monotonic() + self._seconds
            self._db.limits.append(self)
            if len(self._db.limits) == 1:
                self._db.set_progress_handler(
                    lambda: look(self._db.limits, sys._getframe(1)),  # noqa: SLF001
                    STEPS,
                )
            if not _arm(self):
                self._kept, self.grace = True, 0.0
            if self._kept:
                keeper.watch(self)
        return self

    def __exit__(
        self,
        kind: object,
        error: BaseException | None,
        trace: object,
    ) -> None:
        # Nothing is called before this is taken off the list: an alarm does not interrupt this
        # function (see _ring).
        if not self._seconds:
            return
        del self._db.limits[self._db.limits.index(self) :]
        if self._kept:
            with suppress(OverTime):
                keeper.call_off(self)
            keeper.call_off(self)
        _disarm(self)
        if not self._db.limits:
            self._db.set_progress_handler(None, 0)
        # Code that raises it without its time being up is stopped like code that had it.
        if self.is_up or (isinstance(error, OverTime) and not self._db.limits):
            raise TimeUp(self._sentence()) from error

    def up(self, frame: FrameType | None) -> None:
        """Note that the time is up, and the plugin whose code runs."""
        if not self.is_up:
            self.is_up, self._who = True, self._running(frame)

    def unstopped(self) -> str:
        """Say that its code does not stop, and how to go on."""
        plugin, _ = self._who or (self._otherwise, "")
        return (
            f"{self._too_long()}, and does not stop. Other screens work; "
            f"`officeops plugins disable {plugin}` turns it off."
        )

    def _sentence(self) -> str:
        return (
            f"{self._too_long()}. {self._then} "
            "Ask its author; [limits] in officeops.toml can give it more."
        )

    def _too_long(self) -> str:
        plugin, function = self._who or (self._otherwise, "")
        where = f" (in {function}())" if function else ""
        limit = f"the {self._seconds:g} s that it has {self._what}"
        return f"The plugin {plugin} took longer than {limit}{where}"

    @property
    def db(self) -> Connection | _Unopened:
        """The connection whose statements are stopped."""
        return self._db


def look(limits: Iterable[Deadline], frame: FrameType | None) -> bool:
    """Whether the time of any of these is up; each is noted."""
    now, is_up = time.monotonic(), False
    for limit in limits:
        if now >= limit.deadline:
            limit.up(frame)
            is_up = True
    return is_up


def bounded(answers: Iterable[object], what: str) -> Iterator[object]:
    """Yield at most `MOST_ANSWERS`. Raises TimeUp at one more: a generator may never end."""
    for number, answer in enumerate(answers):
        if number >= MOST_ANSWERS:
            raise TimeUp(f"it gave more than {MOST_ANSWERS:,} answers {what}, and was stopped")
        yield answer


# -- the main thread: an alarm
# -------------------------------------------------------------------------------------

#: The limits that the alarm looks at, the outermost first.
_alarmed: list[Limit] = []


def _arm(limit: Limit) -> bool:
    """Set the alarm; return whether it can be set.

    It rings in the main thread alone, and other code may use it.
    """
    try:
        if not _alarmed and signal.getsignal(signal.SIGALRM) != signal.SIG_DFL:
            return False
        if not _alarmed:
            signal.signal(signal.SIGALRM, _ring)
    except ValueError:
        return False
    _alarmed.append(limit)
    _set()
    return True


def _disarm(limit: Limit) -> None:
    if limit in _alarmed:
        del _alarmed[_alarmed.index(limit) :]
        _set()


def _set() -> None:
    if _alarmed:
        left = min(limit.deadline for limit in _alarmed) - time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.001), AGAIN)
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


puts_back(Limit.__enter__, Limit.__exit__, _arm, _disarm, _set)


def _ring(_number: int, frame: FrameType | None) -> None:
    # It rings again: a step that is done whole or not at all, such as a COMMIT, is not ended in the
    # middle.
    if interruption.is_held():
        return
    if look(list(_alarmed), frame) and (frame is None or frame.f_code not in putting_back):
        raise OverTime
