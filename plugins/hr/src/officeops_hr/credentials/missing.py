"""Missing credentials: requirements that no credential of the person meets.

The core asks of a person and a type. A requirement that names a state is asked here: a license of
another state does not meet it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, RequiredDocument
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.requirement import requirements
from officeops_hr.people.leader import leader_logins
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Office

_FILED: Final = """
SELECT person_id, type_id, ifnull(state, '') FROM hr_credential WHERE archived_at IS NULL
"""


def required_documents(office: Office) -> Iterator[RequiredDocument]:
    """Yield each person's required types once; those of another state have lines of their own."""
    asked = set()
    leaders = leader_logins(office)
    for requirement in requirements(office, office.today):
        of = (requirement.type_id, requirement.person_id)
        if of not in asked:
            asked.add(of)
            what = f"{requirement.words} of {requirement.named}"
            yield RequiredDocument(
                requirement.type_id,
                what,
                requirement.person_id,
                requirement.person,
                _others(leaders, requirement.person_id),
            )


def _others(leaders: Mapping[int, str], person_id: int) -> tuple[str, ...]:
    """Return who sees beside the person what they lack: whom they report to, and the managers."""
    leader = leaders.get(person_id)
    return (leader, "manager") if leader else ("manager",)


def of_other_states(office: Office) -> Iterator[Due]:
    """Yield the requirements of a state whose type the person has of other states alone."""
    # Nobody learns of a credential through the person whose credentials they may not see.
    if not office.may_view(Credential):
        return
    filed = set(office.rows(_FILED))
    leaders = leader_logins(office)
    has_type = {(person, of_type) for person, of_type, _ in filed}
    for need in requirements(office, office.today):
        of = (need.person_id, need.type_id)
        if need.state and of in has_type and (*of, need.state) not in filed:
            yield Due(
                key=f"hr.person:{need.person_id}:missing:hr.credential:{need.type_id}:{need.state}",
                on=office.today,
                what=f"{need.words} of {need.named} is missing",
                severity="legal",
                owner=need.person,
                others=_others(leaders, need.person_id),
                action="add a credential",
                record=Person.meta.key,
                record_id=need.person_id,
            )
