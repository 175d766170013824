"""Known names: the people whom a legal name, a former name or a phone number means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import folded
from officeops_hr.people.names import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_NAMES: Final = """
SELECT id, legal_name FROM hr_person WHERE legal_name IS NOT NULL AND archived_at IS NULL
UNION ALL
SELECT person_id, name FROM hr_former_name WHERE archived_at IS NULL
"""
_PEOPLE: Final = "SELECT id, name FROM hr_person WHERE archived_at IS NULL"
_NUMBERS: Final = "SELECT person_id, digits FROM hr_phone WHERE archived_at IS NULL"


def people_called(office: Office, text: str) -> Iterator[int]:
    """Yield the people who have, or had, a name, or a number in any spelling."""
    yield from _once_called(office, text)
    yield from _family_first(office, text)
    # A text with letters is a name, even if it has digits.
    if not any(letter.isalpha() for letter in text):
        yield from _reached_at(office, text)


def _once_called(office: Office, text: str) -> Iterator[int]:
    wanted = folded(text)
    for person, name in office.rows(_NAMES):
        if folded(name) == wanted:
            yield person


def _family_first(office: Office, text: str) -> Iterator[int]:
    """Yield the people whose name is written as files do: Alvarez, Ana."""
    said, family = in_order(text)
    if family is None:
        return
    for person, name in office.rows(_PEOPLE):
        if folded(name) == folded(said):
            yield person
    # Payroll may still have the former name.
    yield from _once_called(office, said)


def _reached_at(office: Office, text: str) -> Iterator[int]:
    # The numbers of the world are large: only a text that may be one loads them.
    from officeops.values import FEWEST_DIGITS, is_called, phone_digits

    if sum(letter.isdecimal() for letter in text) < FEWEST_DIGITS:
        return
    wanted = phone_digits(text)
    for person, digits in office.rows(_NUMBERS):
        # One may be written with its country and the other without.
        if digits and is_called(wanted, digits):
            yield person
