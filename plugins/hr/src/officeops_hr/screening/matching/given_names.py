"""Given names: whether two of them may be one person's."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import JaroWinkler

from officeops_hr.screening.matching.names import plain

#: How alike two spellings of a given name must be, from 0 to 1.
_ALIKE: Final = 0.85


@cache
def agree(
    ours: tuple[str, ...],
    first: str,
    middle: str,
) -> bool:
    """Whether any of our given names may be the first or a middle name of an entry.

    Many people go by their middle name. Our names are plain, those of the entry as it has them.
    """
    listed = [*plain(first).split(), *plain(middle).split()]
    return any(_may_be(name, other) for name in ours for other in listed)


@cache
def _may_be(name: str, other: str) -> bool:
    short, long = sorted((name, other), key=len)
    # An initial, or the beginning of a name: `J` or `JON` of `JONATHAN`.
    if long.startswith(short):
        return True
    if _formal(name) & _formal(other):
        return True
    return JaroWinkler.similarity(name, other) >= _ALIKE


def _formal(name: str) -> frozenset[str]:
    """Return a name, and the names that it is short for."""
    return _nicknames().get(name, frozenset()) | {name}


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Map each short name to the names that it is short for. The file is ours, and may grow."""
    text = files("officeops_hr.screening.matching").joinpath("nicknames.csv").read_text("utf-8")
    names: dict[str, frozenset[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        for short in row["short"].split(";"):
            names[short] = names.get(short, frozenset()) | {row["name"]}
    return names
