"""LineScreen: a screen that is a list of lines. Today, a record, help, and most screens of plugins are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from officeops.tui.base.screen import OfficeScreen
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.error_text import is_refusal, sentence
from officeops.tui.widgets.lines import Line, LineList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from officeops.office.office import Office


class LineScreen(OfficeScreen):
    """A screen of lines. Override `make_lines`; `selected` is what the line under the cursor stands for.

    Where reading takes long, override `gather` too and set `slow`: it runs in a thread, and `make_lines` finds its
    answer in `gathered`, None until it is there.
    """

    #: Whether `gather` is to be asked, in a thread, whenever something was written.
    slow: ClassVar[bool] = False

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.list = LineList()
        self.gathered: Any = None

    def gather(self, office: Office) -> object:  # noqa: ARG002 - for subclasses
        """Read what the lines are made from; `office` is a connection of the thread's own."""
        return None

    def make_lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 - for subclasses
        """Return the lines, made for a width in cells."""
        return ()

    def head(self, width: int) -> str:  # noqa: ARG002 - for subclasses
        """Return the line above the lines that does not scroll with them; blank for none."""
        return ""

    @property
    def selected(self) -> object:
        """What the line under the cursor stands for; None where it stands for nothing."""
        return self.list.current.target if self.list.current else None

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        return [self.list]

    def reload(self) -> None:
        """Read again, and make the lines again."""
        if self.slow:
            self.fetch(self.gather, self._gathered, self._not_gathered)
        self.lay_out()

    def _gathered(self, answer: object) -> None:
        self.gathered, self.failure = answer, ""
        self.lay_out()
        self.show_bars()

    def _not_gathered(self, error: Exception) -> None:
        """End the wait with a sentence; what was read before stays, unless it may not be seen any more."""
        if self.gathered is not None and not is_refusal(error):
            self.complain(error)
            return
        self.gathered, self.failure = None, sentence(error)
        self.lay_out()
        self.show_bars()

    def withdraw(self) -> None:
        """Forget the lines, and what they were made from."""
        super().withdraw()
        self.gathered, self.failure = None, ""
        self.list.show(())

    def lay_out(self) -> None:
        """Make the lines again from what was read."""
        if self.list.size.width:
            width = self.list.body_width
            if self.failure:
                self.list.show([Line.of(part, "alarm") for part in wrapped(self.failure, width)])
            else:
                self.list.show(self.make_lines(width), self.head(width))

    def on_resize(self) -> None:
        """Make the lines for the new width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.guarded(self.lay_out)
        self.show_bars()
