"""ServedApp: what the interface does while nobody presses a key, and the doors to the machine that it does not have.

What others save shows within seconds, without losing one's place or what one typed. Whoever came in over SSH and walked
away is logged off: a screen that is left open is everybody's (45 CFR 164.312(a)(2)(iii)).
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.app import App

from officeops.tui.screen import OfficeScreen

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def on_mount(self) -> None:
        """Begin to look."""
        self.set_interval(LOOK, self.look)

    async def on_event(self, event: events.Event) -> None:
        """Take note that somebody is there."""
        if isinstance(event, (events.Key, events.Paste, events.MouseEvent)):
            self._touched, self._warned = self._clock(), False
        if isinstance(event, events.Key) and isinstance(self.screen, OfficeScreen) and self.screen.moves(event):
            return
        await super().on_event(event)

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
                message=f"officeops closed after {minutes} minutes without a key. What was not saved is not kept."
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
