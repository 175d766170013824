"""Plain text in columns, for paper, mail and portals: padded and wrapped, never cut off."""

from __future__ import annotations

from typing import Final

#: What fits an 80-column terminal, a fax and a page of `lp`.
WIDTH: Final = 80


def width_of(text: str) -> int:
    """Return how many cells a text takes: CJK letters two, accents none."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    cells = 0
    for character in text:
        # Accents and joiners are drawn over the letter before them.
        if category(character) in {"Mn", "Me", "Cf"}:
            continue
        is_wide = east_asian_width(character) in "WF"
        cells += 2 if is_wide else 1
    return cells


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled up to `width` cells; a longer one stays as it is."""
    blank = " " * (width - width_of(text))
    if right:
        return blank + text
    return text + blank


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` cells, at least one; a longer word is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        words = paragraph.split()
        whole = " ".join(words)
        # Nearly every cell of a table fits.
        if width_of(whole) <= width:
            lines.append(whole)
            continue
        for word in words:
            for piece in _pieces(word, width):
                if not line:
                    line = piece
                    continue
                longer = f"{line} {piece}"
                if width_of(longer) <= width:
                    line = longer
                else:
                    lines.append(line)
                    line = piece
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """Return a word in pieces of at most `width` cells."""
    if width_of(word) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def beside(left: list[str], right: list[str], width: int) -> list[str]:
    """Return two blocks of lines next to each other, the left one `width` cells wide."""
    from itertools import zip_longest

    lines = []
    for left_line, right_line in zip_longest(left, right, fillvalue=""):
        line = padded(left_line, width) + right_line
        lines.append(line.rstrip())
    return lines
