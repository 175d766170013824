"""A small schedule for tests: two assistants, and shifts for them written in one line each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import default_location
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Benefit, Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.office.office import Office

#: The Monday of the fixtures' day.
MONDAY: Final = date(2026, 3, 2)


def assistants(office: Office, crew: dict[str, Person]) -> None:
    """Let Ben and Cyd work on every weekday, whatever their shifts."""
    days: dict[str, Any] = dict.fromkeys(WEEKDAYS[:5], 480)
    with office.acting("test.patterns"):
        default_location(office)
        for login in ("ben", "cyd"):
            office.add(WorkPattern(person_id=crew[login].id, **days))


def another(office: Office, name: str) -> Person:
    """Add one more assistant, who works on every weekday."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    with office.acting("test.another"):
        person = office.add(Person(name=name))
        office.add(Employment(person_id=person.id, hired_on=date(2025, 1, 1)))
        office.add(Position(person_id=person.id, role_id=role))
        days: dict[str, Any] = dict.fromkeys(WEEKDAYS[:5], 480)
        office.add(WorkPattern(person_id=person.id, **days))
    return person


def retire_contradictions(office: Office, person: Person) -> None:
    """Archive, inside an action, what a merge would contradict: all but the work."""
    for kind in (Employment, Position, Pay, Benefit):
        for row in list(office.all(kind, "person_id = ?", person.id)):
            office.archive(row)


def plan(
    office: Office,
    rows: Sequence[tuple[int, int | None, int, int]],
    kind: str = "work",
) -> list[Shift]:
    """Add shifts of assistants: the day after Monday, the person, from and until in minutes."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    shifts = []
    with office.acting("test.plan"):
        for days, person, begin, end in rows:
            shift = Shift(
                day=MONDAY + timedelta(days=days),
                person_id=person,
                role_id=role,
                starts_at=begin,
                ends_at=end,
                kind=kind,
            )
            shifts.append(office.add(shift))
    return shifts
