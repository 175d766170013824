"""LineEdit: one line being typed: its text, where the cursor stands, and what each key does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable


class LineEdit:
    """A line of text under edit. `complete(text)` returns the whole line a text is on its way to, or None."""

    def __init__(self, text: str = "", complete: Callable[[str], str | None] | None = None) -> None:
        self.text, self.at = text, len(text)
        #: Whether the first letter typed replaces the text that was there.
        self.fresh = bool(text)
        self._complete = complete

    @property
    def rest(self) -> str:
        """What completion would add."""
        whole = self._complete(self.text) if self._complete and self.at == len(self.text) else None
        return whole[len(self.text) :] if whole and whole.startswith(self.text) else ""

    def insert(self, text: str) -> None:
        """Type or paste text. What cannot be shown is left out."""
        if self.fresh:
            self.text, self.at = "", 0
        line = "".join(c if c.isprintable() else " " for c in text)
        self.text = self.text[: self.at] + line + self.text[self.at :]
        self.at += len(line)
        self.fresh = False

    def press(self, key: str) -> bool:
        """Do what an editing key does; whether it is one."""
        done = {
            "left": lambda: self._go(self.at - 1),
            "right": self._right,
            "home": lambda: self._go(0),
            "ctrl+a": lambda: self._go(0),
            "end": lambda: self._go(len(self.text)),
            "ctrl+e": lambda: self._go(len(self.text)),
            "backspace": lambda: self._cut(max(self.at - 1, 0), self.at),
            "delete": lambda: self._cut(self.at, self.at + 1),
            "ctrl+u": lambda: self._cut(0, self.at),
            "ctrl+k": lambda: self._cut(self.at, len(self.text)),
            "ctrl+w": lambda: self._cut(
                len(self.text[: self.at].rstrip().rpartition(" ")[0]), self.at
            ),
            "tab": self._accept,
        }.get(key)
        if done is None:
            return False
        done()
        self.fresh = False
        return True

    def window(self, room: int) -> tuple[str, str, str]:
        """Return what is left of the cursor, under it, and right of it, within `room` cells."""
        start = 0
        while width_of(self.text[start : self.at]) > max(room - 2, 1):
            start += 1
        return (
            self.text[start : self.at],
            self.text[self.at : self.at + 1] or " ",
            self.text[self.at + 1 :],
        )

    def _go(self, at: int) -> None:
        self.at = min(max(at, 0), len(self.text))

    def _right(self) -> None:
        if self.at == len(self.text):
            self._accept()
        else:
            self._go(self.at + 1)

    def _accept(self) -> None:
        self.text += self.rest
        self.at = len(self.text)

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.at = start
