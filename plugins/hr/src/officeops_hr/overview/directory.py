"""The people's directory, as other plugins ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.services import PersonFacts, Readiness
from officeops_hr.parts import PARTS
from officeops_hr.people.as_of import current
from officeops_hr.people.logins import logins
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_FACTS = f"""
SELECT t.id, t.name, t.user_id, ifnull(r.code, '') FROM hr_person t
LEFT JOIN hr_job_role r ON r.id = {current("hr_position", "role_id", "?1")}
WHERE t.archived_at IS NULL"""
_MANAGER = f"SELECT {current('hr_position', 'manager_id')} FROM hr_person t WHERE t.id = ?"
#: The people who work at the office on a day, absent or not.
_HERE = f"{status_sql('?1')} IN ('active', 'on_leave')"


class Directory:
    """Who somebody is, who is there, and who leads whom; all of it within reach."""

    def person_of(self, office: Office, user: str) -> PersonFacts | None:
        """Return the person who has a login, None if nobody has it."""
        # Through `logins`, as most people may not read the list of users.
        users = {login: number for number, login in logins(office).items()}
        number = users.get(user)
        # Cron and shared logins are nobody's.
        if number is None:
            return None
        return next(self._facts(office, "t.user_id = ?2", office.today, number), None)

    def people(self, office: Office, *, on: date) -> list[PersonFacts]:
        """Return the people who work at the office on a day, by name."""
        return list(self._facts(office, f"{_HERE} ORDER BY {SORTED_AS}, t.id", on))

    def label(self, office: Office, person_id: int) -> str:
        """Return a person's name, `#12` for one out of the acting person's reach."""
        return office.label(Person, person_id)

    def manager_of(self, office: Office, person_id: int) -> PersonFacts | None:
        """Return the manager of a person, None for the one who has none."""
        manager = office.value(_MANAGER, person_id)
        # The owner of a practice reports to nobody.
        if manager is None:
            return None
        return next(self._facts(office, "t.id = ?2", office.today, manager), None)

    def ready(
        self,
        office: Office,
        person_id: int,
        day: date,
    ) -> Readiness:
        """Return whether a person may work on a day, by every part."""
        # Every reason, not the first alone: each has another cure.
        reasons = [reason for part in PARTS for reason in part.not_ready(office, person_id, day)]
        return Readiness(not reasons, tuple(reasons))

    @staticmethod
    def _facts(
        office: Office,
        condition: str,
        day: date,
        *values: object,
    ) -> Iterator[PersonFacts]:
        known = logins(office)
        for row in office.rows(f"{_FACTS} AND {condition}", day.isoformat(), *values):
            number, name, user, role = row
            yield PersonFacts(number, name, known.get(user, ""), role)
