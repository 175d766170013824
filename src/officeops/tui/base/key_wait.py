"""KeyWait: whether a key must wait for rows that are still being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from textual import events

from officeops.tui.base.common_keys import EVERYWHERE, LISTS
from officeops.tui.terminal.keys import key_name

if TYPE_CHECKING:
    from textual.geometry import Size

    from officeops.tui.base.background_work import BackgroundWork
    from officeops.tui.terminal.keys import Key
    from officeops.tui.widgets.prompt import PromptLine
    from officeops.tui.widgets.rows import RowView

#: What the prompt line shows while it reads a command.
COMMAND: Final = ":"
#: The groups of keys that act alike whether the rows are read yet or not.
_INDEPENDENT_OF_ROWS: Final = frozenset({EVERYWHERE, LISTS})
#: Lines of the terminal that the bars and the prompt line take. A smaller terminal has no rows.
_BARS: Final = 3


class WaitingScreen(Protocol):
    """The parts of a screen that decide whether its keys wait."""

    prompt: PromptLine
    work: BackgroundWork

    @property
    def rows(self) -> RowView | None:
        """The list of the screen, if it has one."""

    @property
    def size(self) -> Size:
        """The size of the screen in cells."""

    def key_named(self, name: str) -> Key | None:
        """Return the key with a name."""

    def command(self, line: str) -> Key | None:
        """Return the key of a line typed after the colon."""


class KeyWait:
    """Answers for the keys of one screen."""

    def __init__(self, screen: WaitingScreen) -> None:
        self._screen = screen
        # The queue asks about the same key until it may act; the answer would cost it each time.
        self._event: events.Event | None = None
        self._needs_rows = False

    def is_over(self, event: events.Event) -> bool:
        """Whether a key may act now.

        The screen must be laid out, and the rows that the key acts on must be read.
        """
        screen = self._screen
        rows = screen.rows
        if rows is not None and not rows.size.width and screen.size.height > _BARS:
            return False
        return not (screen.work.is_reading and self._depends_on_rows(event))

    def _depends_on_rows(self, event: events.Event) -> bool:
        if self._event is not event:
            self._event = event
            self._needs_rows = isinstance(event, events.Key) and self._key_needs_rows(event)
        return self._needs_rows

    def _key_needs_rows(self, event: events.Key) -> bool:
        prompt = self._screen.prompt
        if not prompt.busy:
            key = self._screen.key_named(key_name(event))
            return key is not None and key.group not in _INDEPENDENT_OF_ROWS
        if not prompt.is_reading or event.key != "enter":
            return False
        # Enter sends the line: a place to go needs no rows, a command or a filter may.
        is_place = self._screen.command(prompt.line.strip()) is None
        return prompt.said != COMMAND or not is_place
