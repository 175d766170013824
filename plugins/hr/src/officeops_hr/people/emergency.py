"""Whom to call when something happens to a person: read for paper, and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value, action, param
from officeops.values import wording
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_PEOPLE: Final = f"""
SELECT t.id, t.name, (SELECT number FROM hr_phone f WHERE f.person_id = t.id
    AND f.archived_at IS NULL ORDER BY f.kind = 'work', f.id LIMIT 1)
FROM hr_person t WHERE t.archived_at IS NULL AND {status_sql()} IN ('active', 'on_leave')
ORDER BY {SORTED_AS}, t.id
"""
_CONTACTS: Final = """
SELECT name, relation, phone, other_phone FROM hr_emergency_contact
WHERE person_id = ? AND archived_at IS NULL ORDER BY id LIMIT 2
"""


class EmergencyLine(Value):
    """A person with their own phone, and the first two people to call."""

    name: str
    phone: str
    contacts: tuple[str, ...]


def emergency_lines(office: Office) -> Iterator[EmergencyLine]:
    """Yield the people who work here, as far as the acting person reaches them."""
    for person, name, phone in office.rows(_PEOPLE):
        # Two fit beside each other on paper, and the first ones entered are the ones to call.
        rows = office.rows(_CONTACTS, person)
        contacts = tuple(", ".join(filter(None, row)) for row in rows)
        yield EmergencyLine(name, phone or "", contacts)


@action("hr.print-emergency-sheet")
def print_sheet(
    office: Office,  # noqa: ARG001 - the printing alone is recorded
    people: int = param(help="How many people are on it", minimum=0),
) -> str:
    """Record that the emergency sheet was printed."""
    return f"The emergency sheet of {wording.count(people, 'person')} was printed."
