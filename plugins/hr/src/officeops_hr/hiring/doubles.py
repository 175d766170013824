"""Candidates who may be one: the same name, mail or phone."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from officeops import Duplicate, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_ALIKE: Final = """
SELECT id, opening_id, name, email, phone FROM hr_candidate WHERE archived_at IS NULL ORDER BY id
"""
_WHY: Final = ("same name", "same email", "same phone")


def doubles(office: Office) -> Iterator[Duplicate]:
    """Yield each pair of candidates for one opening who are alike, once for each reason."""
    alike: dict[tuple[int, str, str], list[int]] = {}
    for number, opening, *values in office.rows(_ALIKE):
        for why, value in zip(_WHY, values, strict=True):
            # Two people without a phone are not alike by it.
            if value:
                alike.setdefault((opening, why, folded(value)), []).append(number)
    for (_, why, _), numbers in alike.items():
        for one, other in combinations(numbers, 2):
            yield Duplicate("hr.candidate", one, other, why)
