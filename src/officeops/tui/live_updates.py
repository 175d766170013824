"""ServedApp: what the interface does while nobody presses a key, and the doors to the machine that it does not have.

What others save shows within seconds, without losing one's place or what one typed. Whoever came in over SSH and walked
away is logged off: a screen that is left open is everybody's (45 CFR 164.312(a)(2)(iii)).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.app import App

from officeops.tui.base.screen import OfficeScreen
from officeops.tui.base.screen_services import READING
from officeops.tui.terminal.key_queue import KeyQueue
from officeops.tui.terminal.rest import at_rest

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver
    from textual.message import Message

    from officeops.tui.terminal.scans import Scan

#: Seconds between two looks: short enough to see each other work, long enough that a busy import does not flood a slow line.
LOOK: Final = 2.0
#: Seconds before the end at which it is said.
WARNING: Final = 60


class ServedApp(App[None]):
    """An app that shows what others write, and closes after `idle` minutes without a key; 0 never."""

    def __init__(self, idle: int = 0) -> None:
        super().__init__()
        self._idle = idle * 60
        self._clock: Callable[[], float] = time.monotonic
        self._touched = self._clock()
        self._warned = False
        #: The keys typed and not yet acted upon.
        self.typed = KeyQueue(self)
        self._giving: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        """Begin to look, and to give out keys."""
        self.set_interval(LOOK, self.look)
        self._giving = asyncio.create_task(self._give_keys(), name="keys")

    def on_unmount(self) -> None:
        """Give out no more keys."""
        if self._giving:
            self._giving.cancel()

    async def _give_keys(self) -> None:
        try:
            await self.typed.run()
        except Exception as error:  # noqa: BLE001 - a task of its own would keep its fault to itself
            self._handle_exception(error)

    async def on_event(self, event: events.Event) -> None:
        """Take note that somebody is there, and put what they typed in line."""
        if isinstance(event, (events.Key, events.Paste, events.MouseEvent)):
            self._touched, self._warned = self._clock(), False
        if (
            isinstance(event, (events.Key, events.Paste))
            and not event.is_forwarded
            and not self.typed.is_given(event)
        ):
            self.typed.add(event)
            return
        await super().on_event(event)

    # -- keys ---------------------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that tells when keys arrived, where the terminal is a real one."""
        from textual.drivers.linux_driver import LinuxDriver

        driver = super().get_driver_class()
        if driver is not LinuxDriver:
            return driver
        from officeops.tui.terminal.arrivals import ArrivalDriver

        return ArrivalDriver

    def is_ready(self, event: events.Event | None) -> bool:
        """Whether all that a key must wait for has ended: messages, a write, a thread, the rows that it acts upon."""
        if not self.screen_stack or not at_rest(self):
            return False
        screens = [screen for screen in self.screen_stack if isinstance(screen, OfficeScreen)]
        if any(screen.writing for screen in screens) or self._works():
            return False
        top = self.screen
        return event is None or not isinstance(top, OfficeScreen) or top.is_ready_for(event)

    def _works(self) -> bool:
        """Whether a thread works that is no reading of rows: those are waited for only by the keys they matter to."""
        return any(
            not worker.is_finished and worker.group not in READING for worker in self.workers
        )

    def is_typing(self) -> bool:
        """Whether keys are text just now: in the prompt line or a field."""
        screen = self.screen
        if isinstance(screen, OfficeScreen) and screen.prompt.busy:
            return screen.prompt.is_reading
        return screen.focused is not None and screen.focused.check_consume_key("a", "a")

    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        screen = self.screen
        return (
            isinstance(screen, OfficeScreen) and screen.prompt.busy and not screen.prompt.is_reading
        )

    def give(self, event: Message) -> None:
        """Take a key, or what was pasted, as if it arrived now."""
        self.post_message(event)

    def give_scan(self, scan: Scan) -> None:
        """Take a scan: the screen has one way to take it, and no key of it acts."""
        self.call_later(self._scanned, scan)

    def _scanned(self, scan: Scan) -> None:
        if isinstance(self.screen, OfficeScreen):
            self.screen.take_scan(scan)

    def forgot(self, count: int) -> None:
        """Say that keys typed ahead are forgotten."""
        if count and isinstance(self.screen, OfficeScreen):
            words = (
                "1 key typed ahead is forgotten"
                if count == 1
                else f"{count} keys typed ahead are forgotten"
            )
            self.screen.say(f"{words}: the change before is still being written.")

    # -- looking ------------------------------------------------------------------------------------

    def look(self) -> None:
        """Show what others wrote; warn or close where nobody is there. Never in the middle of an answer or a write.

        What is not theirs to see any more waits for no answer.
        """
        with suppress(sqlite3.Error):  # the next look asks again
            self.heed_reach()
        screen = self.screen
        if not isinstance(screen, OfficeScreen):
            self._see_to_idleness(None)
            return
        if not screen.writing and not screen.prompt.busy and screen.is_behind():
            screen.take_news()
        if not screen.writing:
            self._see_to_idleness(screen)

    def heed_reach(self) -> None:
        """Keep nothing that was read where the acting person may see something else now."""
        raise NotImplementedError

    def _see_to_idleness(self, screen: OfficeScreen | None) -> None:
        if not self._idle:
            return
        left = self._idle - (self._clock() - self._touched)
        if left <= 0:
            minutes = self._idle // 60
            self.exit(
                message=f"officeops closed after {minutes} minutes without a key. Unsaved input is lost."
            )
        elif left <= WARNING and screen and not self._warned:
            self._warned = True
            screen.warn("Nobody there? officeops closes in a minute; any key keeps it open.")

    # -- doors that are shut ------------------------------------------------------------------------

    def action_suspend_process(self) -> None:
        """Do nothing: behind the interface there is no shell to come back to."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: a picture of the screen would lie on the server, where others read it."""

    def deliver_screenshot(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Do nothing, for the same reason."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing: a browser would start on the server."""
