"""AskingScreen: a screen that asks on its prompt line and goes when it has its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from officeops.tui.base.line_screen import LineScreen

if TYPE_CHECKING:
    from textual import events


class AskingScreen(LineScreen):
    """Every key is for the prompt line; Esc goes back to the screen below.

    Override `begin`, and `typed` to follow the text.
    """

    #: Said where Esc ends the questions.
    given_up: ClassVar[str] = "Nothing was written."

    def begin(self) -> None:
        """Ask the first question."""

    def typed(self) -> None:
        """Follow the text of the prompt line."""

    def on_mount(self) -> None:
        """Ask."""
        self.begin()

    def on_key(self, event: events.Key) -> None:
        """Type into the prompt line."""
        event.stop()
        # Textual calls the handler of each base class, too.
        event.prevent_default()
        if event.key == "escape":
            self.prompt.cancel()
            self.app.pop_screen()
            self.navigator.notify(self.given_up)
        else:
            self.prompt.take(event)
            self.typed()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt line."""
        event.prevent_default()
        self.prompt.insert(event.text)
        self.typed()
