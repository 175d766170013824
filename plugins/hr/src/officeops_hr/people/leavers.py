"""Leavers in Today: who left, or leaves soon, and is still named by open records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.people.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.people.references import Reference

#: Days before and after somebody's last day in which Today asks.
_BEFORE: Final = 14
_AFTER: Final = 180
_LEAVERS: Final = """
SELECT e.person_id, max(e.last_day) FROM hr_employment e
WHERE e.archived_at IS NULL AND e.last_day BETWEEN ? AND ?
AND NOT EXISTS (SELECT 1 FROM hr_employment f WHERE f.person_id = e.person_id
    AND f.archived_at IS NULL AND f.hired_on > e.last_day)
GROUP BY e.person_id
"""


def leaver_lines(office: Office) -> Iterator[Due]:
    """Yield a line for each leaver whom open records still name."""
    first = office.today - timedelta(days=_AFTER)
    last = office.today + timedelta(days=_BEFORE)
    for person_id, day in office.rows(_LEAVERS, first.isoformat(), last.isoformat()):
        person = office.get(Person, person_id)
        number = sum(_is_for_all(office, one) for one in references(office, person))
        # Nothing to hand over is nothing to do.
        if number:
            yield _line(person, date.fromisoformat(day), number, office.today)


def _is_for_all(office: Office, reference: Reference) -> bool:
    """Whether everybody who reads the line may see the record; a number tells of the others too."""
    kind = office.records[reference.record]
    return kind.meta.scope is None or kind is Person


def _line(
    person: Person,
    day: date,
    number: int,
    today: date,
) -> Due:
    verb = "left" if day < today else "leaves"
    records = wording.count(number, "open record")
    command = f"officeops person references {person.human_key}"
    return Due(
        # With the day: a snooze of this separation does not hide the next one.
        key=f"hr.person:{person.id}:references:{day}",
        on=day,
        what=f"{person.name} {verb} on {day} and is named by {records}: {command}",
        severity="legal",
        action="edit",
        record=Person.meta.key,
        record_id=person.id,
    )
