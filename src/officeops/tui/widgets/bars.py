"""The one-line bars: the breadcrumb at the top, the keys at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from officeops.tui.terminal.cells import cut, pad, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Between the parts of a breadcrumb.
CRUMB: Final = " › "


def trail(parts: Sequence[str], width: int) -> str:
    """Return a breadcrumb of at most `width` cells: the first part, and as many of the last as fit."""
    kept = list(parts)
    while len(kept) > 2 and width_of(_joined(kept, parts)) > width:
        del kept[1]
    return cut(_joined(kept, parts), width)


def _joined(kept: Sequence[str], parts: Sequence[str]) -> str:
    gap = [] if len(kept) == len(parts) else ["…"]
    return CRUMB.join([*kept[:1], *gap, *kept[1:]])


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
