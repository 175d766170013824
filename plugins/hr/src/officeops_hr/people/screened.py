"""The people whom an exclusion check compares: all who work here or will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql
from officeops_hr.screened import Screened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops import Office

_WORKING: Final = f"SELECT t.id FROM hr_person t WHERE {status_sql()} <> 'left'"
_FORMER: Final = "SELECT person_id, name FROM hr_former_name WHERE archived_at IS NULL ORDER BY id"


def staff(office: Office, *, births: bool) -> Iterator[Screened]:
    """Yield the people with all names that they have or had, their NPI and date of birth.

    Nobody sees a date of birth: the check alone works with it. Somebody who left is paid no more.
    """
    working = [number for (number,) in office.rows(_WORKING)]
    former: dict[int, list[str]] = {}
    for number, name in office.rows(_FORMER):
        former.setdefault(number, []).append(name)
    for person in office.some(Person, working):
        if person.archived_at is None:
            born_on = _born_on(office, person) if births else None
            yield screened_as(person, former.get(person.id, ()), born_on)


def screened_as(
    person: Person,
    former: Iterable[str],
    born_on: date | None = None,
) -> Screened:
    """Return a person with the names of now and former ones."""
    name, family = person.name, person.family_name or ""
    # Colleagues may say the given name alone.
    whole = f"{name} {family}" if family and family not in name else None
    names = [name, whole, person.legal_name, *former]
    return Screened(
        record=Person.meta.key,
        id=person.id,
        names=tuple(filter(None, names)),
        family=family,
        born_on=born_on,
        npi=person.npi or "",
    )


def _born_on(office: Office, person: Person) -> date | None:
    if person.born_on is None:
        return None
    # Who runs the check sees no date of birth; it is compared, and never shown.
    born_on: date = office.open(person, "born_on", needs="hr.check-exclusions")
    return born_on
