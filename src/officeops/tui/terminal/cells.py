"""Text measured in terminal cells: CJK letters and emoji take two, accents none."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len, set_cell_size

#: Joiners, variation selectors and skin tones. Terminals disagree on the width of what they join,
#: and a row would bend.
_JOINERS: Final = re.compile("[\u200b-\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
ELLIPSIS: Final = "…"
#: The fewest cells in which a start and an end still say something.
FEWEST_AROUND: Final = 12

# Nearly every text is ASCII, where a letter is a cell. Each of these functions takes a short way
# for it, because they run for every value of every row drawn.


def tame(text: str) -> str:
    """Return a text whose width every terminal agrees on."""
    return text if text.isascii() else _JOINERS.sub("", text)


def width_of(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int) -> str:
    """Return a text of at most `width` cells; an ellipsis takes the place of the rest."""
    text = tame(text)
    if width_of(text) <= width:
        return text
    if width <= 0:
        return ""
    start = set_cell_size(text, width - 1)
    return start.rstrip() + ELLIPSIS


def cut_inside(text: str, width: int) -> str:
    """Return a text of at most `width` cells that keeps its start and its end."""
    text = tame(text)
    if width_of(text) <= width or width < FEWEST_AROUND:
        return cut(text, width)
    end = (width - 1) // 2
    start = set_cell_size(text, width - 1 - end)
    # From the end, where wide characters may leave a cell.
    rest = set_cell_size(text[::-1], end)[::-1]
    return start.rstrip() + ELLIPSIS + rest.strip()


def pad(
    text: str,
    width: int,
    *,
    right: bool = False,
) -> str:
    """Return a text of exactly `width` cells; `right` puts it at the right edge."""
    short = cut(text, width)
    blank = " " * (width - width_of(short))
    return blank + short if right else short + blank


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` cells, broken between words if possible.

    A word that is longer than a line is cut.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = cut(word, width)
        lines.append(line)
    return lines
