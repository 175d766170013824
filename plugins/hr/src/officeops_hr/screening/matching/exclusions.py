"""Exclusions: the entries of an exclusion list that may be about people and businesses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from rapidfuzz import fuzz, process

from officeops import Value
from officeops_hr.screening.matching import given_names
from officeops_hr.screening.matching.families import Families
from officeops_hr.screening.matching.names import business_name
from officeops_hr.screening.matching.subject import TIERS, ListEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from officeops_hr.screening.matching.subject import Subject

#: How alike businesses must be, from 0 to 100; the order of words makes no difference.
_BUSINESS: Final = 90
_SURE: Final = 100
_LAYOUTS: Final = ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y")


class Match(Value):
    """An entry of a list that may be about a subject; `score` is how alike the names are, to 100."""

    tier: str
    score: int
    entry: ListEntry


class ExclusionList(Protocol):
    """A list of which only the entries with a name that is like one of ours are read."""

    def families(self) -> Iterable[str]:
        """Return all family names as spelled there, in lower case, each once."""
        ...

    def businesses(self) -> Iterable[str]:
        """Return all names of businesses, each once."""
        ...

    def of_families(self, names: Collection[str]) -> Iterable[ListEntry]:
        """Return the entries with one of these family names."""
        ...

    def of_businesses(self, names: Collection[str]) -> Iterable[ListEntry]:
        """Return the entries with one of these names of businesses."""
        ...

    def of_npis(self, npis: Collection[str]) -> Iterable[ListEntry]:
        """Return the entries with one of these NPIs."""
        ...


def compare(listed: ExclusionList, subjects: Sequence[Subject]) -> list[list[Match]]:
    """Return, for each subject, the entries that may be about it, the surest first."""
    candidates: list[list[Match]] = [[] for _ in subjects]
    for search in (_by_npi, _by_person, _by_business):
        for number, match in search(listed, subjects):
            candidates[number].append(match)
    return [_best(matches) for matches in candidates]


def _best(matches: Iterable[Match]) -> list[Match]:
    """Return the surest match of each entry: somebody may be found by several names."""
    best: dict[int, Match] = {}
    for match in sorted(matches, key=_order):
        best.setdefault(match.entry.row, match)
    return list(best.values())


def _order(match: Match) -> tuple[int, int, int]:
    return TIERS.index(match.tier), -match.score, match.entry.row


def _by_npi(
    listed: ExclusionList,
    subjects: Sequence[Subject],
) -> Iterator[tuple[int, Match]]:
    owners = {subject.npi: number for number, subject in enumerate(subjects) if subject.npi}
    for entry in listed.of_npis(owners):
        yield owners[entry.npi], Match("A", _SURE, entry)


def _by_person(
    listed: ExclusionList,
    subjects: Sequence[Subject],
) -> Iterator[tuple[int, Match]]:
    names = [(number, name) for number, one in enumerate(subjects) for name in one.people]
    sought = {key for _, name in names for key in name.family_keys}
    families = Families(listed.families(), sought)
    alike = [families.alike(name.family_keys) for _, name in names]
    wanted = {family for likenesses in alike for family in likenesses}
    entries: dict[str, list[ListEntry]] = defaultdict(list)
    for entry in listed.of_families(wanted):
        entries[entry.family.lower()].append(entry)
    for (number, name), likenesses in zip(names, alike, strict=True):
        born_on = subjects[number].born_on
        for family, likeness in likenesses.items():
            for entry in entries[family]:
                if given_names.agree(name.given, entry.first, entry.middle):
                    tier = tier_of(born_on, entry.born_on)
                    yield number, Match(tier, round(likeness * 100), entry)


def _by_business(
    listed: ExclusionList,
    subjects: Sequence[Subject],
) -> Iterator[tuple[int, Match]]:
    ours = [(number, name) for number, one in enumerate(subjects) for name in one.businesses]
    if not ours:
        return
    theirs = {name: business_name(name) for name in listed.businesses()}
    alike = {number: _called(name, theirs) for number, name in ours}
    wanted = {name for likenesses in alike.values() for name in likenesses}
    entries: dict[str, list[ListEntry]] = defaultdict(list)
    for entry in listed.of_businesses(wanted):
        entries[entry.business].append(entry)
    for number, likenesses in alike.items():
        for name, likeness in likenesses.items():
            for entry in entries[name]:
                yield number, Match("C", round(likeness), entry)


def _called(ours: str, theirs: dict[str, str]) -> dict[str, float]:
    """Map the businesses of a list that are called like one to how alike they are, to 100."""
    hits = process.extract(
        ours,
        theirs,
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_BUSINESS,
        limit=None,
    )
    return {name: likeness for _, likeness, name in hits}


def tier_of(born_on: date | None, listed: str) -> str:
    """Return the tier of a name that agrees, by both dates of birth.

    A date that is missing or cannot be read is not known: it clears nobody.
    """
    theirs = listed_day(listed)
    if born_on is None or theirs is None:
        return "C"
    return "B" if theirs == born_on else "D"


@cache
def listed_day(text: str) -> date | None:
    """Read a day of a list: `19610704` as the OIG writes it, or `07/04/1961` as states do."""
    for layout in _LAYOUTS:
        try:
            return datetime.strptime(text.strip(), layout).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
