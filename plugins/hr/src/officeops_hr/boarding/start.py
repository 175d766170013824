"""Beginning a checklist, and moving its open tasks when the first or the last day moves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Subject, Task
from officeops.values import wording
from officeops_hr.boarding.boarding import Boarding
from officeops_hr.boarding.final_pay import final_pay_day, final_pay_words
from officeops_hr.boarding.step import BoardingStep
from officeops_hr.people.as_of import as_of
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_NAMES: Final = {"start": "onboarding", "leave": "leaving"}
_HOUSE: Final = "house"
_OF: Final = "person_id = ? AND sort = ? AND day = ?"
_OPEN: Final = "about_key = 'hr.boarding' AND about_id = ? AND state = 'open'"


def begin(
    office: Office,
    person: Person,
    sort: str,
    day: date,
    role_id: int | None,
) -> str:
    """Write the checklist of a person for a day, in an action; return a sentence on it."""
    if office.first(Boarding, _OF, person.id, sort, day.isoformat()) is not None:
        return ""
    boarding = office.add_made(Boarding(person_id=person.id, sort=sort, day=day))
    number = 0
    for step in steps_for(office, sort, role_id):
        office.add_made(_task(office, boarding, person.name, step))
        number += 1
    if not number:
        cure = "officeops add-boarding-steps adds the usual ones"
        return f"The checklist is empty: {cure}."
    tasks = wording.count(number, "task")
    return f"{boarding.human_key}: {tasks} of {_NAMES[sort]}."


def steps_for(
    office: Office,
    sort: str,
    role_id: int | None,
) -> Iterator[BoardingStep]:
    """Yield the steps for everybody and for a role, by their days."""
    role = office.get(JobRole, role_id) if role_id else None
    kinds: set[str | None] = {None}
    if role is not None:
        # A provider sees patients, so that what clinical people need is theirs too.
        kinds |= {"provider", "clinical"} if role.kind == "provider" else {role.kind}
    for step in office.all(BoardingStep, "sort = ?", sort, order="offset_days, id"):
        if step.role_id in {None, role_id} and step.role_kind in kinds:
            yield step


def _task(
    office: Office,
    boarding: Boarding,
    name: str,
    step: BoardingStep,
) -> Task:
    pay = final_pay_words(office, boarding.day) if step.unit == "final_pay" else ""
    notes = (step.note, pay, _law(step))
    return Task(
        title=f"{name}: {step.title}",
        due_on=day_of(office, boarding.day, step),
        # The first or the last day, from which the plan of the step counts.
        nominal_on=boarding.day,
        owner=_owner(office, boarding, name, step.owner),
        severity=step.severity,
        note="\n".join(filter(None, notes)) or None,
        about=Subject(boarding.meta.key, boarding.id),  # type: ignore[arg-type] # kept as a subject
        # Unique in the file: the same step is never written twice.
        occurrence=f"{boarding.meta.key}:{boarding.id}:step-{step.id}",
    )


def _law(step: BoardingStep) -> str:
    """Return the source of a step, and that nobody has confirmed it if so."""
    if not step.source:
        return ""
    # A habit of the house needs nobody's confirmation.
    if step.source == _HOUSE:
        return ""
    number = step.from_employees
    from_ = f", from {number} employees" if number and number > 1 else ""
    doubt = "" if step.confirmed else ". Your office has not confirmed it"
    return f"{step.source}{from_}{doubt}"


def day_of(
    office: Office,
    day: date,
    step: BoardingStep,
) -> date:
    """Return the day of a step; one that is past already is due today, and never dropped."""
    if step.unit == "final_pay":
        due = final_pay_day(office, day)
    elif step.unit == "days":
        due = day + timedelta(days=step.offset_days)
    else:
        due = _working_days(office, day, step.offset_days)
    return max(due, office.today)


def _working_days(
    office: Office,
    day: date,
    number: int,
) -> date:
    """Count open days from a day: 3 is the third after it, -3 the third before."""
    sign = 1 if number > 0 else -1
    for _ in range(abs(number)):
        day = office.calendar.next_open_day(day + timedelta(days=sign), sign)
    return day


def _owner(
    office: Office,
    boarding: Boarding,
    name: str,
    owner: str,
) -> str:
    """Return the owner of a task: `self` and `lead` are those of the person."""
    if owner == "self":
        return name
    if owner != "lead":
        return owner
    positions = office.all(Position, "person_id = ?", boarding.person_id)
    position = as_of(positions, boarding.day)
    if position is None or position.manager_id is None:
        return "manager"
    return office.get(Person, position.manager_id).name


def move(
    office: Office,
    boarding: Boarding,
    day: date,
) -> int:
    """Move a checklist to another day with its open tasks, in an action; return how many."""
    office.edit(boarding, managed=True, day=day)
    moved = 0
    for task in list(office.all(Task, _OPEN, boarding.id)):
        step = office.get(BoardingStep, int((task.occurrence or "").rpartition("-")[2] or 0))
        due = day_of(office, day, step)
        if due != task.due_on:
            office.edit(task, due_on=due)
            moved += 1
    return moved
