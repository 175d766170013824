"""LineScreen: a screen that is a list of lines. Today, a record, help, and most screens of plugins are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.lines import Line, LineList
from officeops.tui.screen import OfficeScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from officeops.office import Office


class LineScreen(OfficeScreen):
    """A screen of lines. Override `make_lines`; `selected` is what the line under the cursor stands for."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.list = LineList()

    def make_lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 - for subclasses
        """Return the lines, made for a width in cells."""
        return ()

    @property
    def selected(self) -> object:
        """What the line under the cursor stands for; None where it stands for nothing."""
        return self.list.current.target if self.list.current else None

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        return [self.list]

    def reload(self) -> None:
        """Make the lines again."""
        if self.list.size.width:
            self.list.show(self.make_lines(self.list.body_width))

    def on_resize(self) -> None:
        """Make the lines for the new width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.guarded(self.reload)
        self.show_bars()
