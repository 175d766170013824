"""The person who read a temperature: the acting one, another one by name, or free initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops import Refused, Value, folded
from officeops.services import PeopleDirectory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_USERS: Final = "SELECT login, full_name FROM core_user"
#: What people write in the last column of a log on paper.
_INITIALS: Final = re.compile(r"[^\W\d_]{1,4}")


class Reader(Value):
    """Whose initials a log on paper has: a person whom the office knows, or letters alone.

    With neither, the acting person read; at a shared workstation that is the one whose PIN it was.
    """

    person: str = ""
    initials: str = ""

    def name(self, office: Office, on: date) -> str:
        """Return what the reading keeps. Raises Refused for a person whom the office does not know."""
        if self.person and self.initials:
            raise Refused("Give --read-by or --initials.", code="not-together")
        if self.initials:
            return _free(office, self.initials)
        if self.person:
            return _known(office, self.person, on)
        return office.actor


def written_by(office: Office, text: str, on: date) -> str:
    """Return whom a word in the last column of a paper log names: a person, or letters alone.

    Raises Refused for letters that are no initials.
    """
    for name, kept in _people(office, on):
        if folded(name) == folded(text):
            return kept
    return _free(office, text)


def _known(
    office: Office,
    person: str,
    on: date,
) -> str:
    for name, kept in _people(office, on):
        if folded(name) == folded(person):
            return kept
    why = (
        f"{person!r} is nobody whom the office knows. For a person without a login: --initials DK."
    )
    raise Refused(why, "--read-by", code="not-found")


def _people(office: Office, on: date) -> Iterator[tuple[str, str]]:
    """Yield each word for a person, and what a reading keeps: the login, or else the name."""
    for login, full_name in office.rows(_USERS):
        yield login, login
        if full_name:
            yield full_name, login
    directory = office.service(PeopleDirectory)
    if directory is not None:
        for person in directory.people(office, on=on):
            yield person.name, person.user or person.name


def _free(office: Office, initials: str) -> str:
    """Return initials as they are kept, in capitals."""
    if not _INITIALS.fullmatch(initials):
        raise Refused("takes one to four letters, such as DK.", "--initials", code="malformed")
    logins = {folded(login) for login, _ in office.rows(_USERS)}
    # Kept beside logins, they must not be taken for one.
    if folded(initials) in logins:
        why = f"{initials!r} is a login; write --read-by {initials.casefold()}."
        raise Refused(why, "--initials", code="taken")
    return initials.upper()
