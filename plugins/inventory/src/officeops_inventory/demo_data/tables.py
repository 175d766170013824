"""Tables of the made-up practice: lines of cells with bars between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Begins a line that is about the lines below it.
HEADING = "#"


def table(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line that is not blank, headings included."""
    for line in text.splitlines():
        if line:
            yield list(map(str.strip, line.split("|")))
