"""Suggestions: the known words that people may mean by one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: A word may have a slip for every so many of its letters: `doc` is not `doctor`.
_LETTERS_A_SLIP: Final = 3
#: How many letters say what a word begins with.
_BEGINNING: Final = 3
#: How many words are suggested at most.
_MOST: Final = 3


def nearest(
    word: str, known: Iterable[str], meanings: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """List the known words that an unknown one may mean or be a slip of, the nearest first.

    `meanings` are other words for known ones. A slip of such a word counts as a slip of those.
    """
    meanings = meanings or {}
    said = word.lower()
    if said in meanings:
        return _first_few(meanings[said])
    known = list(known)
    near: dict[str, int] = {}
    for name in known:
        slips = _slips(said, name, whole=False)
        if slips is not None:
            near[name] = slips
    for name in meanings:
        slips = _slips(said, name, whole=True)
        if slips is not None:
            near[name] = min(slips, near.get(name, slips))
    fewest = min(near.values(), default=0)
    names: list[str] = []
    for name in sorted(near, key=lambda name: near[name]):
        if near[name] == fewest:
            names += [name] if name in known else meanings[name]
    return _first_few(names)


def _first_few(names: Iterable[str]) -> list[str]:
    """List the first names, each once."""
    different = list(dict.fromkeys(names))
    return different[:_MOST]


def _slips(word: str, candidate: str, *, whole: bool) -> int | None:
    """Count the slips between a word and another; None where that is more than a person makes.

    Unless it is to be `whole`, the beginning of a candidate or a part between hyphens is no slip:
    `exp` for `expires-on`, `move` for `stock-move`.
    """
    name = candidate.lower()
    may_be_part = not whole and len(word) >= _BEGINNING
    if may_be_part and (name.startswith(word) or word in name.split("-")):
        return 0
    allowed = len(word) // _LETTERS_A_SLIP
    if abs(len(word) - len(name)) > allowed:
        return None
    slips = _distance(word, name)
    return slips if slips <= allowed else None


def _distance(one: str, other: str) -> int:
    """Count the letters to add, leave out, replace or swap with the next to turn one into other.

    The optimal string alignment distance (Damerau 1964: four in five slips are one of these).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        above, row, earlier = row, [place], before
        for column, wanted in enumerate(other, 1):
            left_out = above[column] + 1
            added = row[-1] + 1
            replaced = above[column - 1] + (letter != wanted)
            costs = [left_out, added, replaced]
            if place > 1 and column > 1:
                is_swap = letter == other[column - 2] and wanted == one[place - 2]
                if is_swap:
                    costs.append(earlier[column - 2] + 1)
            row.append(min(costs))
        before = above
    return row[-1]


def did_you_mean(words: Iterable[str]) -> str:
    """Ask whether one of these words was meant; blank where there are none."""
    names = " or ".join(words)
    return f"Did you mean {names}?" if names else ""
