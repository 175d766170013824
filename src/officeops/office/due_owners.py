"""Due owners: which logins a due item is for, by the login, the role or the person that owns it.

A person without a login is reached through their manager, as far up as it takes. What nobody
resolves is for the managers: a due item is never nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.access.access_days import IN_TODAY
from officeops.model.errors import PluginFault, TimeUp
from officeops.model.text_folding import folded
from officeops.services import PeopleDirectory

if TYPE_CHECKING:
    from officeops.model.office import Office

#: The longest line of managers above a person; a directory that has a longer one is at fault.
_MOST_MANAGERS: Final = 50
#: The role whose members see to what has no owner that anybody knows.
MANAGER: Final = "manager"
#: Only people who can log in today: what waits for somebody on leave is for the managers.
_LOGINS: Final = f"SELECT login FROM core_user u WHERE archived_at IS NULL AND {IN_TODAY}"
_MEMBERS: Final = f"""
SELECT m.role, u.login FROM core_membership m JOIN core_user u ON u.id = m.user_id
WHERE m.archived_at IS NULL AND u.archived_at IS NULL AND {IN_TODAY}
AND ifnull(m.until >= office_today(), 1)
"""


def say_who_sees_to_it(office: Office, owner: str) -> None:
    """Remark that the managers see to what has an owner whom nobody knows.

    Refusing would leave out the people without a login, most of a practice.
    """
    owners = DueOwners(office)
    if not owners.is_known(owner):
        said = f"{owner} has no login here, so the managers see to it."
        office.remarks += [] if said in office.remarks else [said]


class DueOwners:
    """The owners of due items, as an office has them now: read once, asked for many items."""

    def __init__(self, office: Office) -> None:
        self._office = office
        # Who has which role is no secret of the items that are asked about.
        with office.lifted():
            self._logins = {folded(login): login for (login,) in office.rows(_LOGINS)}
            rows = office.rows(_MEMBERS)
        self._members: dict[str, set[str]] = {}
        for role, login in rows:
            self._members.setdefault(folded(role), set()).add(login)
        self._known: dict[str, frozenset[str]] = {}
        #: The failure of the people's directory, which nobody asks again after one.
        self.fault: PluginFault | TimeUp | None = None

    def logins(self, owner: str) -> frozenset[str]:
        """Return the logins that an owner is reached by; none in an office without users."""
        if owner not in self._known:
            self._known[owner] = frozenset(self._reached(owner) or self._managers())
        return self._known[owner]

    def is_known(self, owner: str) -> bool:
        """Whether an owner is a login, a role that somebody has, or a person of the directory."""
        return not self._logins or bool(self._reached(owner))

    def _reached(self, owner: str) -> set[str]:
        word = folded(owner)
        if word in self._logins:
            return {self._logins[word]}
        return self._members.get(word, set()) or self._by_person(owner)

    def _managers(self) -> set[str]:
        """Return who sees to the rest: the managers, or everybody where there is none."""
        return self._members.get(MANAGER, set()) or set(self._logins.values())

    def _by_person(self, owner: str) -> set[str]:
        """Return the login of a person in the people's directory, or of the nearest manager."""
        people = self._office.service(PeopleDirectory)
        if people is None or self.fault:
            return set()
        try:
            return self._in_directory(people, owner)
        except (PluginFault, TimeUp) as error:
            # The managers see to it, as to all that nobody resolves.
            self.fault = error
            return set()

    def _in_directory(self, people: PeopleDirectory, owner: str) -> set[str]:
        called = folded(owner)
        named = [
            person
            for person in people.people(self._office, on=self._office.today)
            if folded(person.name) == called
        ]
        # Of two people with one name nobody knows which is meant: the managers see to it.
        person = named[0] if len(named) == 1 else None
        asked: set[int] = set()
        # A directory in which two people manage each other must not keep Today waiting.
        while person is not None and person.id not in asked and len(asked) < _MOST_MANAGERS:
            login = folded(person.user)
            if login in self._logins:
                return {self._logins[login]}
            asked.add(person.id)
            person = people.manager_of(self._office, person.id)
        return set()
