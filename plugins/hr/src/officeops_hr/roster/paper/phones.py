"""Phones: the number by which people are reached away from work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops import Office

#: A mobile first, a number at work last: it is before seven in the morning.
_NUMBERS: Final = """
SELECT person_id, number FROM hr_phone WHERE archived_at IS NULL
ORDER BY CASE kind WHEN 'mobile' THEN 0 WHEN 'home' THEN 1 WHEN 'other' THEN 2 ELSE 3 END, id
"""


def phones(office: Office) -> dict[int, list[str]]:
    """Return the numbers of people, the best one first, as far as they are within reach."""
    numbers: dict[int, list[str]] = {}
    for person, number in office.rows(_NUMBERS):
        numbers.setdefault(person, []).append(number)
    return numbers
