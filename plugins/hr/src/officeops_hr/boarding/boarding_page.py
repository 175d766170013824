"""Checklists as pages show them: the open tasks, their owners, and the tasks that block the first day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject, Task
from officeops_hr.boarding.blocking import blocking
from officeops_hr.boarding.boarding import Boarding
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_TASKS: Final = "about_key = 'hr.boarding' AND about_id = ?"
_HEADINGS: Final = {"start": "Onboarding", "leave": "Leaving"}
_OF: Final = "person_id = ?"
_WHERE: Final = (
    "FROM core_task WHERE about_key = 'hr.boarding' AND about_id = ? AND archived_at IS NULL"
)
_COUNT: Final = f"SELECT ifnull(sum(state <> 'open'), 0), count(*) {_WHERE}"
_IS_OPEN: Final = f"SELECT 1 {_WHERE} AND state = 'open' LIMIT 1"


def page(office: Office, boarding: Boarding) -> Iterator[PageSection]:
    """Yield the tasks of a checklist, the open ones first."""
    name = office.label(Person, boarding.person_id)
    text = f"{name}: {_progress(office, boarding)}"
    yield PageSection("", [PageLine(_HEADINGS[boarding.sort], text)])
    if not office.may_view(Task):
        return
    tasks = office.all(Task, _TASKS, boarding.id, order="state <> 'open', due_on, id")
    lines = [_line(task) for task in tasks]
    if lines:
        yield PageSection("Tasks", lines)


def _progress(office: Office, boarding: Boarding) -> str:
    done, number = office.rows(_COUNT, boarding.id)[0]
    return f"{done} of {number} done, counted from {boarding.day}"


def _line(task: Task) -> PageLine:
    # The name is in the heading.
    title = task.title.partition(": ")[2] or task.title
    state = task.owner if task.state == "open" else task.state
    text = f"{task.human_key}: {title} ({state})"
    return PageLine(str(task.due_on), text, Subject(Task.meta.key, task.id))


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the checklists of a person that have something open."""
    if not (office.may_view(Boarding) and office.may_view(Task)):
        return
    for boarding in office.all(Boarding, _OF, person_id, order="day, id"):
        if office.value(_IS_OPEN, boarding.id):
            yield PageSection(_HEADINGS[boarding.sort], list(_summary(office, boarding)))


def _summary(office: Office, boarding: Boarding) -> Iterator[PageLine]:
    yield PageLine(
        boarding.human_key, _progress(office, boarding), Subject(boarding.meta.key, boarding.id)
    )
    # Nobody who leaves is kept from patients by a list.
    blocks = blocking(office, boarding.person_id) if boarding.sort == "start" else []
    if blocks:
        yield PageLine("Blocks patients", "; ".join(blocks))
