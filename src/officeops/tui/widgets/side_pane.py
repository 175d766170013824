"""SidePane: the record under the cursor, beside its list, on a terminal wide enough for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.timer import Timer

    from officeops.tui.widgets.lines import Line

#: The fewest cells of a terminal with a pane.
WIDE: Final = 120
#: Seconds without a move after which the pane follows: a held key must not read each record.
_PAUSE: Final = 0.15
#: The row of a cursor that is not in the pane.
_NOWHERE: Final = -1


class SidePane(LineList, can_focus=False):
    """Lines that no cursor moves in; `read(width)` makes them."""

    DEFAULT_CSS = """
    SidePane { width: 40%; display: none; border-left: solid $panel; }
    SidePane.-wide { display: block; }
    SidePane:ansi { border-left: solid ansi_default; }
    """

    def __init__(self, read: Callable[[int], Iterable[Line]]) -> None:
        super().__init__()
        self._read = read
        self._clock: Timer | None = None

    @property
    def is_pausing(self) -> bool:
        """Whether it is still to follow the last move."""
        return self._clock is not None

    def follow(self) -> None:
        """Show the record under the cursor, once the cursor rests."""
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        if self.has_class("-wide"):
            self._clock = self.set_timer(_PAUSE, self.show_now)

    def show_now(self) -> None:
        """Show the record under the cursor."""
        self._clock = None
        if self.size.width:
            self.show(self._read(self.body_width))
            self.cursor = _NOWHERE
            self.scroll_to(y=0, animate=False)

    def fit(self, width: int) -> None:
        """Show or hide the pane, for a terminal of this width."""
        self.set_class(width >= WIDE, "-wide")

    def on_resize(self) -> None:
        """Make the lines for the new width."""
        self.follow()

    def is_stop(self, index: int) -> bool:  # noqa: ARG002 - no cursor is here
        """Return False: the cursor stays in the list."""
        return False
