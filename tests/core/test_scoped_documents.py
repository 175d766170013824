"""Documents of people are theirs: lists, reminders and missing ones stop at a person's reach."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.model.declarations import Query
from officeops.model.errors import NotFound
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import OfficeFactory

TODAY = date(2026, 3, 2)
CREW = '''
"""Crew."""

from officeops import *

PLUGIN = Plugin("crew", api=2, summary="People and their credentials")
PEOPLE = Scope("people", own="SELECT id FROM crew_person WHERE user_id = ?")


class Person(Record, key="crew.person", display="name", scope=PEOPLE.by("id")):
    """A person."""

    name: str = field(unique=True)
    user_id: int | None = ref("core.user", default=None, managed=True)


class CredentialType(DocumentType, key="crew.credential-type", display="name"):
    """A type."""


class Credential(
    ExpiringDocument, key="crew.credential", display="number", scope=PEOPLE.by("person_id")
):
    """A license."""

    person_id: int = ref("crew.person")
    type_id: int = ref("crew.credential-type")
    of, typed_by = "person_id", "type_id"

    @classmethod
    def requirements(cls, office):
        for kind in office.all(CredentialType, "required = 1"):
            for person in office.all(Person):
                yield RequiredDocument(kind.id, f"{kind.name} of {person.name}", person.id)


@hookimpl
def records():
    return [Person, CredentialType, Credential]


@hookimpl
def actions():
    return Credential.actions()


@hookimpl
def migrations():
    from importlib import import_module

    missing_sql = import_module("officeops.store.missing_migrations").missing_sql
    core = import_module("officeops.core.migrations").MIGRATIONS
    return [Migration("0001", missing_sql([kind.meta for kind in records()], {"core": core}))]
'''


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date], None]) -> Office:
    freeze_today(TODAY)
    return office_factory(files={"crew": CREW})


def staff(office: Office) -> dict[str, Any]:
    """Ana and Bob, each with a license that ends today, and none of them with the other type."""
    people: dict[str, Any] = {}
    kind, person, license_ = (
        office.records[f"crew.{noun}"] for noun in ("credential-type", "person", "credential")
    )
    for login in ("ana", "bob"):
        admit(office, login, ["clerk"])
    with office.acting("test.crew"):
        bls = office.add(kind(name="BLS"))
        office.add(kind(name="ACLS", required=True))
        for login in ("ana", "bob"):
            number = office.value("SELECT id FROM core_user WHERE login = ?", login)
            one = office.add(person(name=login.capitalize(), user_id=number))
            people[login] = office.add(
                license_(person_id=one.id, type_id=bls.id, number=login, expires_on=TODAY)
            )
    return people


def test_reminders_and_missing_ones_stop_at_a_persons_reach(office: Office) -> None:
    people = staff(office)
    whole = {item.due.what for item in office.due_items()}
    assert whole == {
        "BLS of Ana expires 2026-03-02",
        "BLS of Bob expires 2026-03-02",
        "ACLS of Ana is missing",
        "ACLS of Bob is missing",
    }
    ana = Office(office.path, office.plugins, office.machine, user="ana")
    assert {item.due.what for item in ana.due_items()} == {one for one in whole if "Ana" in one}
    kind = office.records["crew.credential"]
    listed = {row[0] for row in ana.select(kind, [], Query("status=due"))}
    assert listed == {people["ana"].id}
    renew = kind.action("renew")  # type: ignore[attr-defined] # of a document
    with pytest.raises(NotFound):
        ana.find(kind, f"#{people['bob'].id}")
    ana.do(renew, ana.get(kind, people["ana"].id), expires_on=date(2028, 3, 2))
    assert {item.due.what for item in ana.due_items()} == {"ACLS of Ana is missing"}


def test_nobody_learns_of_a_missing_document_whose_kind_they_may_not_see(office: Office) -> None:
    staff(office)
    seen = ["core.today.view", "crew.person.view", "crew.person.view-all"]
    make_role(office, "desk", [*seen, "crew.credential-type.view"])
    admit(office, "dee", ["desk"])
    dee = Office(office.path, office.plugins, office.machine, user="dee")
    assert [row[0] for row in dee.select(office.records["crew.person"], [], Query())] == [1, 2]
    assert dee.due_items() == []
