"""Matching: the lines of a screen that have some words, with the headings over them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.tui.widgets.lines import Line


def matching(lines: Iterable[Line], words: str) -> list[Line]:
    """Return the lines that have all the words, in any order and case, and the headings over them.

    Lines of one target are one, so what continues below stays whole. A word of a heading is one of
    all lines under it.
    """
    wanted = folded(words).split()
    shown: list[Line] = []
    heading: list[Line] = []
    for entry in _entries(lines):
        if entry[0].is_heading:
            heading = entry
            continue
        if not entry[0].text.strip():
            continue
        text = folded(" ".join(f"{line.text} {line.also}" for line in [*heading, *entry]))
        if all(word in text for word in wanted):
            if heading and heading[0] not in shown:
                shown.extend(heading)
            shown.extend(entry)
    return shown


def _entries(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines of one target together, and each of no target by itself."""
    for target, group in groupby(lines, key=lambda line: line.target):
        if target is not None:
            yield list(group)
        else:
            yield from ([line] for line in group)
