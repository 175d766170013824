"""Access of leavers: the keys and logins that somebody who left still has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, PageLine, PageSection, Proof, Subject
from officeops_hr.credentials.access_grant import AccessGrant
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_PROOF: Final = "access-termination"
_OPEN: Final = "person_id = ? AND taken_back_on IS NULL"
_LEAVERS: Final = f"""
SELECT t.id, t.name, min(g.id), group_concat(g.name, ', ') FROM hr_person t
JOIN hr_access_grant g ON g.person_id = t.id
WHERE g.archived_at IS NULL AND g.taken_back_on IS NULL AND {status_sql()} = 'left'
GROUP BY t.id ORDER BY t.id
"""


def open_access(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield what a person has to give back, as far as the acting person may see it."""
    if not office.may_view(AccessGrant):
        return
    lines = []
    for grant in office.all(AccessGrant, _OPEN, person_id, order="sort, name"):
        words = ", ".join(filter(None, (grant.name, grant.detail)))
        lines.append(PageLine(grant.sort.capitalize(), words, Subject(grant.meta.key, grant.id)))
    if lines:
        yield PageSection("To take back", lines)


def due_lines(office: Office) -> Iterator[Due]:
    """Yield a line for each leaver who still has something (45 CFR 164.308(a)(3)(ii)(C))."""
    for person_id, name, first, names in office.rows(_LEAVERS):
        yield Due(
            key=f"hr.access-grant:{first}:take-back:{person_id}",
            on=office.today,
            what=f"P-{person_id} {name} left and still has: {names}",
            severity="legal",
            action="take back",
            record=AccessGrant.meta.key,
            record_id=first,
        )


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield each leaver who still has access as a fault of the procedure that ends it.

    Where everything came back there is no line: the inspector asks for the written procedure.
    """
    if _PROOF not in kinds:
        return
    for person_id, name, _, names in office.rows(_LEAVERS):
        yield Proof(
            _PROOF,
            "not met",
            f"P-{person_id} {name} left and still has: {names}",
            action="access-grant take-back",
            record=AccessGrant.meta.key,
        )
