"""People who may be one: alike in name, or in a former name, or with one phone number."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from officeops import Duplicate, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

_NAMES: Final = """
SELECT id, name FROM hr_person WHERE archived_at IS NULL
UNION SELECT id, legal_name FROM hr_person WHERE archived_at IS NULL AND legal_name IS NOT NULL
UNION SELECT f.person_id, f.name FROM hr_former_name f JOIN hr_person p ON p.id = f.person_id
WHERE f.archived_at IS NULL AND p.archived_at IS NULL ORDER BY 1
"""
#: Families and couples share a number at home.
_NUMBERS: Final = """
SELECT f.person_id, f.digits FROM hr_phone f JOIN hr_person p ON p.id = f.person_id
WHERE f.archived_at IS NULL AND p.archived_at IS NULL AND f.kind = 'mobile' ORDER BY 1
"""


def doubles(office: Office) -> Iterator[Duplicate]:
    """Yield each pair of people who are alike, once for each reason."""
    names = [(person, folded(name)) for person, name in office.rows(_NAMES)]
    yield from _alike(names, "same name")
    yield from _alike(office.rows(_NUMBERS), "same phone")


def _alike(values: Iterable[tuple[int, str | None]], why: str) -> Iterator[Duplicate]:
    alike: dict[str, set[int]] = {}
    for person, value in values:
        # Two people without a number are not alike by it.
        if value:
            alike.setdefault(value, set()).add(person)
    for people in alike.values():
        for one, other in combinations(sorted(people), 2):
            yield Duplicate("hr.person", one, other, why)
