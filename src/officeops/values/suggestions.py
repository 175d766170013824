"""Suggestions: the known words that people may mean by one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: How alike two words are, from 0 to 1, for one to be a slip of the other.
_ALIKE: Final = 0.6
#: How much less alike than the best a word may be and still be suggested: `receive` for
#: `recieve`, and not `archive`.
_MARGIN: Final = 0.05
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
    likeness = _alike(said, [*known, *meanings])
    if not likeness:
        return []
    enough = max(likeness.values()) - _MARGIN
    names: list[str] = []
    for candidate in sorted(likeness, key=lambda candidate: -likeness[candidate]):
        if likeness[candidate] < enough:
            break
        if candidate in known:
            names.append(candidate)
        else:
            names += meanings[candidate]
    return _first_few(names)


def _first_few(names: Iterable[str]) -> list[str]:
    """List the first names, each once."""
    different = list(dict.fromkeys(names))
    return different[:_MOST]


def _alike(word: str, candidates: Iterable[str]) -> dict[str, float]:
    """Return how alike each candidate is to a word, without those that are not."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word)
    alike: dict[str, float] = {}
    for candidate in candidates:
        matcher.set_seq1(candidate.lower())
        # The first two are upper bounds, and much cheaper.
        if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
            continue
        ratio = matcher.ratio()
        if ratio >= _ALIKE:
            alike[candidate] = ratio
    return alike


def did_you_mean(words: Iterable[str]) -> str:
    """Ask whether one of these words was meant; blank where there are none."""
    names = " or ".join(words)
    return f"Did you mean {names}?" if names else ""
