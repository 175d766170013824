"""ScreenBars: the breadcrumb at the top of a screen and the key line at its bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import width_of
from officeops.tui.widgets.bars import Bar, trail

if TYPE_CHECKING:
    from collections.abc import Sequence


class ScreenBars:
    """Two one-line widgets, and what they show."""

    def __init__(self) -> None:
        self.crumbs = Bar("-crumbs")
        self.key_line = Bar("-keys")

    def show(
        self,
        parts: Sequence[str],
        status: str,
        keys: str,
        width: int,
    ) -> None:
        """Show the parts of the breadcrumb, the status at its right, and the keys."""
        # Four blanks keep the breadcrumb and the status apart.
        room = width - width_of(status) - 4
        self.crumbs.show(trail(parts, room), status)
        self.key_line.show(keys)

    def warn(self, text: str) -> None:
        """Show a warning in place of the keys."""
        self.key_line.show(text)
