"""Foot: the lines below the rows that do not scroll: totals, a field in words, drafts of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from officeops.tui.terminal.cells import pad
from officeops.tui.widgets.rows import GUTTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.tui.widgets.lines import Line


class Foot(Widget):
    """As many lines as there are; without any it takes no room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"foot--dim", "foot--alarm"}
    DEFAULT_CSS = """
    Foot {
        height: 0; background: $background;
        & > .foot--dim { color: $text-muted; }
        & > .foot--alarm { color: $text-error; text-style: bold; }
        &:ansi { background: ansi_default; }
        &:ansi > .foot--dim { color: ansi_default; text-style: dim; }
        &:ansi > .foot--alarm { color: ansi_red; }
    }
    """

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        super().__init__()
        self.styles.height = len(lines)
        self._lines = lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines. The same lines again cost nothing."""
        if lines == self._lines:
            return
        before, self._lines = self._lines, lines
        # Another height lays the whole screen out again.
        if len(lines) != len(before):
            self.styles.height = len(lines)
            self.refresh()
            return
        for number, line in enumerate(lines):
            if line != before[number]:
                self.refresh(Region(0, number, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        text = pad(" " * GUTTER + self._lines[y].text, width)
        roles = {role for _, role in self._lines[y].spans}
        name = "foot--alarm" if "alarm" in roles else "foot--dim"
        return Strip([Segment(text, self.get_component_rich_style(name))], width)
