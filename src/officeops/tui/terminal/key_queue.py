"""KeyQueue: every key of every screen, in the order typed.

Each key is given out once all work that the key before it began has ended. A burst (a paste, a
scanner, a line that recovers after a stall) then has the same effect as the same keys typed slowly.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from textual import events
from textual._time import get_time

from officeops.tui.terminal.scans import Pressed, Scan, scan_at_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Seconds after which the work that a key waits for counts as stuck. From then on a person can
#: leave without waiting.
PATIENCE: Final = 2.0
#: Checks without a pause in between, for work that ends in a moment; then one after each pause, in
#: seconds.
QUICK_CHECKS: Final = 500
PAUSE: Final = 0.005
#: The keys that leave or interrupt; they need not wait for work that is stuck.
LEAVING: Final = frozenset({"ctrl+c", "ctrl+q", "escape"})
#: The keys that a scanner is set to end a code with.
ENDS: Final = frozenset({"enter", "tab"})


class Receiver(Protocol):
    """The program, as the queue that gives it keys needs it."""

    def is_ready(self, event: events.Event | None) -> bool:
        """Whether all that a key must wait for has ended.

        None asks about the work of the key before it alone.
        """

    def is_typing(self) -> bool:
        """Whether keys are text now; a scan is then text too."""

    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""

    def give(self, event: events.Event) -> None:
        """Take a key, or a paste."""

    def give_scan(self, scan: Scan) -> None:
        """Take a scan."""

    def forgot(self, count: int) -> None:
        """Learn how many keys typed ahead are forgotten."""


class KeyQueue:
    """The keys that were typed and not yet given out."""

    def __init__(self, receiver: Receiver, clock: Callable[[], float] = get_time) -> None:
        self._receiver = receiver
        self._clock = clock
        self._waiting: deque[events.Event] = deque()
        self._arrival = asyncio.Event()
        self._given: events.Event | None = None
        #: Since when a key is being carried out, or waits; None if none is.
        self._since: float | None = None

    def __len__(self) -> int:
        """Return how many keys wait."""
        return len(self._waiting)

    @property
    def busy(self) -> bool:
        """Whether keys wait, or the last one is still being carried out."""
        return bool(self._waiting) or self._since is not None

    def is_given(self, event: events.Event) -> bool:
        """Whether a key comes from the queue, and not from the terminal."""
        return event is self._given

    def add(self, event: events.Event) -> None:
        """Take a key that arrived.

        A key that leaves stuck work is given out at once, and the keys that waited before it are
        forgotten.
        """
        if self.is_stuck and self._leaves(event):
            forgotten = len(self._waiting)
            self._waiting.clear()
            self._give(event)
            self._receiver.forgot(forgotten)
        else:
            self._waiting.append(event)
            self._arrival.set()

    def again(self, event: events.Key) -> None:
        """Take back a key that reached a screen which had just closed: the next screen gets it."""
        self._waiting.appendleft(event.copy())
        self._arrival.set()

    @property
    def is_stuck(self) -> bool:
        """Whether the work that a key waits for takes too long."""
        return self._since is not None and self._clock() - self._since > PATIENCE

    def _leaves(self, event: events.Event) -> bool:
        if not isinstance(event, events.Key):
            return False
        quits = event.key == "q" and not self._receiver.is_typing()
        return quits or event.key in LEAVING or self._receiver.is_asking()

    # -- giving out -------------------------------------------------------------------------------

    async def run(self) -> None:
        """Give keys out for as long as the program runs."""
        while True:
            await self._arrival.wait()
            self._arrival.clear()
            while self._waiting:
                await self._next()
            await self._until(self._is_done)
            if not self._waiting:
                self._since = None

    def _is_done(self) -> bool:
        return bool(self._waiting) or self._receiver.is_ready(None)

    def _is_head_ready(self) -> bool:
        return not self._waiting or self._receiver.is_ready(self._waiting[0])

    async def _until(self, ready: Callable[[], bool]) -> None:
        """Wait. Neither Textual nor a thread reports its end, so the queue has to check."""
        checks = 0
        while not ready():
            checks += 1
            await asyncio.sleep(0 if checks < QUICK_CHECKS else PAUSE)

    async def _next(self) -> None:
        """Give out the first key or scan, or wait for the rest of what may be a scan."""
        if self._since is None:
            self._since = self._clock()
        await self._until(self._is_head_ready)
        if not self._waiting:
            return
        self._since = None
        scan = None if self._receiver.is_typing() else self._scan()
        if isinstance(scan, Scan):
            self._give_scan(scan)
            return
        seconds = 0.0 if scan is None else scan - self._clock()
        if seconds > 0:
            self._arrival.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrival.wait(), seconds)
        else:
            self._give(self._waiting.popleft())

    def _give(self, event: events.Event) -> None:
        self._given = event
        self._since = self._clock()
        self._receiver.give(event)

    def _give_scan(self, scan: Scan) -> None:
        for _ in range(scan.keys):
            self._waiting.popleft()
        self._since = self._clock()
        self._receiver.give_scan(scan)

    def _scan(self) -> Scan | float | None:
        pressed = list(_pressed(self._waiting))
        return scan_at_head(pressed) if pressed else None


def _pressed(waiting: Iterable[events.Event]) -> Iterable[Pressed]:
    """Yield the keys as far as a scanner may have pressed them."""
    for event in waiting:
        if not isinstance(event, events.Key):
            return
        if event.key in ENDS:
            yield Pressed("\r", event.time)
            return
        # A key without a character is in no code.
        yield Pressed(event.character or "\0", event.time)
