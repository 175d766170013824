"""Credential: a license, registration or certificate of a person, and its renewals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import ExpiringDocument, field, named, ref
from officeops_hr.credentials.credential_type import state_problems
from officeops_hr.people.person import Person
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office, Problem, RequiredDocument

_REQUIRED: Final = "officeops_hr.credentials.missing:required_documents"


class Credential(
    ExpiringDocument,
    key="hr.credential",
    prefix="CR",
    display="type_id",
    sort="person,type,expires_on",
    also=("license", "certification", "registration", "privilege"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A person's license, registration or certificate.

    A renewal is another one, which replaces it and keeps it in the history. Enter the NPI with the
    person: it does not end.
    """

    person_id: int = ref(
        "hr.person", list_rank=1, also=("employee", "provider", "holder", "name", "staff member")
    )
    type_id: int = ref(
        "hr.credential-type",
        list_rank=1,
        also=("license type", "credential type", "credential", "license", "certification"),
    )
    state: str | None = field(
        default=None, list_rank=4, example="TX", also=("license state", "st"), help="That issued it"
    )
    location_id: int | None = ref(
        "core.location",
        default=None,
        list_rank=8,
        help="The address that it is bound to, as a DEA registration is",
    )
    note: str | None = field(kind="long_text", default=None, hidden=True, also=("notes",))

    of, typed_by = "person_id", "type_id"
    importer = "officeops_hr.credentials.credential_import:CredentialImport"

    @classmethod
    def actions(cls) -> list[Action[..., Any]]:
        """Return the actions of a document; a renewal may leave its end to the type's cycle."""
        actions: list[Action[..., Any]] = named("officeops_hr.credentials.renewal:actions")(
            super().actions()
        )
        return actions

    @classmethod
    def requirements(cls, office: Office) -> Iterable[RequiredDocument]:
        """Yield what people must have by their roles."""
        required: Iterable[RequiredDocument] = named(_REQUIRED)(office)
        return required

    def owner_of(self, office: Office) -> str:
        """Return the holder: by their login, else by their name, which reaches their manager."""
        from officeops_hr.people.logins import logins

        person = office.get(Person, self.person_id)
        return logins(office).get(person.user_id or 0) or person.name

    def others_of(self, office: Office) -> tuple[str, ...]:
        """Return the person whom the holder reports to, and the managers."""
        from officeops_hr.people.leader import leader_login

        leader = leader_login(office, self.person_id)
        return (leader, "manager") if leader else ("manager",)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a state that is not its two letters."""
        yield from super().check(office)
        yield from state_problems(self.state)
