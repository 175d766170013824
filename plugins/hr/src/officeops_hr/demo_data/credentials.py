"""The credentials of the made-up people: most are good, a few lapse, and a leaver has a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_hr.credentials.access_grant import AccessGrant
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.requirement import requirements
from officeops_hr.credentials.usual_types import add_types
from officeops_hr.demo_data.renewals import FIRST as _FIRST
from officeops_hr.demo_data.renewals import Term, terms_of, write_renewals
from officeops_hr.education.entry import EducationEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Days from today on which credentials end, one person after the other; one has ended, and the
#: others are due at several leads or later.
_ENDS: Final = (400, 75, 610, 25, 280, -9, 520, 340, 150, 700)
#: Who is appointed to what.
_APPOINTED: Final = {
    "Laboratory director (CLIA)": "Maya Rao",
    "Vaccine coordinator": "Priya Nair",
    "Backup vaccine coordinator": "Luis Ortega",
    "Privacy official": "Ann Keller",
    "Security official": "Ann Keller",
}
_STATE: Final = "VA"
_OF_STATE: Final = " license"
_KEYS: Final = ("Front door", "Back door", "Supply room")
_PEOPLE: Final = "SELECT id FROM hr_person WHERE archived_at IS NULL ORDER BY id"


def build(office: Office, seed: int) -> None:
    """Write the usual types, the credentials that roles require, access and some education."""
    demo = Demo(office, seed, "credentials")
    terms = list(_terms(demo, _needed(demo)))
    names = dict(office.rows("SELECT id, name FROM hr_credential_type"))
    people = [number for (number,) in office.rows(_PEOPLE)]
    first = [term.row(None) for term in terms if term.entered == _FIRST]
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        office.add_many(Credential, [*first, *_appointments(office, names)])
        office.add_many(AccessGrant, [*_access(demo, people)])
        office.add_many(EducationEntry, _education(demo, names))
    write_renewals(demo, terms)


def _appointments(office: Office, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Yield the letters of appointment, which do not end."""
    types = {name: number for number, name in names.items()}
    people = dict(office.rows("SELECT name, id FROM hr_person"))
    for appointment, name in _APPOINTED.items():
        # Another seed has the same people.
        yield {
            "person_id": people[name],
            "type_id": types[appointment],
            "number": None,
            "state": None,
            "issued_on": None,
            "expires_on": None,
            "verified_on": None,
            "verified_by": None,
            "replaces_id": None,
        }


def _terms(demo: Demo, needs: list[Any]) -> Iterator[Term]:
    """Yield the terms of each credential that somebody needs, the earlier one first."""
    cycles = dict(demo.office.rows("SELECT id, cycle FROM hr_credential_type"))
    names = dict(demo.office.rows("SELECT id, name FROM hr_credential_type"))
    both = dict.fromkeys((need.person_id, need.type_id) for need in needs)
    for place, (person, of_type) in enumerate(both):
        end = _ENDS[place % len(_ENDS)]
        facts = {
            "person_id": person,
            "type_id": of_type,
            "number": f"{of_type:02}-{4000 + 17 * place}",
            "state": _STATE if names[of_type].endswith(_OF_STATE) else None,
        }
        yield from terms_of(demo, facts, end, cycles[of_type] or 0)


def _needed(demo: Demo) -> list[Any]:
    office = demo.office
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        add_types(office)
    return list(requirements(office, office.today))


def _access(demo: Demo, people: list[int]) -> list[dict[str, Any]]:
    day = demo.day(_FIRST).isoformat()
    grants = []
    for place, person in enumerate(people):
        of = {"person_id": person, "given_on": day}
        grants.append({**of, "name": "Records system", "sort": "system"})
        grants.append({**of, "name": _KEYS[place % len(_KEYS)], "sort": "key"})
    return grants


def _education(demo: Demo, names: dict[int, str]) -> list[dict[str, Any]]:
    types = {name: number for number, name in names.items()}
    office = demo.office
    person = office.value("SELECT id FROM hr_person WHERE name = 'Elsa Lind'")
    if person is None:
        return []
    of = {"person_id": person, "type_id": types["NP certification"], "provider": "AANP"}
    courses = (("Prescribing in practice", "pharmacology", 1250), ("Diabetes update", None, 800))
    rows = []
    for place, (title, category, credits_) in enumerate(courses):
        day = demo.day(-120 - 60 * place).isoformat()
        rows.append(
            {**of, "title": title, "category": category, "credits": credits_, "earned_on": day}
        )
    return rows
