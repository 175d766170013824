"""Births: the dates of birth that a rule for minors needs; they are shown to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import OfficeError
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office


def births(office: Office, person_id: int | None = None) -> dict[int, date]:
    """Return the dates of birth that are known, of one person or of everybody."""
    known: dict[int, date] = {}
    for person in office.all(
        Person,
        "id = ifnull(?, id)",
        person_id,
    ):
        born_on = _opened(
            office,
            person,
        )
        if born_on is not None:
            known[person.id] = born_on
    return known


def _opened(office: Office, person: Person) -> date | None:
    try:
        born_on: date | None = office.open(
            person,
            "born_on",
        )
    # The key is somewhere else: the age is as unknown as without a date.
    except OfficeError:
        return None
    return born_on
