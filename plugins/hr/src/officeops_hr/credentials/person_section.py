"""Credentials on a person's page: missing ones first, then those that end, then the good ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.credentials.requirement import requirements
from officeops_hr.people.scope import reaches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OF_PERSON: Final = "person_id = ?"
#: Statuses of which nobody has to do anything.
_QUIET: Final = ("valid", "not_required")


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield a person's credentials, as far as the acting person may see them."""
    if not reaches(office, Credential(person_id=person_id, type_id=0)):
        return
    lines = [*_missing(office, person_id), *_held(office, person_id)]
    if lines:
        yield PageSection("Credentials", lines)


def _missing(office: Office, person_id: int) -> Iterator[PageLine]:
    filed = list(office.all(Credential, _OF_PERSON, person_id))
    asked = set()
    for need in requirements(office, office.today, person_id):
        if need.words in asked:
            continue
        asked.add(need.words)
        if not any(need.is_met_by(credential) for credential in filed):
            yield PageLine("Missing", need.words)


def _held(office: Office, person_id: int) -> Iterator[PageLine]:
    quiet = []
    in_force = Credential.in_force(office, _OF_PERSON, person_id)
    for credential in sorted(in_force, key=lambda row: str(row.expires_on or "9999")):
        status = credential.status_now(office).status
        words = credential_words(office, credential)
        subject = Subject(Credential.meta.key, credential.id)
        line = PageLine(status.replace("_", " ").capitalize(), words, subject)
        if status in _QUIET:
            quiet.append(line)
        else:
            yield line
    yield from quiet


def credential_words(office: Office, credential: Credential) -> str:
    """Return a credential as pages name it: `RN license (TX) 12345 until 2027-03-31`."""
    name = office.label(CredentialType, credential.type_id)
    state = f"({credential.state})" if credential.state else ""
    until = f"until {credential.expires_on}" if credential.expires_on else ""
    return " ".join(filter(None, (name, state, credential.number, until)))
