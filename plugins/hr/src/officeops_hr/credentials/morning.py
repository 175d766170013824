"""Credentials on the morning's page: those that end this week and that nobody has renewed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Today and the six days after it.
_WEEK: Final = timedelta(days=6)
_ENDING: Final = f"""
expires_on BETWEEN ? AND ? AND person_id IN (
    SELECT t.id FROM hr_person t
    WHERE t.archived_at IS NULL AND {status_sql()} IN ('active', 'on_leave'))
AND NOT EXISTS (
    SELECT 1 FROM hr_credential n WHERE n.replaces_id = hr_credential.id AND n.archived_at IS NULL)
"""
#: Statuses with which an end is no news.
_SETTLED: Final = ("held", "not_required", "renewal_filed")


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the credentials that end this week, of people who work here."""
    first, last = office.today, office.today + _WEEK
    for credential in office.all(
        Credential,
        _ENDING,
        first.isoformat(),
        last.isoformat(),
        order="expires_on, id",
    ):
        if credential.status_now(office).status in _SETTLED:
            continue
        name = office.label(CredentialType, credential.type_id)
        who = office.label(Person, credential.person_id)
        yield HuddleLine(
            "notices",
            f"{name} of {who} ends on {credential.expires_on}",
            Credential.meta.key,
            credential.id,
        )
