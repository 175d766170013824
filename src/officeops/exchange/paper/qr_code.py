"""QR codes: the squares of a code, and half blocks that draw it in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.plain_text import WIDTH, wrapped
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.exchange.paper.printout import Labels

#: What a scanner puts before a QR code (ISO/IEC 15424), if it is set to. The code has it itself, so
#: that a screen knows the keys of every scanner as a code.
SCANNED: Final = "]Q1"
#: Light squares around a code, of which readers need two at least on a screen.
_QUIET: Final = 2
#: Two squares, one above the other, by which of them are light: terminals are dark.
_HALVES: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def squares(code: str) -> list[list[bool]]:
    """Return the rows of a code's squares without a margin: True for a dark one."""
    import segno

    # A quarter of the code may be scratched or dirty, and it can be read.
    drawn = segno.make(code, error="q", micro=False, boost_error=False)
    return [[bool(square) for square in row] for row in drawn.matrix]


def half_blocks(code: str) -> Iterator[str]:
    """Yield the lines that draw a code in a terminal with light letters on a dark ground."""
    rows = squares(code)
    width = len(rows) + 2 * _QUIET
    light = [True] * width
    margin = [light] * _QUIET
    drawn = [[*light[:_QUIET], *(not dark for dark in row), *light[:_QUIET]] for row in rows]
    # An odd number of rows ends with half a line.
    lines = [*margin, *drawn, *margin, [False] * width]
    for upper, lower in zip(lines[::2], lines[1::2], strict=False):
        yield "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))


def label_lines(block: Labels) -> Iterator[str]:
    """Yield labels as lines of a terminal: each code, and its text at the right."""
    for label in block.labels:
        drawn = list(half_blocks(label.code))
        room = WIDTH - len(drawn[0]) - 2
        texts = [part for line in label.lines for part in wrapped(safe(line), room)]
        yield from _beside(drawn, texts)


def _beside(drawn: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    for place, line in enumerate(drawn):
        # The text begins where the code does, below its margin.
        text = texts[place - 1] if 0 < place <= len(texts) else ""
        yield f"{line}  {text}" if text else line
