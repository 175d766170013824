"""Families: the family names of a list, and those that are spelled like a given one.

Two names agree if they begin with the same two letters or end with the same three, and their
Jaro-Winkler similarity is 0.92 or more, whole or any word of them. The letters keep the search
short: a misspelled name has one of the two right.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from officeops_hr.screening.matching.names import family_keys, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How alike two names must be, from 0 to 1.
_ALIKE: Final = 0.92
_BEGINNING, _ENDING = 2, 3


class Families:
    """The family names of a list, as it spells them, indexed by their letters."""

    def __init__(self, names: Iterable[str], sought: Iterable[str]) -> None:
        """Index the names, each of which is there once, for the keys that will be sought alone."""
        wanted = {block for key in sought for block in blocks(key)}
        self._spellings: dict[str, list[str]] = defaultdict(list)
        self._blocks: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for key in family_keys(plain(name)):
                self._spellings[key].append(name)
        for key in self._spellings:
            for block in wanted.intersection(blocks(key)):
                self._blocks[block].append(key)

    def alike(self, keys: Iterable[str]) -> dict[str, float]:
        """Map the names of the list that are like one of these to how alike they are, to 1."""
        best: dict[str, float] = {}
        for ours in keys:
            for block in blocks(ours):
                hits = process.extract(
                    ours,
                    self._blocks.get(block, ()),
                    scorer=JaroWinkler.similarity,
                    score_cutoff=_ALIKE,
                    limit=None,
                )
                for key, likeness, _ in hits:
                    for name in self._spellings[key]:
                        best[name] = max(likeness, best.get(name, 0))
        return best


def blocks(key: str) -> tuple[str, str]:
    """Return the two groups of names in which a name is looked for."""
    return key[:_BEGINNING], f"-{key[-_ENDING:]}"
