"""The one-line bars: the breadcrumb at the top, the keys at the bottom."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from officeops.tui.cells import cut, pad, width_of

#: Between the parts of a breadcrumb.
CRUMB: Final = " › "  # noqa: RUF001 - it is meant, and every terminal has it


class Bar(Widget):
    """One line: a text at the left, another at the right. What does not fit is taken from the left one's end."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $panel; color: $foreground; }
    Bar:ansi { background: ansi_default; color: ansi_default; }
    Bar.-crumbs { text-style: bold; }
    Bar.-keys { color: $text-muted; }
    Bar.-keys:ansi { color: ansi_default; }
    """

    def __init__(self, classes: str) -> None:
        super().__init__(classes=classes)
        self._texts = ("", "")

    def show(self, left: str, right: str = "") -> None:
        """Show other texts; the same ones cost nothing."""
        if (left, right) != self._texts:
            self._texts = (left, right)
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Draw the bar."""
        left, right = self._texts
        width = self.size.width
        right = cut(f" {right} " if right else "", width // 2)
        text = pad(f" {left}", width - width_of(right)) + right
        return Strip([Segment(text, self.rich_style)], width)
