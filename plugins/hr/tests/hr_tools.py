"""The people of a small practice, with secrets that nobody but HR and they themselves may see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from officeops.access.actions import admit
from officeops_hr.papers.paper import CheckPaper, MedicalPaper, Paper
from officeops_hr.papers.paper_type import PaperType
from officeops_hr.papers.usual_types import add_types
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Benefit, Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.safety.incident import Incident
from officeops_hr.safety.injury_case import InjuryCase
from officeops_hr.safety.vaccine_offer import VaccineOffer
from officeops_hr.supervision.discipline import Discipline
from officeops_hr.supervision.one_to_one import OneToOne

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office

#: The login of a person who has left.
LEAVER: Final = "eve"
_LAST_YEAR: Final = date(2025, 12, 1)
#: Each login with its role, the role they work in, and whose report they are: mia manages the
#: office without HR's permission, lea leads ben and cyd, eve reports to mia.
CREW: Final = {
    "mia": ("manager", "MGR", ""),
    "hana": ("hr", "ASST", "mia"),
    "lea": ("lead", "RN", "mia"),
    "ben": ("clerk", "MA", "lea"),
    "cyd": ("clerk", "MA", "lea"),
    "eve": ("clerk", "FD", "mia"),
}


def _as_always(_: str) -> int:
    return 0


def crewed(office: Office, salt: Callable[[str], int] = _as_always) -> dict[str, Person]:
    """Add the people and their logins to an office with the usual roles; return them by login.

    `salt` is a digit for each login, by which their secrets differ from those of another office.
    """
    for login, (role, _, _) in CREW.items():
        admit(office, login, [role])
    users = dict(office.rows("SELECT login, id FROM core_user"))
    roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
    people: dict[str, Person] = {}
    with office.acting("test.setup"):
        for number, (login, (_, code, manager)) in enumerate(CREW.items(), 1):
            secret = salt(login)
            person = office.add(
                Person(
                    name=f"{login.title()} Stone",
                    user_id=users[login],
                    number=f"E-{number}",
                    ssn=f"90{secret}-00-000{number}",
                    ssn_last_four=f"{secret}00{number}",
                    born_on=date(1980 + secret, 1, number),
                    bank_account=f"021000021 {secret}44{number}",
                )
            )
            leader = people[manager].id if manager else None
            office.add(Position(person_id=person.id, role_id=roles[code], manager_id=leader))
            office.add(_employment(person.id, login, number, secret))
            office.add(Pay(person_id=person.id, amount=7_770_000 + 10 * secret + number))
            office.add(
                Benefit(
                    person_id=person.id,
                    plan="Health",
                    starts_on=date(2025, 1, 1),
                    employee_cost=55_500 + 10 * secret + number,
                )
            )
            people[login] = person
        _add_papers(office, people, salt)
        _add_supervision(office, people, salt)
    return people


def _add_papers(
    office: Office,
    people: dict[str, Person],
    salt: Callable[[str], int],
) -> None:
    """Add types of papers, of which a medical one is required, and papers of some people."""
    add_types(office)
    types = dict(office.rows("SELECT name, id FROM hr_paper_type"))
    office.edit(office.get(PaperType, types["Tuberculosis test"]), required=True)
    for login, person in people.items():
        remark = f"zygomorph {salt(login)}"
        if salt(login):
            test = types["Tuberculosis test"]
            office.add(MedicalPaper(person_id=person.id, type_id=test, remark=remark))
            office.add(CheckPaper(person_id=person.id, type_id=types["I-9"], remark=remark))
            office.add(Paper(person_id=person.id, type_id=types["W-4"], remark=remark))


def _add_supervision(
    office: Office,
    people: dict[str, Person],
    salt: Callable[[str], int],
) -> None:
    """Add what HR alone knows of some people: private notes, discipline, injuries, vaccine offers."""
    for login, person in people.items():
        if not salt(login):
            continue
        text = f"wayzgoose {person.id}"
        office.add(OneToOne(person_id=person.id, topic=text, text=text, follow_up_on=office.today))
        step = office.add(
            Discipline(
                person_id=person.id, step="final", what_happened=text, happened_on=_LAST_YEAR
            )
        )
        office.edit(step, follow_up_on=office.today)
        incident = office.add(
            Incident(what=text, kind="sharps", happened_at=datetime(2026, 2, 2, tzinfo=UTC))
        )
        office.add(InjuryCase(incident_id=incident.id, person_id=person.id, health=text))
        office.add(VaccineOffer(person_id=person.id, answer="declined", remark=text))


def _employment(
    person_id: int,
    login: str,
    number: int,
    secret: int,
) -> Employment:
    """Return an employment; one person has left, for a reason that is another in each office."""
    hired_on = date(2024, number, 1)
    if login != LEAVER:
        return Employment(person_id=person_id, hired_on=hired_on)
    return Employment(
        person_id=person_id,
        hired_on=hired_on,
        last_day=date(2026, 1, 31),
        reason="dismissed" if secret else "resigned",
        rehire=not secret,
        note=f"xylotomy {secret}",
    )
