"""Journeys through the screens for tests: press keys, read the text lines. Looks play no part in it.

with Terminal(office) as terminal:
    terminal.press("2").type("/glove").press("enter")
    assert terminal.line("Nitrile gloves")
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Self

from officeops.tui.policy import CALM_THEME, prepare

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from officeops.office import Office
    from officeops.tui.app import OfficeApp


class Terminal:
    """A terminal of 80x24, unless said otherwise, with an office open in it."""

    def __init__(self, office: Office, *, width: int = 80, height: int = 24, theme: str = CALM_THEME) -> None:
        prepare(theme, os.environ)
        from officeops.tui.app import OfficeApp

        self.app: OfficeApp = OfficeApp(office, theme)
        self._runner = asyncio.Runner()
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

    def _run(self, step: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever the step answers
        return self._runner.run(step)

    # -- doing --------------------------------------------------------------------------------------

    def press(self, *keys: str) -> Self:
        """Press keys one after another, each after what the one before began has ended."""
        for key in keys:
            self._send(key)
            self.settle()
        return self

    def type(self, text: str) -> Self:
        """Type letters without waiting in between, as they arrive over a slow line."""
        for letter in text:
            self._send(letter)
        return self.settle()

    def _send(self, key: str) -> None:
        from textual import events

        character = " " if key == "space" else key if len(key) == 1 else None
        event = events.Key("space" if key == " " else key, character)
        event.set_sender(self.app)

        async def send() -> None:
            self.app.post_message(event)

        self._run(send())

    def resize(self, width: int, height: int) -> Self:
        """Make the terminal another size."""
        self._run(self._pilot.resize_terminal(width, height))
        return self.settle()

    def settle(self) -> Self:
        """Wait until nothing is being read, written or drawn."""
        self._run(self._settle())
        return self

    async def _settle(self) -> None:
        """Let every message be taken and every thread end; no clock decides."""
        while True:
            while self._busy():  # noqa: ASYNC110 - Textual and its threads tell of no event
                await asyncio.sleep(0 if self._queued() else 0.001)
            # Every widget ends what it is at before it takes this pause's own message.
            await self._pilot.pause(0)
            if not self._busy():
                return

    def _queued(self) -> bool:
        return any(node.message_queue_size for node in (self.app, *self.app.screen.walk_children(with_self=True)))

    def _busy(self) -> bool:
        return self._queued() or any(not worker.is_finished for worker in self.app.workers)

    # -- reading ------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, line by line, without the blanks at their ends."""
        found: list[str] = self._run(self._read())
        return found

    async def _read(self) -> list[str]:
        # Private to Textual, which has no public way to read a screen as text.
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

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
        return next((line[2:].strip() for line in self.lines if line.startswith(">")), "")

    def line(self, part: str) -> str:
        """Return the first line that has `part` in it; blank where none has."""
        return next((line for line in self.lines if part in line), "")
