"""LineEdit: one line being typed: its text, where the cursor is, and what each key does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable


class LineEdit:
    """A line of text under edit.

    `complete(text)` returns the whole line that a text begins, or None.
    """

    def __init__(
        self,
        text: str = "",
        complete: Callable[[str], str | None] | None = None,
    ) -> None:
        self.text = text
        self.at = len(text)
        #: Whether the first letter typed replaces the text.
        self.fresh = bool(text)
        self._complete = complete
        self._keys: dict[str, Callable[[], None]] = {
            "left": self._left,
            "right": self._right,
            "home": self._to_start,
            "ctrl+a": self._to_start,
            "end": self._to_end,
            "ctrl+e": self._to_end,
            "backspace": self._delete_before,
            "delete": self._delete_under,
            "ctrl+u": self._delete_to_start,
            "ctrl+k": self._delete_to_end,
            "ctrl+w": self._delete_word,
            "tab": self._accept,
        }

    @property
    def shown(self) -> str:
        """The whole text as it is drawn."""
        return self.text

    @property
    def rest(self) -> str:
        """The text that completion would add."""
        is_at_end = self.at == len(self.text)
        line = self._complete(self.text) if self._complete and is_at_end else None
        return line[len(self.text) :] if line and line.startswith(self.text) else ""

    def insert(self, text: str) -> None:
        """Type or paste text. A character that cannot be shown becomes a blank."""
        if self.fresh:
            self.text, self.at = "", 0
        shown = "".join(letter if letter.isprintable() else " " for letter in text)
        self.text = self.text[: self.at] + shown + self.text[self.at :]
        self.at += len(shown)
        self.fresh = False

    def fill(self, text: str) -> None:
        """Take another text in place of this one."""
        self.text, self.at, self.fresh = text, len(text), False

    def press(self, key: str) -> bool:
        """Do what an editing key does, and return whether the key is one."""
        edit = self._keys.get(key)
        if edit is None:
            return False
        edit()
        self.fresh = False
        return True

    def window(self, room: int) -> tuple[str, str, str]:
        """Return the text left of the cursor, under it, and right of it, within `room` cells."""
        # The text scrolls by letters, not cells: a wide letter is never halved.
        start = 0
        while width_of(self.text[start : self.at]) > max(room - 2, 1):
            start += 1
        before = self.text[start : self.at]
        under = self.text[self.at : self.at + 1] or " "
        return before, under, self.text[self.at + 1 :]

    # -- moving ------------------------------------------------------------------------------------

    def _left(self) -> None:
        self.at = max(self.at - 1, 0)

    def _right(self) -> None:
        if self.at == len(self.text):
            self._accept()
        else:
            self.at += 1

    def _to_start(self) -> None:
        self.at = 0

    def _to_end(self) -> None:
        self.at = len(self.text)

    def _accept(self) -> None:
        self.text += self.rest
        self.at = len(self.text)

    # -- deleting ----------------------------------------------------------------------------------

    def _delete_before(self) -> None:
        self._delete(max(self.at - 1, 0), self.at)

    def _delete_under(self) -> None:
        self._delete(self.at, self.at + 1)

    def _delete_to_start(self) -> None:
        self._delete(0, self.at)

    def _delete_to_end(self) -> None:
        self._delete(self.at, len(self.text))

    def _delete_word(self) -> None:
        before = self.text[: self.at].rstrip()
        self._delete(len(before.rpartition(" ")[0]), self.at)

    def _delete(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.at = start
