"""Whom a due item reaches: a login, the members of a role, or the manager of a person without a login."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.access.actions import admit
from officeops.core.task_record import Task
from officeops.office.crud import add_record
from officeops.office.due_owners import DueOwners
from officeops.office.office import Office

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

#: Dana has no login and reports to Cyd, who has none either and reports to Ben; Eve reports to herself.
PLUGIN = """
from officeops import Plugin, hookimpl
from officeops.services import PeopleDirectory, PersonFacts, Readiness

PLUGIN = Plugin("people", "People", api=2)
PEOPLE = {
    number: PersonFacts(id=number, name=name, user=user, role="")
    for number, name, user in (
        (1, "Dana", ""), (2, "Cyd", ""), (3, "Ben Ortiz", "ben"), (4, "Eve", ""),
        (5, "Kim", ""), (6, "Kim", "ben"),
    )
}


class People:
    def person_of(self, office, user):
        return None

    def people(self, office, *, on):
        return list(PEOPLE.values())

    def label(self, office, person_id):
        return PEOPLE[person_id].name

    def manager_of(self, office, person_id):
        return PEOPLE.get({1: 2, 2: 3, 4: 4}.get(person_id))

    def ready(self, office, person_id, day):
        return Readiness(is_ready=True)


@hookimpl
def services():
    return {PeopleDirectory: People()}
"""


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    office = office_factory(files={"people": PLUGIN}, actor="ann")
    for login, role in (("ben", "clerk"), ("max", "manager"), ("mia", "manager"), ("zoe", "clerk")):
        admit(office, login, [role])
    return office


def test_an_owner_is_reached_by_login_role_or_manager(office: Office) -> None:
    owners = DueOwners(office)
    reached = {
        "zoe": {"zoe"},
        "ZOE": {"zoe"},
        "clerk": {"ben", "zoe"},
        "manager": {"max", "mia"},
        "Ben Ortiz": {"ben"},
        "Dana": {"ben"},
        "Eve": {"max", "mia"},
        "Kim": {"max", "mia"},
        "nobody here": {"max", "mia"},
    }
    assert {owner: set(owners.logins(owner)) for owner in reached} == reached
    assert owners.is_known("Dana")
    assert not owners.is_known("nobody here")
    assert not office.plugins.troubles


def test_each_person_has_a_list_of_their_own(office: Office) -> None:
    for owner in ("zoe", "clerk", "manager", "Dana", "nobody here"):
        add_record(office, Task, {"title": owner, "due_on": office.today, "owner": owner})
    mine = {}
    for login in ("ben", "max", "zoe"):
        with Office(office.path, office.plugins, office.machine, user=login) as opened:
            items = opened.due_items()
            assert len(items) == 5
            mine[login] = {noted.due.what for noted in opened.due.mine(items)}
    assert mine == {
        "ben": {"clerk", "Dana"},
        "max": {"manager", "nobody here"},
        "zoe": {"zoe", "clerk"},
    }


def test_every_road_says_whom_an_item_reaches(office: Office, cli: Cli) -> None:
    for owner in ("zoe", "clerk", "Dana", "nobody here"):
        add_record(office, Task, {"title": owner, "due_on": office.today, "owner": owner})
    on = {"OFFICEOPS_PLUGINS": "people"}
    rows = cli("today", "--json", env=on).json
    assert {row["what"]: row["logins"] for row in rows} == {
        "zoe": "zoe",
        "clerk": "ben, zoe",
        "Dana": "ben",
        "nobody here": "max, mia",
    }
    # The mail of cron: each recipient has their own, Ben those of Dana, who has no login.
    mailed = {
        login: {
            row["what"] for row in cli("today", "--mine", "--json", "--for", login, env=on).json
        }
        for login in ("ben", "mia", "zoe")
    }
    assert mailed == {"ben": {"clerk", "Dana"}, "mia": {"nobody here"}, "zoe": {"zoe", "clerk"}}
    # A clerk may not see the users, and learns of no login but their own.
    rows = cli("today", "--json", "--for", "ben", env=on).json
    assert {row["logins"] for row in rows} == {"ben", None}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("people = lambda self, office, on: 1 / 0", "people() of its service"),
        ("people = lambda self, office, on: [5]", "no PersonFacts"),
        ("manager_of = lambda self, office, person_id: PEOPLE['x']", "manager_of() of its service"),
    ],
)
def test_a_directory_that_fails_leaves_its_people_to_the_managers(
    office_factory: OfficeFactory, body: str, why: str
) -> None:
    faulty = PLUGIN.replace("@hookimpl", f"    {body}\n\n\n@hookimpl")
    office = office_factory(files={"people": faulty}, actor="ann")
    admit(office, "mia", ["manager"])
    add_record(office, Task, {"title": "Forms", "due_on": office.today, "owner": "Dana"})
    items = office.due_items()
    assert office.due.logins(items) == ["mia"]
    assert office.due.mine(items) == []
    assert [why in str(trouble) for trouble in office.plugins.troubles] == [True]


def test_a_line_of_managers_without_end_ends_at_the_managers(office_factory: OfficeFactory) -> None:
    endless = "manager_of = lambda self, office, n: PersonFacts(n + 1, 'Boss', '', '')"
    faulty = PLUGIN.replace("@hookimpl", f"    {endless}\n\n\n@hookimpl")
    office = office_factory(files={"people": faulty}, actor="ann")
    admit(office, "mia", ["manager"])
    assert DueOwners(office).logins("Dana") == {"mia"}


def test_an_office_without_users_reaches_everybody(office_factory: OfficeFactory) -> None:
    office = office_factory()
    add_record(office, Task, {"title": "Water", "due_on": office.today, "owner": "dana"})
    items = office.due_items()
    assert office.due.mine(items) == items
    assert DueOwners(office).is_known("dana")
