"""The repeat of a task of which a question failed that blocks a record until it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.core.checklist_answers import BLOCKS
from officeops.core.checklist_records import Answer, ChecklistItem
from officeops.core.task_record import Task
from officeops.model.actions import Outcome, action
from officeops.model.errors import Reason

if TYPE_CHECKING:
    from officeops.model.office import Office


_OF_TASK: Final = f"id IN (SELECT a.id FROM core_answer a WHERE a.task_id = ? AND {BLOCKS})"
_OPEN: Final = "state = 'open' AND checklist_id = ? AND about_key = ? AND about_id = ?"


def _failed(office: Office, task: Task) -> Answer | None:
    """Return the first answer of a task that failed, and blocks its record still."""
    return office.first(Answer, _OF_TASK, task.id, order="id")


def _not_to_repeat(office: Office, task: Task) -> str | None:
    answer = _failed(office, task)
    if answer is None:
        return Reason("no question of it failed that blocks anything", code="nothing-to-do")
    # With the archived ones: such a question blocks until somebody asks it again.
    item = office.get(ChecklistItem, answer.item_id)
    if cure := item.to_ask_again(office, answer):
        why = f"{answer.text!r} failed, and is not asked now"
        return Reason(f"{why}; first: {cure}", code="wrong-state")
    subject = task.about
    assert subject is not None  # noqa: S101 - its answer blocks what the task is about
    again = office.first(
        Task,
        _OPEN,
        item.checklist_id,
        subject.key,
        subject.id,
        order="due_on, id",
    )
    if again is None:
        return None
    cure = f"officeops task complete {again.human_key}"
    return Reason(f"{again.human_key} asks it again; {cure}", code="nothing-to-do")


@action("core.task.repeat", unless=_not_to_repeat)
def repeat(office: Office, task: Task) -> Outcome:
    """Ask the questions again of a task that failed and blocks its record, as a new task of today."""
    answer = _failed(office, task)
    # Of the list that has the question now.
    item = office.get(ChecklistItem, answer.item_id) if answer else None
    checklist_id = item.checklist_id if item else task.checklist_id
    again = office.add(
        Task(
            title=task.title,
            due_on=office.today,
            owner=task.owner,
            severity=task.severity,
            about=task.about,  # type: ignore[arg-type] # a subject is taken, too
            checklist_id=checklist_id,
            second_sign=task.second_sign,
        )
    )
    cure = f"officeops task complete {again.human_key}"
    return Outcome(again, f"{again.human_key} asks it again: {cure}")
