"""Messages: what the prompt line said lately, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.base.line_screen import LineScreen
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.office.office import Office


class Messages(LineScreen):
    """The last messages, the newest first."""

    def __init__(self, office: Office, said: Sequence[str]) -> None:
        super().__init__(office)
        self._said = list(said)

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Messages"

    def withdraw(self) -> None:
        """Forget the messages: they may name what one may see no more."""
        super().withdraw()
        self._said.clear()

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return each message, wrapped."""
        found = [
            line
            for text in reversed(self._said)
            for line in (*map(Line.of, wrapped(text, width)), Line())
        ]
        return found or [Line.of("Nothing was said yet.", "dim")]
