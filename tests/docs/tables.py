"""Tables in Markdown, for the generated pages."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, a line for each row."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def plain(text: str) -> str:
    """Return text for one cell: on one line, with the column mark escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def first_paragraph(docstring: str | None) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return plain((docstring or "").strip().partition("\n\n")[0])


def commented(declared: type) -> Iterator[tuple[str, str]]:
    """Yield what a class declares in its body, each name with the comment above it."""
    meaning: list[str] = []
    for line in inspect.getsource(declared).splitlines():
        text = line.strip()
        if text.startswith("#:"):
            meaning.append(text.removeprefix("#: "))
        elif meaning:
            yield text.partition(":")[0], " ".join(meaning)
            meaning = []
