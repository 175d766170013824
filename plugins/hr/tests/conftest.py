"""A small practice with people, pay and logins, and a stopped clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from officeops.access.actions import admit
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.usual_roles import add_roles

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TODAY: Final = date(2026, 3, 2)
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


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Office:
    """An empty office with the usual job roles."""
    freeze_today(TODAY)
    opened = office_factory("hr")
    assert not opened.plugins.troubles
    with opened.acting("hr.add-job-roles"):
        add_roles(opened)
    return opened


@pytest.fixture
def crew(office: Office) -> dict[str, Person]:
    """The people of the practice by their logins, each with an employment, a position and pay."""
    for login, (role, _, _) in CREW.items():
        admit(office, login, [role])
    users = dict(office.rows("SELECT login, id FROM core_user"))
    roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
    people: dict[str, Person] = {}
    with office.acting("test.setup"):
        for number, (login, (_, code, manager)) in enumerate(CREW.items(), 1):
            person = office.add(
                Person(
                    name=f"{login.title()} Stone",
                    user_id=users[login],
                    number=f"E-{number}",
                    ssn=f"900-00-000{number}",
                )
            )
            office.add(Employment(person_id=person.id, hired_on=date(2024, number, 1)))
            leader = people[manager].id if manager else None
            office.add(Position(person_id=person.id, role_id=roles[code], manager_id=leader))
            office.add(Pay(person_id=person.id, amount=7_770_000 + number))
            people[login] = person
    return people
