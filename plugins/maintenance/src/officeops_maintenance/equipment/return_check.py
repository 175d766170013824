"""The test before the return: a task with the checklist of the unit's category, passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import ChecklistItem, Outcome, Reason, Refused, Task, action
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.equipment.return_demand import (
    answered_by,
    category_of,
    first_unanswered,
    not_answered,
    unsigned,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.asked_question import AskedQuestion
    from officeops_maintenance.equipment.equipment import Equipment

#: The latest test of a unit by a checklist since it went down, and how many of its answers failed.
#: A task of a file that says done, and has no answer, proves nothing.
_LATEST: Final = """
SELECT k.id, k.state, (
    SELECT count(*) FROM core_answer a
    WHERE a.task_id = k.id AND a.failed AND a.archived_at IS NULL)
FROM core_task k JOIN maintenance_equipment e ON e.id = k.about_id
WHERE k.about_key = 'maintenance.equipment' AND e.id = ? AND k.checklist_id = ?
    AND k.archived_at IS NULL AND k.state IN ('done', 'signed')
    AND k.done_at >= ifnull(e.out_since, '') AND (EXISTS (
        SELECT 1 FROM core_answer w WHERE w.task_id = k.id AND w.archived_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM core_checklist_item i
        WHERE i.checklist_id = k.checklist_id AND i.required AND i.archived_at IS NULL))
ORDER BY k.done_at DESC, k.id DESC LIMIT 1
"""
#: The first task in which an item passed that had failed before and kept the unit out.
_PASSED_AGAIN: Final = """
SELECT DISTINCT (
    SELECT p.task_id FROM core_answer p
    WHERE p.about_key = a.about_key AND p.about_id = a.about_id AND p.item_id = a.item_id
    AND p.id > a.id AND NOT p.failed AND p.archived_at IS NULL ORDER BY p.id LIMIT 1) AS task_id
FROM core_answer a
WHERE a.about_key = 'maintenance.equipment' AND a.about_id = ?
    AND a.blocks AND a.failed AND a.archived_at IS NULL
ORDER BY task_id
"""


#: An open task about a unit by a checklist.
_OPEN: Final = """
about_key = 'maintenance.equipment' AND about_id = ? AND checklist_id = ? AND state = 'open'
AND plan_id IS NULL
"""


def not_tested(office: Office, equipment: Equipment) -> str | None:
    """Say which test a unit lacks before it may return; None where its category demands none."""
    return _not_passed(office, equipment) or not_answered(office, equipment)


def _not_passed(office: Office, equipment: Equipment) -> str | None:
    """Say that the test which the category demands now has not passed; None where it has."""
    category = category_of(office, equipment)
    if category is None or category.release_checklist_id is None:
        return None
    asked = office.label(office.record("core.checklist"), category.release_checklist_id)
    cure = f"officeops equipment test {equipment.human_key}"
    rows = office.rows(_LATEST, equipment.id, category.release_checklist_id)
    if not rows:
        return Reason(f"it has not passed {asked} since; {cure}", code="wrong-state")
    (task_id, state, failed), *_ = rows
    task = office.get(Task, task_id)
    if failed:
        return Reason(f"{asked} failed in {task.human_key}; {cure}", code="wrong-state")
    if (category.release_second_sign or task.second_sign) and state != "signed":
        return unsigned(task)
    return None


def tested_by(office: Office, equipment: Equipment) -> Iterator[Task]:
    """Yield the test that a unit passed before its return, and what passed after it had failed."""
    category = category_of(office, equipment)
    if category is not None and category.release_checklist_id is not None:
        for task_id, *_ in office.rows(_LATEST, equipment.id, category.release_checklist_id):
            yield office.get(Task, task_id)
    yield from answered_by(office, equipment)
    for (task_id,) in office.rows(_PASSED_AGAIN, equipment.id):
        yield office.get(Task, task_id)


def _nothing_to_test(office: Office, equipment: Equipment) -> str | None:  # noqa: ARG001
    if equipment.status in DOWN:
        return None
    return Reason("it is not out of service", code="wrong-state")


def _asked(office: Office, equipment: Equipment) -> tuple[int, bool]:
    """Return the checklist to answer next, and whether a second person signs it."""
    category = category_of(office, equipment)
    now = category.release_checklist_id if category is not None else None
    question = first_unanswered(office, equipment)
    item = office.get(ChecklistItem, question.id) if question else None
    if category is not None and now is not None:
        is_asked = item is not None and item.checklist_id == now
        # What its category asks now comes first, and often is what it asked before.
        if not _cure(office, question) and (is_asked or _not_passed(office, equipment)):
            is_signed = is_asked and equipment.return_second_sign
            return now, category.release_second_sign or is_signed
    if item is None or question is None:
        if now is not None and category is not None:
            return now, category.release_second_sign
        raise Refused("its category demands no test; return it to service", code="nothing-to-do")
    if cure := _cure(office, question):
        why = f"it was asked {question.text!r}, and its checklist does not ask that now"
        raise Refused(f"{why}; {cure}", code="archived")
    return item.checklist_id, equipment.return_second_sign


def _cure(office: Office, question: AskedQuestion | None) -> str:
    return question.cure(office) if question else ""


@action("maintenance.equipment.test", unless=_nothing_to_test)
def test(office: Office, equipment: Equipment) -> Outcome:
    """Open the test that a unit has to pass before it returns to service."""
    checklist_id, second_sign = _asked(office, equipment)
    task = office.first(Task, _OPEN, equipment.id, checklist_id, order="id")
    # Asked twice, nobody would know which of them counts.
    if task is not None and task.second_sign >= second_sign:
        cure = f"officeops task complete {task.human_key}"
        raise Refused(f"{task.human_key} asks it already; {cure}", code="nothing-to-do")
    task = office.add(
        Task(
            title=f"Test of {equipment.name} before its return",
            due_on=office.today,
            checklist_id=checklist_id,
            second_sign=second_sign,
            severity="unsafe",
            about=equipment,  # type: ignore[arg-type] # a record is taken too
        )
    )
    cure = f"officeops task complete {task.human_key} --answer …"
    return Outcome(task, f"{task.human_key} is open; complete it with its answers: {cure}")
