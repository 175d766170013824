"""TextEdit: a text of several lines under edit, wrapped to a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The start and the end of a line in the text.
Range = tuple[int, int]


class TextEdit:
    """A text, and where the cursor is in it. `width` is that of the place where it is drawn."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.at = 0
        self.width = 40
        #: A long text is never replaced by the first letter typed.
        self.fresh = False
        self._wrapped: tuple[str, int, list[Range]] = ("", 0, [(0, 0)])
        self._keys: dict[str, Callable[[], None]] = {
            "left": lambda: self._go(self.at - 1),
            "right": lambda: self._go(self.at + 1),
            "home": lambda: self._go(self._line[0]),
            "ctrl+a": lambda: self._go(self._line[0]),
            "end": lambda: self._go(self._last_of(self.caret[0])),
            "ctrl+e": lambda: self._go(self._last_of(self.caret[0])),
            "enter": lambda: self.insert("\n"),
            "backspace": lambda: self._delete(self.at - 1, self.at),
            "delete": lambda: self._delete(self.at, self.at + 1),
            "ctrl+u": lambda: self._delete(self._line[0], self.at),
            "ctrl+k": lambda: self._delete(self.at, self._line[1]),
            "ctrl+w": self._delete_word,
        }

    def insert(self, text: str) -> None:
        """Type or paste text; a character that cannot be shown becomes a blank."""
        shown = "".join(one if one.isprintable() or one == "\n" else " " for one in text)
        self.text = self.text[: self.at] + shown + self.text[self.at :]
        self.at += len(shown)

    def fill(self, text: str) -> None:
        """Take another text in place of this one."""
        self.text, self.at = text, 0

    def press(self, key: str) -> bool:
        """Do what an editing key does, and return whether it is one here.

        Up in the first line and down in the last are none.
        """
        if key in {"up", "down"}:
            return self._step(-1 if key == "up" else 1)
        edit = self._keys.get(key)
        if edit is not None:
            edit()
        return edit is not None

    # -- its lines ---------------------------------------------------------------------------------

    @property
    def lines(self) -> list[Range]:
        """The lines as they are drawn: where each starts and ends in the text."""
        if self._wrapped[:2] != (self.text, self.width):
            self._wrapped = (self.text, self.width, list(self._wrap()))
        return self._wrapped[2]

    def _wrap(self) -> Iterator[Range]:
        start = 0
        for paragraph in self.text.split("\n"):
            end = start + len(paragraph)
            yield from self._wrap_one(start, end)
            start = end + 1

    def _wrap_one(self, start: int, end: int) -> Iterator[Range]:
        cells, blank, at = 0, start, start
        while at < end:
            cells += width_of(self.text[at])
            if cells > self.width:
                # Between words where there are any, else inside of the long one.
                cut = blank if blank > start else max(at, start + 1)
                yield start, cut
                start = blank = at = cut
                cells = 0
                continue
            at += 1
            if self.text[at - 1] == " ":
                blank = at
        yield start, end

    @property
    def caret(self) -> tuple[int, int]:
        """The line of the cursor, and the place in it."""
        row = 0
        for number, (start, _) in enumerate(self.lines):
            if start <= self.at:
                row = number
        return row, self.at - self.lines[row][0]

    @property
    def _line(self) -> Range:
        return self.lines[self.caret[0]]

    def _last_of(self, row: int) -> int:
        """Return the last place of a line; one that goes on in the next ends before its blank."""
        start, end = self.lines[row]
        goes_on = row + 1 < len(self.lines) and self.lines[row + 1][0] == end
        return max(end - 1, start) if goes_on else end

    # -- moving and deleting -----------------------------------------------------------------------

    def _go(self, place: int) -> None:
        self.at = min(max(place, 0), len(self.text))

    def _step(self, by: int) -> bool:
        row, column = self.caret
        if not 0 <= row + by < len(self.lines):
            return False
        self.at = min(self.lines[row + by][0] + column, self._last_of(row + by))
        return True

    def _delete(self, start: int, end: int) -> None:
        start = max(start, 0)
        self.text = self.text[:start] + self.text[end:]
        self.at = start

    def _delete_word(self) -> None:
        before = self.text[: self.at].rstrip()
        self._delete(len(before.rpartition(" ")[0]), self.at)
