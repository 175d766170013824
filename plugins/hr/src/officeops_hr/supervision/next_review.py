"""Next review: when a person's review is due, by the last one, or by the hire.

An office that has no review yet has no lines: it has not begun to keep them here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.config import HrSettings
from officeops_hr.leave.rules.periods import months_after
from officeops_hr.people.as_of import current
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Each person who works under somebody, with the hire that counts and the end of the last reviewed period.
_PEOPLE: Final = f"""
SELECT t.id, t.name, (SELECT max(e.hired_on) FROM hr_employment e
    WHERE e.person_id = t.id AND e.archived_at IS NULL AND e.hired_on <= office_today()),
    (SELECT max(r.period_to) FROM hr_review r
    WHERE r.person_id = t.id AND r.archived_at IS NULL AND r.state <> 'draft')
FROM hr_person t WHERE t.archived_at IS NULL AND {status_sql()} = 'active'
AND {current("hr_position", "manager_id")} IS NOT NULL ORDER BY t.id
"""
_ANY: Final = "SELECT 1 FROM hr_review WHERE archived_at IS NULL LIMIT 1"


class NextReview(Value):
    """The day by which a person is to be reviewed."""

    person_id: int
    name: str
    on: date


def next_review(
    hired_on: date,
    last: date | None,
    first_days: int,
    months: int,
) -> date | None:
    """Return when the next review is due; None where the office asks for none.

    `last` is the end of the last reviewed period, if it was in this employment.
    """
    # Somebody who comes back is new again.
    if last is None or last < hired_on:
        return hired_on + timedelta(days=first_days) if first_days else None
    return months_after(last, months) if months else None


def next_reviews(office: Office) -> Iterator[NextReview]:
    """Yield when each person who works here is to be reviewed."""
    # An office with its reviews on paper has no use for a line a person.
    if not office.value(_ANY):
        return
    rules = office.settings("hr", HrSettings)
    for person, name, hired_text, last_text in office.rows(_PEOPLE):
        # They work here, so there is an employment.
        hired_on = date.fromisoformat(hired_text)
        last = date.fromisoformat(last_text) if last_text else None
        on = next_review(
            hired_on,
            last,
            rules.supervision_first_review_days,
            rules.supervision_review_months,
        )
        if on is not None:
            yield NextReview(person, name, on)


def next_review_of(office: Office, person_id: int) -> date | None:
    """Return when one person is to be reviewed; None where nobody asks for it."""
    days = (due.on for due in next_reviews(office) if due.person_id == person_id)
    return next(days, None)
