"""Palette: the commands that fit a line after the colon, over the last rows of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from officeops.tui.terminal.cells import pad
from officeops.tui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Lines that it leaves free: the breadcrumb, one row, the prompt line and the key line.
_BARS: Final = 4


class Palette(Widget):
    """A list of commands, each with its key and its words, that the up and down keys choose from.

    It covers the last rows, so that none of them moves.
    """

    DEFAULT_CSS = """
    Palette {
        layer: above; dock: bottom; margin: 0 0 2 0; height: 0; display: none;
        background: $panel; color: $foreground;
    }
    Palette:ansi { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._suggestions = Suggestions()
        self._lines: list[str] = []
        self._room = 0

    def offer(self, candidates: Sequence[tuple[str, str]]) -> None:
        """Show other commands; none of them hides the palette."""
        self._suggestions.offer(candidates)
        self._room = min(len(candidates), max(self.app.size.height - _BARS, 1))
        self.styles.height = self._room
        self.display = bool(candidates)
        self._draw()

    def step(self, by: int) -> str | None:
        """Choose the next or previous command and return it; None where none is offered."""
        if not self._suggestions.is_open:
            return None
        word = self._suggestions.step(by)
        self._draw()
        return word

    def _draw(self) -> None:
        # One cell at each edge, as the prompt line has.
        lines = self._suggestions.text(max(self.app.size.width - 2, 1)).split("\n")
        # A list that is longer than the screen turns to the part with the chosen one.
        start = max(self._suggestions.chosen - self._room + 1, 0)
        self._lines = lines[start : start + self._room]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one command."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(pad(f" {line}", width), self.rich_style)], width)
