"""The one-line bars: the breadcrumb at the top, the keys at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from officeops.tui.terminal.cells import cut, pad, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Between the parts of a breadcrumb, and in place of the parts that do not fit.
CRUMB: Final = " › "
LEFT_OUT: Final = "…"


def trail(parts: Sequence[str], width: int) -> str:
    """Return a breadcrumb of at most `width` cells.

    It has the first part, and as many of the last parts as fit.
    """
    shown = list(parts)
    text = CRUMB.join(shown)
    while len(shown) > 2 and width_of(text) > width:
        del shown[1]
        text = CRUMB.join([shown[0], LEFT_OUT, *shown[1:]])
    return cut(text, width)


class Bar(Widget):
    """One line with a text at the left and another at the right.

    The left one is cut if they do not fit.
    """

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
        """Show other texts. The same texts again cost nothing."""
        if (left, right) != self._texts:
            self._texts = (left, right)
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Draw the bar."""
        left, right = self._texts
        width = self.size.width
        # The status takes at most half: the breadcrumb says where one is.
        right = cut(f" {right} ", width // 2) if right else ""
        text = pad(f" {left}", width - width_of(right)) + right
        return Strip([Segment(text, self.rich_style)], width)
