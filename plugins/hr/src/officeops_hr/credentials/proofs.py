"""Proofs for inspectors: the registrations of people who work here, and who is appointed to what.

The type of a credential names its kind of proof. A registration is missing where a role requires it;
offices also keep theirs as practice documents. An appointment is missing where nobody has it: an
office that names nobody archives the type, or says that the question is not its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.credentials.requirement import requirements
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Kinds of which inspectors ask whether they are for this address (21 CFR 1301.12).
_BOUND: Final = frozenset({"dea-registration"})
#: Kinds that somebody of each practice is appointed to.
_APPOINTED: Final = frozenset({"clia-director", "privacy-officials", "vaccine-coordinators"})
#: What somebody had who left is no proof of today.
_HERE: Final = f"""
SELECT t.id FROM hr_person t
WHERE t.archived_at IS NULL AND {status_sql()} IN ('active', 'on_leave')
"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the credentials of the kinds asked for, and the missing ones."""
    for of_type in office.all(CredentialType, "proof IS NOT NULL", order="id"):
        if of_type.proof in kinds:
            yield from _of_type(office, of_type)


def _of_type(office: Office, of_type: CredentialType) -> Iterator[Proof]:
    where = f"type_id = ? AND person_id IN ({_HERE})"
    held = list(Credential.in_force(office, where, of_type.id))
    for credential in held:
        yield _proof(office, of_type, credential)
    missing = list(_missing(office, of_type, held))
    if not held and not missing and of_type.proof in _APPOINTED:
        missing = [f"No {of_type.name} is entered"]
    for words in missing:
        yield Proof(
            of_type.proof or "",
            "missing",
            words,
            action="credential add",
            record=Credential.meta.key,
        )


def _proof(
    office: Office,
    of_type: CredentialType,
    credential: Credential,
) -> Proof:
    number = f" {credential.number}" if credential.number else ""
    who = office.label(Person, credential.person_id)
    place = office.text_of(credential, "location_id")
    at = f" at {place}" if place else ""
    proof = credential.proof(
        office,
        of_type.proof or "",
        f"{of_type.name}{number} of {who}{at}",
    )
    if of_type.proof in _BOUND and not place and proof.status in {"met", "due"}:
        # Nobody can tell from it that it is for this address.
        return proof.replace(
            status="not met",
            what=f"{proof.what}; its address is not entered",
            action="credential edit",
        )
    return proof


def _missing(
    office: Office,
    of_type: CredentialType,
    held: list[Credential],
) -> Iterator[str]:
    """Yield the people whose role needs a credential of the type, and who have none."""
    here = {person for (person,) in office.rows(_HERE)}
    named = set()
    for need in requirements(office, office.today):
        if need.type_id != of_type.id or need.person_id not in here:
            continue
        own = [row for row in held if row.person_id == need.person_id]
        is_met = any(map(need.is_met_by, own))
        if not is_met and need.named not in named:
            named.add(need.named)
            yield f"{need.words} of {need.named} is missing"
