"""Paragraphs: texts that go on in the next line where the page or the terminal is narrower."""

from __future__ import annotations

import sys

from officeops.values.plain_text import wrapped
from officeops.values.text import safe
from officeops.values.window_size import window_columns

#: The width of a page, a file or a pipe.
PAGE_WIDTH = 80
#: So narrow is no text that people read.
_LEAST = 20


def page_width() -> int:
    """Return the width of the terminal, or of a page where standard output is none."""
    width = window_columns() if sys.stdout.isatty() else 0
    return width or PAGE_WIDTH


def paragraph(
    text: str,
    indent: str = "",
    first: str = "",
    width: int = PAGE_WIDTH,
) -> list[str]:
    """Return the lines of a text of at most `width` cells, indented; `first` is before the first."""
    lines = wrapped(safe(text), max(width - len(indent), _LEAST))
    begins = [first.ljust(len(indent)), *[indent] * len(lines)]
    return [begin + line for begin, line in zip(begins, lines, strict=False)]
