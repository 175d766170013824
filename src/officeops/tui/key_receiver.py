"""KeyReceiver: the program as the key queue sees it.

It knows when the program can take a key, and where the key goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.base.background_work import READING
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.terminal.rest import at_rest
from officeops.values import wording

if TYPE_CHECKING:
    from textual import events
    from textual.app import App

    from officeops.tui.terminal.scans import Scan


class KeyReceiver:
    """Gives the keys of the queue to the screen on top."""

    def __init__(self, app: App[None]) -> None:
        self._app = app

    def is_ready(self, event: events.Event | None) -> bool:
        """Whether all that a key must wait for has ended.

        That is every message, every write, every other thread, and the rows the key acts on.
        Threads that read rows delay only the keys that depend on those rows.
        """
        app = self._app
        # While the program starts or ends there is no screen to give the key to.
        if not app.screen_stack or not at_rest(app):
            return False
        for screen in app.screen_stack:
            if isinstance(screen, OfficeScreen) and screen.writing:
                return False
        if self._has_other_work():
            return False
        top = app.screen
        return event is None or not isinstance(top, OfficeScreen) or top.is_ready_for(event)

    def _has_other_work(self) -> bool:
        workers = self._app.workers
        return any(not work.is_finished and work.group not in READING for work in workers)

    def is_typing(self) -> bool:
        """Whether keys are text now: in the prompt line or a field."""
        screen = self._app.screen
        # A question takes one letter as its answer, which is not typed as text.
        if isinstance(screen, OfficeScreen) and screen.prompt.busy:
            return screen.prompt.is_reading
        # Textual asks widgets the same way which keys they take as text.
        focused = screen.focused
        return focused is not None and focused.check_consume_key("a", "a")

    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        screen = self._app.screen
        if not isinstance(screen, OfficeScreen):
            return False
        return screen.prompt.busy and not screen.prompt.is_reading

    def give(self, event: events.Event) -> None:
        """Pass on a key or a paste as if it arrived now."""
        self._app.post_message(event)

    def give_scan(self, scan: Scan) -> None:
        """Pass a scan to the screen's own method for it, so that no key of the scan acts."""
        self._app.call_later(self._take_scan, scan)

    def _take_scan(self, scan: Scan) -> None:
        # Another screen may have opened since the scan was passed on.
        if isinstance(self._app.screen, OfficeScreen):
            self._app.screen.take_scan(scan)

    def forgot(self, count: int) -> None:
        """Say that keys typed ahead are forgotten."""
        if count and isinstance(self._app.screen, OfficeScreen):
            are = "is" if count == 1 else "are"
            keys = f"{wording.count(count, 'key')} typed ahead {are} forgotten"
            self._app.screen.say(f"{keys}: the change before is still being written.")
