"""A terminal that counts keys, for journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.tui.testing import Terminal


class Counted:
    """A terminal that counts the keys that are pressed."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.keys = terminal, 0

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.terminal.type(text)

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.terminal.press(*keys)
