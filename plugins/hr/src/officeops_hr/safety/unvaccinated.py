"""Unvaccinated: people with patients or blood in front of them whom nobody has offered the vaccine.

The offer is due within 10 working days of the first day, after the training (29 CFR
1910.1030(f)(2)(i)). A paper of the type that is for it counts as an answer too.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.as_of import current
from officeops_hr.people.status import status_sql
from officeops_hr.safety.dates import day_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

DAYS: Final = 10
_PAPER: Final = "Hepatitis B vaccine record or declination"
#: People in a role with patients: when they were hired, and whether there is an offer, an answer.
_EXPOSED: Final = f"""
SELECT t.id, t.name, (SELECT max(e.hired_on) FROM hr_employment e WHERE e.person_id = t.id
    AND e.archived_at IS NULL AND e.hired_on <= office_today()),
EXISTS (SELECT 1 FROM hr_vaccine_offer o WHERE o.person_id = t.id AND o.archived_at IS NULL),
EXISTS (SELECT 1 FROM hr_vaccine_offer o WHERE o.person_id = t.id AND o.archived_at IS NULL
    AND o.answer IS NOT NULL)
OR EXISTS (SELECT 1 FROM hr_medical_paper m JOIN hr_paper_type y ON y.id = m.type_id
    WHERE m.person_id = t.id AND m.archived_at IS NULL AND y.name = ?)
FROM hr_person t JOIN hr_job_role r ON r.id = {current("hr_position", "role_id")}
WHERE t.archived_at IS NULL AND r.kind IN ('provider', 'clinical') AND {status_sql()} = 'active'
ORDER BY t.id
"""


class Exposed(Value):
    """A person who may be exposed: by when the offer is due, whether it was made and answered."""

    person_id: int
    name: str
    on: date
    is_offered: bool
    is_answered: bool


def exposed(office: Office) -> Iterator[Exposed]:
    """Yield the people whose role has patients or blood in front of it."""
    for person, name, hired_text, is_offered, is_answered in office.rows(_EXPOSED, _PAPER):
        hired_on = date.fromisoformat(hired_text)
        on = day_after(hired_on, DAYS, "open_day", office.calendar)
        yield Exposed(person, name, on, bool(is_offered), bool(is_answered))
