"""Families: the family names of a list, and those that are spelled like a given one.

Two names agree if they begin with the same two letters or end with the same three, and their
Jaro-Winkler similarity is 0.92 or more, whole or any word of them. The letters keep the search
short: a misspelled name has one of the two right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from officeops_hr.screening.matching.names import family_keys, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How alike two names must be, from 0 to 1.
_ALIKE: Final = 0.92
_BEGINNING, _ENDING = 2, 3
#: Names with other beginnings share one first letter at most, so that the similarity counts 0.1 of
#: it on top. The shorter one has this part of the longer one's letters then, or more.
_SHORTEST: Final = 0.73


class Families:
    """The family names of a list, as it spells them, indexed by their letters."""

    def __init__(self, names: Iterable[str], sought: Iterable[str]) -> None:
        """Index the names, each of which is there once, for the keys that will be sought alone."""
        keys = set(sought)
        self._beginnings: dict[str, list[str]] = {key[:_BEGINNING]: [] for key in keys}
        # By length, which leaves out most of those that only end alike.
        self._endings: dict[str, dict[int, list[str]]] = {key[-_ENDING:]: {} for key in keys}
        # Of one word of plain letters the key is the spelling, and nearly all names are of these.
        self._plain: set[str] = set()
        self._spellings: dict[str, list[str]] = {}
        for name in names:
            if name.isascii() and name.isalpha():
                self._plain.add(name)
                self._index(name.upper())
                continue
            for key in family_keys(plain(name)):
                self._spellings.setdefault(key, []).append(name)
                self._index(key)

    def _index(self, key: str) -> None:
        """Put a key where one that is sought may be like it."""
        alike = self._beginnings.get(key[:_BEGINNING])
        if alike is not None:
            alike.append(key)
        by_length = self._endings.get(key[-_ENDING:])
        if by_length is not None:
            by_length.setdefault(len(key), []).append(key)

    def alike(self, keys: Iterable[str]) -> dict[str, float]:
        """Map the names of the list that are like one of these to how alike they are, to 1."""
        best: dict[str, float] = {}
        for ours in keys:
            for group in self._groups(ours):
                hits = process.extract(
                    ours,
                    group,
                    scorer=JaroWinkler.similarity,
                    score_cutoff=_ALIKE,
                    limit=None,
                )
                for key, likeness, _ in hits:
                    for name in self._spelled(key):
                        best[name] = max(likeness, best.get(name, 0))
        return best

    def _spelled(self, key: str) -> Iterator[str]:
        """Yield the names of the list that a key is of, as it spells them."""
        yield from self._spellings.get(key, ())
        if key.lower() in self._plain:
            yield key.lower()

    def _groups(self, key: str) -> Iterator[list[str]]:
        """Yield the names that begin like one, and those that end like it and are about as long."""
        yield self._beginnings.get(key[:_BEGINNING], [])
        for length, names in self._endings.get(key[-_ENDING:], {}).items():
            shorter, longer = sorted((length, len(key)))
            if shorter >= _SHORTEST * longer:
                yield names
