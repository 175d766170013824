"""The person of the acting login, and the login of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops import Office

_OF_LOGIN: Final = "SELECT id FROM hr_person WHERE user_id = ? AND archived_at IS NULL"
_LOGIN_OF: Final = "SELECT user_id FROM hr_person WHERE id = ?"


def own_person(office: Office) -> int | None:
    """Return the person of the acting login; None where it is nobody's."""
    user = office.acting_user()
    # In an office without logins nobody in particular acts.
    if user is None:
        return None
    # Their own number is no secret of theirs, though the role may not see people.
    with office.lifted():
        person: int | None = office.value(_OF_LOGIN, user)
    return person


def login_of(office: Office, person_id: int) -> int | None:
    """Return the login of a person, by its number; None where they have none."""
    login: int | None = office.value(_LOGIN_OF, person_id)
    return login
