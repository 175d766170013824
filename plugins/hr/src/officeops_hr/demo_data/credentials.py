"""The credentials of the made-up people: most are good, a few lapse, and a leaver has a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_hr.credentials.access_grant import AccessGrant
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.requirement import requirements
from officeops_hr.credentials.usual_types import add_types
from officeops_hr.education.entry import EducationEntry

if TYPE_CHECKING:
    from officeops import Office

#: The day, from today, on which the practice entered its credentials.
_FIRST: Final = -690
#: Days from today on which credentials end, one person after the other; one has ended, and the
#: others are due at several leads or later.
_ENDS: Final = (400, 75, 610, 25, 280, -9, 520, 340, 150, 700)
_STATE: Final = "VA"
_OF_STATE: Final = " license"
_KEYS: Final = ("Front door", "Back door", "Supply room")
_PEOPLE: Final = "SELECT id FROM hr_person WHERE archived_at IS NULL ORDER BY id"


def build(office: Office, seed: int) -> None:
    """Write the usual types, the credentials that roles require, access and some education."""
    demo = Demo(office, seed, "credentials")
    needs = dict.fromkeys((need.person_id, need.type_id) for need in _needed(demo))
    names = dict(office.rows("SELECT id, name FROM hr_credential_type"))
    people = [number for (number,) in office.rows(_PEOPLE)]
    held: list[dict[str, Any]] = []
    for place, (person, of_type) in enumerate(needs):
        is_of_state = names[of_type].endswith(_OF_STATE)
        held.append(
            {
                "person_id": person,
                "type_id": of_type,
                "number": f"{of_type:02}-{4000 + 17 * place}",
                "state": _STATE if is_of_state else None,
                "expires_on": demo.day(_ENDS[place % len(_ENDS)]).isoformat(),
                "verified_on": demo.day(_FIRST).isoformat() if is_of_state else None,
                "verified_by": "ann" if is_of_state else None,
            }
        )
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        office.add_many(Credential, held)
        office.add_many(AccessGrant, [*_access(demo, people)])
        office.add_many(EducationEntry, _education(demo, names))


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
