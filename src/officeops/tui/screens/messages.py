"""Messages: the latest messages of the prompt lines, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.base.line_screen import LineScreen
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.office.office import Office


class Messages(LineScreen):
    """The messages, the newest first."""

    def __init__(self, office: Office, messages: Sequence[str]) -> None:
        super().__init__(office)
        # A copy: opening this screen must not be listed in it.
        self._messages = list(messages)

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Messages"

    def withdraw(self) -> None:
        """Forget the messages: they may name records the person may no longer see."""
        super().withdraw()
        self._messages.clear()

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return each message, wrapped, with a blank line below."""
        lines: list[Line] = []
        for message in reversed(self._messages):
            lines += map(Line.of, wrapped(message, width))
            lines.append(Line())
        return lines or [Line.of("There are no messages yet.", "dim")]
