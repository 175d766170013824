"""The crew with the usual types of credentials: ben and cyd are medical assistants, lea an RN."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.usual_types import add_types
from officeops_hr.people.position import Position

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person


class Wallet:
    """The credentials of the crew, and what tests do with them."""

    def __init__(self, office: Office, crew: dict[str, Person]) -> None:
        self.office, self.crew = office, crew
        with office.acting("hr.add-credential-types"):
            add_types(office)
        self.types = dict(office.rows("SELECT name, id FROM hr_credential_type"))

    def add(self, login: str, name: str, ends: str | None = None, **facts: Any) -> Credential:  # noqa: ANN401 - of the record
        person, number = self.crew[login], self.types[name]
        end = date.fromisoformat(ends) if ends else None
        with self.office.acting("test"):
            new = Credential(person_id=person.id, type_id=number, expires_on=end, **facts)
            return self.office.add(new)

    def do(self, credential: Credential, verb: str, **given: Any) -> None:  # noqa: ANN401
        again = self.office.get(Credential, credential.id)
        self.office.do(Credential.action(verb), again, **given)

    def status(self, credential: Credential) -> str:
        return self.office.get(Credential, credential.id).status_now(self.office).status

    def position(self, login: str) -> Position:
        return next(iter(self.office.all(Position, "person_id = ?", self.crew[login].id)))

    def due(self) -> set[str]:
        """Return the lines of Today that are about credentials."""
        items = [item.due for item in self.office.due_items()]
        return {due.what for due in items if "credential" in due.key}


@pytest.fixture
def wallet(office: Office, crew: dict[str, Person]) -> Wallet:
    return Wallet(office, crew)
