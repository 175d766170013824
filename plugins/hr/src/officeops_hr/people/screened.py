"""The people whom an exclusion check compares: all who work here or will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql
from officeops_hr.screened import Screened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_WORKING: Final = f"SELECT t.id FROM hr_person t WHERE {status_sql()} <> 'left'"
_FORMER: Final = "SELECT name FROM hr_former_name WHERE person_id = ? AND archived_at IS NULL"


def staff(office: Office) -> Iterator[Screened]:
    """Yield the people with all names that they have or had, their NPI and date of birth.

    Nobody sees a date of birth: the check alone works with it. Somebody who left is paid no more.
    """
    working = [number for (number,) in office.rows(_WORKING)]
    for person in office.some(Person, working):
        if person.archived_at is not None:
            continue
        former = [name for (name,) in office.rows(_FORMER, person.id)]
        names = [person.name, person.legal_name, *former]
        yield Screened(
            record=Person.meta.key,
            id=person.id,
            names=tuple(name for name in names if name),
            family=person.family_name or "",
            born_on=_born_on(office, person),
            npi=person.npi or "",
        )


def _born_on(office: Office, person: Person) -> date | None:
    if person.born_on is None:
        return None
    # Who runs the check sees no date of birth; it is compared, and never shown.
    born_on: date = office.open(person, "born_on", needs="hr.check-exclusions")
    return born_on
