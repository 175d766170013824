"""Journeys through the screens for tests: press keys, read the text lines.

with Terminal(office) as terminal:
    terminal.press("2").type("/glove").press("enter")
    assert terminal.line("Nitrile gloves")

Colors play no part in it.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final, Self, cast

from officeops.tui.terminal.terminal_setup import CALM_THEME, prepare

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from textual.events import Event

    from officeops.model.office import Office as AnyOffice
    from officeops.office.office import Office
    from officeops.tui.app import OfficeApp

#: The characters that keys with names send.
_CHARACTERS: Final = {
    "space": " ",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "\x1d": "\x1d",
}
#: The names of keys that a character means.
_NAMES: Final = {
    " ": "space",
    "\x1d": "ctrl+right_square_bracket",
}
#: The time of the first key: so long ago that nothing waits for more of a scan.
_LONG_AGO: Final = -1e6


def _pressed(key: str, at: float) -> Event:
    """Return the event of a key that arrived at a time."""
    from textual import events

    own = key if len(key) == 1 else None
    event = events.Key(_NAMES.get(key, key), _CHARACTERS.get(key, own))
    event.time = at
    return event


class Terminal:
    """A terminal with an office open in it, of 80x24 by default."""

    def __init__(
        self,
        office: AnyOffice,
        *,
        width: int = 80,
        height: int = 24,
        theme: str = CALM_THEME,
    ) -> None:
        prepare(theme, os.environ)
        from officeops.tui.app import OfficeApp

        # Tests of plugins know an office by its Protocol.
        self.app: OfficeApp = OfficeApp(cast("Office", office), theme)
        # One event loop for the whole test: the app lives in it between two calls.
        self._runner = asyncio.Runner()
        self._time = _LONG_AGO
        self._test = self.app.run_test(size=(width, height))

    def __enter__(self) -> Self:
        self._pilot = self._run(self._test.__aenter__())
        self.settle()
        return self

    def __exit__(self, *raised: object) -> None:
        try:
            self._run(self._test.__aexit__(None, None, None))
        finally:
            self._runner.close()

    def _run(self, step: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - the step's result
        return self._runner.run(step)

    # -- pressing ---------------------------------------------------------------------------------

    def press(self, *keys: str) -> Self:
        """Press keys one after another, each after the work of the one before has ended.

        A key is its character, such as `:` or `?`, or a name, such as `enter`, `down` or `ctrl+s`.
        """
        for key in keys:
            self._send(key)
            self.settle()
        return self

    def type(self, text: str) -> Self:
        """Type letters without waiting in between, by hand: a scanner is faster."""
        for letter in text:
            self._send(letter)
        return self.settle()

    def burst(self, *keys: str) -> Self:
        """Send keys in one packet, as a scanner, a paste or a line that recovers does."""
        from textual._time import get_time

        now = get_time()
        self._post(*(_pressed(key, now) for key in keys))
        return self.settle()

    def paste(self, text: str) -> Self:
        """Paste text."""
        from textual import events

        self._post(events.Paste(text))
        return self.settle()

    def _send(self, key: str) -> None:
        # A second after the one before: slower than any scanner.
        self._time += 1.0
        self._post(_pressed(key, self._time))

    def _post(self, *events: Event) -> None:

        async def send() -> None:
            for event in events:
                event.set_sender(self.app)
                self.app.post_message(event)

        self._run(send())

    def resize(self, width: int, height: int) -> Self:
        """Give the terminal another size."""
        self._run(self._pilot.resize_terminal(width, height))
        return self.settle()

    # -- waiting ----------------------------------------------------------------------------------

    def settle(self) -> Self:
        """Wait until nothing is being read, written or drawn."""
        self._run(self._settle())
        return self

    def rest(self) -> Self:
        """Stop typing until the screen has followed the text."""
        while self._is_pausing():
            self._run(asyncio.sleep(0.01))
        return self.settle()

    def _is_pausing(self) -> bool:
        from officeops.tui.base.screen import OfficeScreen

        screen = self.app.screen
        return isinstance(screen, OfficeScreen) and screen.is_pausing

    async def _settle(self) -> None:
        """Let every message be taken and every thread end; no clock decides."""
        while True:
            while self._busy():  # noqa: ASYNC110 - Textual and its threads report no event
                await asyncio.sleep(0 if self._queued() else 0.001)
            # Every widget ends its work before it takes this pause's own message.
            await self._pilot.pause(0)
            if not self._busy():
                return

    def _queued(self) -> bool:
        widgets = self.app.screen.walk_children(with_self=True)
        return any(node.message_queue_size for node in (self.app, *widgets))

    def _busy(self) -> bool:
        if self.app.typed.busy or self._queued():
            return True
        return any(not worker.is_finished for worker in self.app.workers)

    # -- reading ----------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The lines of the terminal, without the blanks at their ends."""
        lines: list[str] = self._run(self._read())
        return lines

    async def _read(self) -> list[str]:
        # Textual has no public way to read a screen as text.
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001
        texts = ["".join(segment.text for segment in strip) for strip in strips]
        return [text.rstrip() for text in texts]

    @property
    def text(self) -> str:
        """All lines together."""
        return "\n".join(self.lines)

    @property
    def crumbs(self) -> str:
        """The breadcrumb line."""
        return self.lines[0].strip()

    @property
    def prompt(self) -> str:
        """The prompt line."""
        return self.lines[-2].strip()

    @property
    def keys(self) -> str:
        """The key line."""
        return self.lines[-1].strip()

    @property
    def current(self) -> str:
        """The row under the cursor, without its mark."""
        for line in self.lines:
            if line.startswith(">"):
                return line[2:].strip()
        return ""

    def line(self, part: str) -> str:
        """Return the first line that contains `part`; blank if none does."""
        for line in self.lines:
            if part in line:
                return line
        return ""
