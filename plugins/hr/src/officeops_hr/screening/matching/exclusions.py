"""Exclusions: an exclusion list in memory, and the entries that may be about a subject.

Family names agree if they begin with one letter or end with the same three, and their Jaro-Winkler
similarity is 0.92 or more, whole or any word of them; given names if one may be the other
(`given_names`). The letters keep the search short: a misspelled name has one of the two right.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from officeops import Value
from officeops_hr.screening.matching import given_names
from officeops_hr.screening.matching.names import business_name, family_keys, plain
from officeops_hr.screening.matching.subject import TIERS, ListEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops_hr.screening.matching.names import PersonName
    from officeops_hr.screening.matching.subject import Subject

#: How alike family names must be, from 0 to 1, and businesses, from 0 to 100.
_FAMILY: Final = 0.92
_BUSINESS: Final = 90
_ENDING: Final = 3
_SURE: Final = 100
_LAYOUTS: Final = ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y")


class Match(Value):
    """An entry of a list that may be about a subject; `score` is how alike the names are, to 100."""

    tier: str
    score: int
    entry: ListEntry


class Exclusions:
    """The entries of one list, indexed by NPI, family name and business."""

    def __init__(self, entries: Iterable[ListEntry]) -> None:
        """Index the entries."""
        self.count = 0
        self._npis: dict[str, list[ListEntry]] = defaultdict(list)
        self._families: dict[str, list[ListEntry]] = defaultdict(list)
        self._businesses: dict[str, list[ListEntry]] = defaultdict(list)
        raw: dict[str, list[ListEntry]] = defaultdict(list)
        for entry in entries:
            self.count += 1
            if entry.npi.strip("0"):
                self._npis[entry.npi].append(entry)
            if entry.family:
                raw[entry.family].append(entry)
            if entry.business:
                self._businesses[business_name(entry.business)].append(entry)
        self._blocks: dict[str, list[str]] = defaultdict(list)
        for family, ones in raw.items():
            self._index(plain(family), ones)

    def _index(self, family: str, entries: list[ListEntry]) -> None:
        for key in family_keys(family):
            # Once for each key: many families share a word.
            if key and key not in self._families:
                for block in blocks(key):
                    self._blocks[block].append(key)
            self._families[key] += entries

    def matches(self, subject: Subject) -> list[Match]:
        """Return the entries that may be about a subject, the surest first."""
        best: dict[int, Match] = {}
        for match in self._candidates(subject):
            before = best.get(match.entry.row)
            if before is None or _order(match) < _order(before):
                best[match.entry.row] = match
        return sorted(best.values(), key=_order)

    def _candidates(self, subject: Subject) -> Iterator[Match]:
        if subject.npi:
            for entry in self._npis.get(subject.npi, ()):
                yield Match("A", _SURE, entry)
        for name in subject.people:
            yield from self._people(name, subject.born_on)
        for business in subject.businesses:
            yield from self._called(business)

    def _people(self, name: PersonName, born_on: date | None) -> Iterator[Match]:
        for key, likeness in self._alike(name):
            for entry in self._families[key]:
                theirs = (plain(entry.first), *plain(entry.middle).split())
                if given_names.agree(name.given, theirs):
                    tier = tier_of(born_on, entry.born_on)
                    yield Match(tier, round(likeness * 100), entry)

    def _alike(self, name: PersonName) -> Iterator[tuple[str, float]]:
        """Yield the families of the list that are spelled like a name, and how alike they are."""
        for ours in name.family_keys:
            for block in blocks(ours):
                hits = process.extract(
                    ours,
                    self._blocks.get(block, ()),
                    scorer=JaroWinkler.similarity,
                    score_cutoff=_FAMILY,
                    limit=None,
                )
                for key, likeness, _ in hits:
                    yield key, likeness

    def _called(self, business: str) -> Iterator[Match]:
        """Yield the businesses of the list that are called like one; word order makes no difference."""
        hits = process.extract(
            business,
            self._businesses.keys(),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=_BUSINESS,
            limit=None,
        )
        for called, likeness, _ in hits:
            for entry in self._businesses[called]:
                yield Match("C", round(likeness), entry)


def blocks(key: str) -> tuple[str, str]:
    """Return the two groups of family names in which a name is looked for."""
    return key[:1], f"-{key[-_ENDING:]}"


def tier_of(born_on: date | None, listed: str) -> str:
    """Return the tier of a name that agrees, by both dates of birth.

    A date that is missing or cannot be read is not known: it clears nobody.
    """
    theirs = listed_day(listed)
    if born_on is None or theirs is None:
        return "C"
    return "B" if theirs == born_on else "D"


def listed_day(text: str) -> date | None:
    """Read a day of a list: `19610704` as the OIG writes it, or `07/04/1961` as states do."""
    for layout in _LAYOUTS:
        try:
            return datetime.strptime(text.strip(), layout).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _order(match: Match) -> tuple[int, int, int]:
    return TIERS.index(match.tier), -match.score, match.entry.row
