"""Logins of people within reach: no secret of theirs, though the list of users is for managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops import Office

_PEOPLE: Final = "SELECT id, user_id FROM hr_person WHERE user_id IS NOT NULL"
_LOGINS: Final = "SELECT id, login FROM core_user WHERE archived_at IS NULL"


def logins(office: Office) -> dict[int, str]:
    """Return the logins by the ids of their users."""
    # Only logins are read here, and only people within reach are shown with them.
    with office.lifted():
        return dict(office.rows(_LOGINS))


def logins_of_people(office: Office) -> dict[int, str]:
    """Return the logins by the numbers of their people."""
    users = logins(office)
    return {person: users[user] for person, user in office.rows(_PEOPLE) if user in users}
