"""The window of a terminal, within bounds.

A client of SSH names any size it likes, and a screen of 65,535 by 65,535 cells fills the memory of
the machine.
"""

from __future__ import annotations

import os
from typing import Final

#: The size of a terminal that does not say its own.
COLUMNS: Final = 80
LINES: Final = 24
#: The smallest and the largest window that is drawn. Four large monitors side by side have fewer cells.
_COLUMNS: Final = (20, 500)
_LINES: Final = (5, 200)


def bounded(columns: int, lines: int) -> tuple[int, int]:
    """Return the size of a window as it is drawn, in cells; 0 or less is unknown."""
    return _within(columns or COLUMNS, *_COLUMNS), _within(lines or LINES, *_LINES)


def window_columns() -> int:
    """Return the width of the terminal of standard output, in cells; 0 if unknown."""
    columns = os.get_terminal_size().columns
    # Zero stays unknown here: a table then is written whole, as into a file.
    return columns and _within(columns, *_COLUMNS)


def settled(terminal: int) -> tuple[int, int]:
    """Return the size of a terminal's window as it is drawn, after telling the terminal so.

    Several parts of a screen ask the terminal by themselves, and each has another size for one
    that does not say its own: they would draw in turns, without end.
    """
    asked = os.get_terminal_size(terminal)
    size = bounded(*asked)
    if size != asked:
        import termios

        columns, lines = size
        termios.tcsetwinsize(terminal, (lines, columns))
    return size


def _within(size: int, least: int, most: int) -> int:
    return max(least, min(size, most))
