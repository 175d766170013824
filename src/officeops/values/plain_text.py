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

    return sum(
        0 if category(c) in {"Mn", "Me", "Cf"} else 1 + (east_asian_width(c) in "WF") for c in text
    )


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled up to `width` cells; a longer one stays as it is."""
    blank = " " * (width - width_of(text))
    return blank + text if right else text + blank


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` cells, at least one; a longer word is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            for piece in _pieces(word, width):
                longer = f"{line} {piece}" if line else piece
                if line and width_of(longer) > width:
                    lines.append(line)
                    line = piece
                else:
                    line = longer
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """Return a word in pieces of at most `width` cells."""
    pieces = [""]
    for letter in word:
        if width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def beside(left: list[str], right: list[str], width: int) -> list[str]:
    """Return two blocks of lines next to each other, the left one `width` cells wide."""
    height = max(len(left), len(right))
    left, right = left + [""] * (height - len(left)), right + [""] * (height - len(right))
    return [(padded(one, width) + other).rstrip() for one, other in zip(left, right, strict=True)]
