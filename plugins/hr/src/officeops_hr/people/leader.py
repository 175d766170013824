"""Leader: the login of the person whom somebody reports to today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.people.as_of import current
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from officeops import Office

_LEADERS: Final = f"""
SELECT t.id, u.login FROM hr_person t JOIN hr_person m ON m.id = {current("hr_position", "manager_id")}
JOIN core_user u ON u.id = m.user_id AND u.archived_at IS NULL
"""
_LEADER: Final = f"SELECT login FROM ({_LEADERS}) WHERE id = ?"


def leader_login(office: Office, person_id: int) -> str | None:
    """Return the login of a person's leader; None without one, or where the leader has no login."""
    login: str | None = office.value(_LEADER, person_id)
    return login


def leader_logins(office: Office) -> dict[int, str]:
    """Return the logins of the leaders of all people who have such a leader."""
    return dict(office.rows(_LEADERS))


def leader_label(office: Office, manager_id: int) -> str:
    """Name the manager of a position to everybody who sees the position.

    People know whom they report to, though the rest of that person is out of their reach.
    """
    with office.lifted():
        return office.label(Person, manager_id)
