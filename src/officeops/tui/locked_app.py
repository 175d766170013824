"""LockedApp: a Textual app without ways to the machine it runs on.

People reach the program over SSH and must not reach a shell, a browser or the disk through it.
"""

from __future__ import annotations

import sys
from typing import Any

from textual.app import App

from officeops.model.error_words import trace_of


class LockedApp(App[None]):
    """An app whose built-in commands for suspending, pictures and links do nothing."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def action_suspend_process(self) -> None:
        """Do nothing: there is no shell behind the interface to come back to."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: a picture of the screen would stay on the server, where others read it."""

    def deliver_screenshot(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as Textual has it
        """Do nothing, for the same reason."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing: a browser would start on the server."""

    def _fatal_error(self) -> None:
        """Show where a fault of our own is, without the values at hand.

        What somebody typed or opened may be among those values. Textual's method of this name,
        which is private, prints the variables of every frame and the text of the error.
        """
        from rich.segment import Segments
        from rich.text import Text

        self.bell()
        error = sys.exception() or self._exception
        # Textual sets one of the two, by the way the fault came.
        if error:
            trace = Text(trace_of(error))
            rendered = self.console.render(trace, self.console.options)
            self._exit_renderables.append(Segments(rendered))
        self._close_messages_no_wait()
