"""Requirements: the types of credentials that people must have on a day, by role and state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.as_of import current
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_hr.credentials.credential import Credential

_DAY: Final = "?1"
_PERSON: Final = "?2"
#: The people who work here on the day or are hired for later, each with every role of theirs.
_ROLES: Final = f"""
here (id, name) AS (SELECT t.id, t.name FROM hr_person t
    WHERE t.archived_at IS NULL AND ifnull({_PERSON}, t.id) = t.id AND {status_sql(_DAY)} IN ('active', 'on_leave', 'future')),
held (person_id, role_id) AS (
    SELECT t.id, {current("hr_position", "role_id", _DAY)} FROM here t
    UNION SELECT r.person_id, r.role_id FROM hr_person_role r JOIN here t ON t.id = r.person_id
        WHERE r.archived_at IS NULL)"""
_REQUIRED: Final = f"""
WITH {_ROLES}
SELECT t.id, t.name, y.id, y.name, y.gates_work, q.role_id, ifnull(q.state, '')
FROM here t JOIN held h ON h.person_id = t.id
JOIN hr_required_credential q ON q.role_id = h.role_id AND q.archived_at IS NULL
JOIN hr_credential_type y ON y.id = q.type_id AND y.archived_at IS NULL
UNION ALL
SELECT t.id, t.name, y.id, y.name, y.gates_work, 0, '' FROM here t, hr_credential_type y
WHERE y.required AND y.archived_at IS NULL
ORDER BY 1, 4, 7, 6
"""
_CODES: Final = f"""
WITH {_ROLES} SELECT h.person_id, r.id, r.code FROM held h JOIN hr_job_role r ON r.id = h.role_id
WHERE r.archived_at IS NULL ORDER BY h.person_id, r.id <> (
    SELECT {current("hr_position", "role_id", _DAY)} FROM here t WHERE t.id = h.person_id), r.sort_order
"""


class Requirement(Value):
    """A type that a person must have: for one of their roles (0: everybody), of a state if named."""

    person_id: int
    person: str
    type_id: int
    type_name: str
    gates_work: bool
    role_id: int
    state: str

    @property
    def words(self) -> str:
        """The type as people name it: `RN license (TX)`."""
        return f"{self.type_name} ({self.state})" if self.state else self.type_name

    @property
    def named(self) -> str:
        """The person with their number: two people may have one name."""
        return f"P-{self.person_id} {self.person}"

    def is_met_by(self, credential: Credential) -> bool:
        """Whether a credential of the person is of the type, and of the state if one is named."""
        of_state = not self.state or credential.state == self.state
        return of_state and credential.type_id == self.type_id


def requirements(
    office: Office,
    day: date,
    person_id: int | None = None,
) -> Iterator[Requirement]:
    """Yield what a person, or everybody within reach, must have on a day."""
    for row in office.rows(_REQUIRED, day.isoformat(), person_id):
        person, name, of_type, type_name, gates_work, role, state = row
        yield Requirement(person, name, of_type, type_name, bool(gates_work), role, state)


def roles_on(
    office: Office,
    day: date,
    person_id: int | None = None,
) -> dict[int, dict[int, str]]:
    """Return the codes of the roles in which each person can work on a day, the main one first."""
    roles: dict[int, dict[int, str]] = {}
    for person, role, code in office.rows(_CODES, day.isoformat(), person_id):
        roles.setdefault(person, {})[role] = code
    return roles
