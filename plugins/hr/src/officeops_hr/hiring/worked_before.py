"""Worked before: the people of the office who may be a candidate, so that nobody becomes two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.hiring.former_names import all_names
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.hiring.candidate import Candidate

_BY_EMAIL: Final = """
SELECT id FROM hr_person WHERE lower(email) = lower(?) AND archived_at IS NULL ORDER BY id
"""


def worked_before(office: Office, candidate: Candidate) -> list[int]:
    """Return the people within reach who have a name, the phone or the email of a candidate."""
    found: dict[int, None] = {}
    for text in filter(None, (*all_names(office, candidate), candidate.phone)):
        found.update(dict.fromkeys(office.find_ids(Person, text, by_id=False)))
    if candidate.email:
        found.update(dict.fromkeys(number for (number,) in office.rows(_BY_EMAIL, candidate.email)))
    found.pop(candidate.person_id or 0, None)
    return list(found)
