"""Today's lines of first and last days: no checklist yet, or one for another day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.boarding.boarding import Boarding
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Days ahead in which a checklist is worth having: payers of a provider take months.
_AHEAD: Final = 90
#: Days back in which a checklist that nobody began still helps.
_BACK: Final = 14
_COLUMNS: Final = {"start": "hired_on", "leave": "last_day"}
_WORDS: Final = {"start": ("starts", "onboard"), "leave": ("leaves", "offboard")}
#: A checklist is of this employment if its day is near; one of an earlier employment is not.
_DAYS: Final = """
SELECT e.person_id, p.name, e.{column}, max(b.id), max(b.day = e.{column})
FROM hr_employment e JOIN hr_person p ON p.id = e.person_id
LEFT JOIN hr_boarding b ON b.person_id = e.person_id AND b.sort = ? AND b.archived_at IS NULL
    AND abs(julianday(b.day) - julianday(e.{column})) <= 120
WHERE e.archived_at IS NULL AND p.archived_at IS NULL AND e.{column} BETWEEN ? AND ?
GROUP BY e.id ORDER BY e.{column}, e.person_id
"""


def due_lines(office: Office) -> Iterator[Due]:
    """Yield who starts or leaves without a checklist, and the checklists of another day."""
    first = office.today - timedelta(days=_BACK)
    last = office.today + timedelta(days=_AHEAD)
    for sort, column in _COLUMNS.items():
        sql = _DAYS.format(column=column)
        for row in office.rows(sql, sort, first.isoformat(), last.isoformat()):
            yield from _line(office, sort, *row)


def _line(
    office: Office,
    sort: str,
    person_id: int,
    name: str,
    day: str,
    boarding: int | None,
    is_right: int | None,
) -> Iterator[Due]:
    if boarding is None:
        verb, command = _WORDS[sort]
        words = f"{name} {verb} on {day} and has no checklist: officeops person {command}"
        yield Due(
            key=f"hr.person:{person_id}:{command}:{day}",
            on=office.today,
            what=f"{words} P-{person_id}",
            action=command,
            record=Person.meta.key,
            record_id=person_id,
        )
    elif not is_right:
        yield Due(
            key=f"hr.boarding:{boarding}:moved:{day}",
            on=office.today,
            what=f"BO-{boarding} {name}: the day is {day} now: move the checklist",
            action="move",
            record=Boarding.meta.key,
            record_id=boarding,
        )
