"""Subject: the names of somebody in the spelling of exclusion lists, and an entry of a list."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops import Value
from officeops_hr.screening.matching.names import PersonName, business_name, readings

if TYPE_CHECKING:
    from officeops_hr.screened import Screened

#: The surest first. A: the NPI is equal; B: the name agrees and the date of birth is equal; C: the
#: name agrees and a date of birth is missing; D: the name agrees and the dates differ.
TIERS: Final = ("A", "B", "C", "D")
#: A vendor with more words than this behind the first is no person.
_LONGEST_FAMILY: Final = 2


class Subject(Value):
    """Whom to look for. A vendor may be a business or one person, so it has both kinds of name."""

    people: tuple[PersonName, ...] = ()
    businesses: tuple[str, ...] = ()
    born_on: date | None = None
    npi: str = ""


def subject_of(screened: Screened) -> Subject:
    """Return the names of somebody as lists write them."""
    people = dict.fromkeys(
        read for name in screened.names for read in readings(name, screened.family)
    )
    if not screened.is_business:
        return Subject(people=tuple(people), born_on=screened.born_on, npi=screened.npi)
    short = tuple(name for name in people if len(name.family) <= _LONGEST_FAMILY)
    businesses = tuple(business_name(name) for name in screened.names)
    return Subject(people=short, businesses=businesses, npi=screened.npi)


class ListEntry(NamedTuple):
    """An entry of an exclusion list, as it is written there; `row` is its number in the table."""

    row: int
    family: str
    first: str
    middle: str
    business: str
    npi: str
    born_on: str
