"""Readiness: in which roles a person may work on a day, by their credentials, and why in others not.

Grace is no permission: a credential counts after its end only where its type says so. A renewal that
nobody verified yet leaves the old one to count until its own end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.credentials.papers import Papers
from officeops_hr.people.scope import reaches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import DocumentStatus, Office

_WITHHELD: Final = "you may not see their credentials, so nobody knows"
_NO_ROLE: Final = "no role of theirs is known on that day"
#: Types that nobody has to have: people without one never do what it is for.
_LIMITING: Final = "limits IS NOT NULL AND gates_work = 0"


class Seat(Value):
    """A role of a person, and the reasons why they may not work in it; none if they may."""

    role: str
    why: tuple[str, ...]


class Readiness:
    """The credentials of one person on one day."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        day: date,
        papers: Papers | None = None,
    ) -> None:
        """Read the papers of the person; code that asks for many people gives those of all."""
        self._office, self._person_id, self._day = office, person_id, day
        self._papers = papers or Papers(office, person_id)
        everything = self._papers.credentials(person_id)
        begun = [row for row in everything if row.dates.begun_on(day)]
        replaced = {row.replaces_id for row in begun if self._status(row) != "pending"}
        self._counted = [row for row in begun if row.id not in replaced]

    def seats(self) -> list[Seat]:
        """Return the person's roles, the main one first, each with what speaks against it."""
        reasons = self._reasons()
        of_all = reasons.get(0, [])
        roles = self._papers.roles(self._person_id, self._day)
        if not roles:
            # Nobody knows what they need: that is no permission.
            return [Seat("", (*of_all, _NO_ROLE))]
        return [
            Seat(code, tuple(dict.fromkeys([*of_all, *reasons.get(number, [])])))
            for number, code in roles.items()
        ]

    def limits(self) -> Iterator[str]:
        """Yield what a person who may work must leave to others, with the reason."""
        for of_type in self._office.all(CredentialType, _LIMITING):
            why = self._why_not(of_type.id, of_type.name, "")
            if why and any(row.type_id == of_type.id for row in self._counted):
                yield f"no {of_type.limits}: {why}"

    def _reasons(self) -> dict[int, list[str]]:
        """Return the reasons by role; those of role 0 are of every role."""
        reasons: dict[int, list[str]] = {}
        for need in self._papers.needs(self._person_id, self._day):
            if not need.gates_work:
                continue
            why = self._why_not(need.type_id, need.words, need.state)
            if why:
                reasons.setdefault(need.role_id, []).append(why)
        return reasons

    def _why_not(
        self,
        type_id: int,
        words: str,
        state: str,
    ) -> str:
        """Return why no credential of a type counts on the day; blank if one does."""
        of_type = [row for row in self._counted if row.type_id == type_id]
        if state:
            of_type = [row for row in of_type if row.state == state]
        if not of_type:
            return f"{words} is missing"
        if any(self._status_on(row).is_good for row in of_type):
            return ""
        # The newest comes first: people renew that one.
        return f"{words} {self._fault(of_type[0])}"

    def _fault(self, credential: Credential) -> str:
        status = self._status(credential)
        if status == "held":
            return f"is suspended: {credential.held_because}"
        if status == "pending":
            return "is not verified"
        grace = ", and its grace does not allow work" if status == "in_grace" else ""
        return f"ended {credential.expires_on}{grace}"

    def _status(self, credential: Credential) -> str:
        return self._status_on(credential).status

    def _status_on(self, credential: Credential) -> DocumentStatus:
        return self._papers.status(credential, self._day)


def not_ready(
    office: Office,
    person_id: int,
    day: date,
) -> Iterator[str]:
    """Yield why a person may work in none of their roles on a day."""
    if not reaches(office, Credential(person_id=person_id, type_id=0)):
        yield _WITHHELD
        return
    seats = Readiness(office, person_id, day).seats()
    if all(seat.why for seat in seats):
        yield from dict.fromkeys(reason for seat in seats for reason in seat.why)
