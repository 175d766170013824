"""Lettering: letters of one style and size, in which a text has a width and breaks into lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.exchange.paper.fonts import Fonts, Style


class Lettering:
    """The letters of a style in a size of so many points."""

    def __init__(
        self,
        fonts: Fonts,
        style: Style,
        size: float,
    ) -> None:
        self._fonts = fonts
        self.style: Style = style
        self.size = size

    def width(self, text: str) -> float:
        """Return the width of a text in points."""
        return self._fonts.width(text, self.style, self.size)

    def lines(self, text: str, width: float) -> list[str]:
        """Return a text as lines of at most `width` points, at least one; a longer word is broken."""
        # Most texts fit, and keep their blanks then.
        if "\n" not in text and self.width(text) <= width:
            return [text]
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += self._paragraph(paragraph, width)
        return lines

    def _paragraph(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self.width(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            # Half a code that goes on in the next line can be read; one that is cut off cannot.
            *full, line = self._pieces(word, width)
            lines += full
        lines.append(line)
        return lines

    def _pieces(self, word: str, width: float) -> list[str]:
        """Return a word in pieces that fit, each of one letter at least."""
        pieces = [""]
        for letter in word:
            # A letter wider than the column stays: without it the loop would never end.
            if pieces[-1] and self.width(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces
