"""LineScreen: a screen that is a list of lines.

Today, a record, help, and most screens of plugins are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from officeops.tui.base.screen import OfficeScreen
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.error_text import is_refusal
from officeops.tui.widgets.lines import Line, LineList
from officeops.tui.widgets.matching import matching
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from officeops.model.office import Office as AnyOffice
    from officeops.office.office import Office


class LineScreen(OfficeScreen):
    """A screen of lines.

    Override `make_lines`; `selected` is the target of the line under the cursor.

    If reading takes long, set `slow` and override `gather` too. It runs in a thread, and
    `make_lines` finds its result in `gathered`, which is None until then.
    """

    #: Whether `gather` runs, in a thread, whenever something was written.
    slow: ClassVar[bool] = False

    def __init__(self, office: AnyOffice) -> None:
        super().__init__(office)
        self.list = LineList()
        self.gathered: Any = None
        #: Why there is nothing to show; blank if there is something, or soon will be.
        self._failure = ""
        #: The key of a due item whose line is to be found, once there are lines.
        self._sought = ""

    def gather(self, office: Office) -> object:  # noqa: ARG002 - for subclasses
        """Read the data of the lines; `office` is a connection of the thread's own."""
        return None

    def make_lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 - for subclasses
        """Return the lines, made for a width in cells."""
        return ()

    def head(self, width: int) -> str:  # noqa: ARG002 - for subclasses
        """Return a line above the others that does not scroll; blank for none."""
        return ""

    def seek(self, due_key: str) -> None:
        """Put the cursor on the line that a due item is about, as soon as the lines are read."""
        self._sought = due_key
        self.lay_out()

    def is_about(self, line: Line, due_key: str) -> bool:
        """Whether a line settles the due item with this key. Override it where keys differ."""
        return line.key == due_key

    def _find_sought(self) -> None:
        """Go to the line that is sought; while there are no lines to choose from, go on seeking."""
        about = [place for place, line in enumerate(self.list.lines) if line.target is not None]
        for place in about:
            if self.is_about(self.list.lines[place], self._sought):
                self.list.move_to(place)
                break
        if about:
            self._sought = ""

    @property
    def selected(self) -> object:
        """The target of the line under the cursor, or None."""
        return self.list.current.target if self.list.current else None

    def copied(self) -> str:
        """Return the words of the line under the cursor."""
        return self.list.current.text if self.list.current else ""

    def has_failed(self) -> bool:
        """Whether the lines say why nothing could be read."""
        return bool(self._failure)

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        return [self.list]

    def reload(self) -> None:
        """Read again, and make the lines again."""
        if self.slow:
            self.fetch(self.gather, self._show_gathered, self._show_failure)
        self.lay_out()

    def _show_gathered(self, result: object) -> None:
        self.gathered, self._failure = result, ""
        self.lay_out()
        self.show_bars()

    def _show_failure(self, error: Exception) -> None:
        """End the wait with a sentence.

        The lines from before stay, unless they may no longer be seen.
        """
        if self.gathered is not None and not is_refusal(error):
            self.complain(error)
            return
        self.gathered, self._failure = None, self.dialog.sentence(error)
        self.lay_out()
        self.show_bars()

    def withdraw(self) -> None:
        """Forget the lines and their data."""
        super().withdraw()
        self.gathered, self._failure = None, ""
        self.list.show(())

    def lay_out(self) -> None:
        """Make the lines again from the data."""
        # Before the first layout there is no width to make lines for; on_resize follows.
        if not self.list.size.width:
            return
        width = self.list.body_width
        if self._failure:
            parts = wrapped(self._failure, width)
            self.list.show([Line.of(part, "alarm") for part in parts])
        else:
            lines = self.make_lines(width)
            shown = matching(lines, self.filter_words) if self.filter_words else lines
            self.list.show(shown, self.head(width))
            if self._sought:
                self._find_sought()

    # -- filter ------------------------------------------------------------------------------------

    def read_find(self) -> None:
        """Ask for words, and show the lines that have them while they are typed."""
        self.ask_for("/", str, self.filter_by, value=self.filter_words, follow=self.filter_by)

    def filter_by(self, words: str) -> None:
        """Show the lines alone that have these words. The cursor stays with its line."""
        if words.strip() == self.filter_words:
            return
        current = self.list.current
        self.filter_words = words.strip()
        self.lay_out()
        self.show_bars()
        if self.filter_words and not self.list.lines:
            self.say(
                f"No line here has {safe(repr(self.filter_words))} in it; esc shows all again."
            )
        elif current in self.list.lines:
            self.list.move_to(self.list.lines.index(current))

    def back(self) -> None:
        """Show all lines again where they are filtered; else go back."""
        if self.filter_words:
            self.filter_by("")
        else:
            super().back()

    def on_resize(self) -> None:
        """Make the lines for the new width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.guarded(self.lay_out)
        self.show_bars()
