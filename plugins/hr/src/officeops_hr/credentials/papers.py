"""Papers: the credentials, roles and requirements of one person or of everybody, each read once."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.requirement import Requirement, requirements, roles_on

if TYPE_CHECKING:
    from datetime import date

    from officeops import DocumentStatus, ExpiryRules, Office


class Papers:
    """Reads in bulk: a week of thirty people takes a few queries for each day, and none a person."""

    def __init__(self, office: Office, person_id: int | None = None) -> None:
        """Read the papers of a person, or of everybody within reach; nothing before its first use."""
        self._office, self._person_id = office, person_id
        self._roles_on = cache(self._read_roles)
        self._needs_on = cache(self._read_needs)
        self._rules: dict[int, ExpiryRules] = {}

    def credentials(self, person_id: int) -> list[Credential]:
        """Return a person's credentials, the newest first."""
        return self._credentials.get(person_id, [])

    def roles(self, person_id: int, day: date) -> dict[int, str]:
        """Return the codes of the roles in which a person can work on a day, the main one first."""
        return self._roles_on(day).get(person_id, {})

    def needs(self, person_id: int, day: date) -> list[Requirement]:
        """Return what a person must have on a day."""
        return self._needs_on(day).get(person_id, [])

    def status(self, credential: Credential, day: date) -> DocumentStatus:
        """Return the status of a credential on a day."""
        # The rules are the type's: read once, they serve all credentials of it.
        if credential.type_id not in self._rules:
            self._rules[credential.type_id] = credential.rules(self._office)
        return credential.status_on(
            self._office,
            day,
            self._rules[credential.type_id],
        )

    @cached_property
    def _credentials(self) -> dict[int, list[Credential]]:
        where = "person_id = ifnull(?, person_id)"
        by_person: dict[int, list[Credential]] = {}
        for row in self._office.all(
            Credential,
            where,
            self._person_id,
            order="id DESC",
        ):
            by_person.setdefault(row.person_id, []).append(row)
        return by_person

    def _read_roles(self, day: date) -> dict[int, dict[int, str]]:
        return roles_on(
            self._office,
            day,
            self._person_id,
        )

    def _read_needs(self, day: date) -> dict[int, list[Requirement]]:
        by_person: dict[int, list[Requirement]] = {}
        for need in requirements(
            self._office,
            day,
            self._person_id,
        ):
            by_person.setdefault(need.person_id, []).append(need)
        return by_person
