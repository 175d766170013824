"""Birthdays on the morning's page: only where the office wants them, of people who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.config import HrSettings
from officeops_hr.people.birthday import birthday_in
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_SHOWN: Final = f"""
SELECT t.id, t.name, t.birthday FROM hr_person t
WHERE t.birthday_shown AND t.birthday IS NOT NULL AND t.archived_at IS NULL
AND {status_sql()} = 'active' ORDER BY {SORTED_AS}
"""


def birthday_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the birthdays of today."""
    # Off by default: an office decides whether it congratulates at all.
    if not office.settings("hr", HrSettings).birthdays:
        return
    for person, name, birthday in office.rows(_SHOWN):
        # In Python, as a birthday of February 29 falls on another day in most years.
        if birthday_in(birthday, office.today.year) == office.today:
            yield HuddleLine("notices", f"Birthday of {name}", Person.meta.key, person)
