"""The questions that a unit has to pass before it returns: those of its category as it went down.

They are kept in the unit. A category that is edited since then, or its checklist, asks no less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import ChecklistItem, Reason, Task
from officeops_maintenance.equipment.asked_question import in_text, read
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.life import DOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.asked_question import AskedQuestion
    from officeops_maintenance.equipment.equipment import Equipment

#: States in which somebody uses a unit.
IN_USE: Final = ("in_service", "on_loan")
_NOTHING: Final = {"return_items": None, "return_second_sign": False}
_LIVE: Final = "checklist_id = ? AND required"
#: The columns of an answer, and of its task, by which a question is judged.
_JUDGED: Final = ("text", "type", "unit", "number", "value", "failed", "task_id", "state")
#: The latest answer of a unit to a question since the unit went down.
_ANSWER: Final = """
SELECT b.text, b.type, b.unit, b.number, b.value, b.failed, d.id, d.state
FROM core_answer b JOIN core_task d ON d.id = b.task_id
WHERE b.item_id = ? AND b.about_key = 'maintenance.equipment' AND b.about_id = ?
    AND b.archived_at IS NULL AND d.archived_at IS NULL
    AND d.state IN ('done', 'signed') AND d.done_at >= ?
ORDER BY d.done_at DESC, b.id DESC LIMIT 1
"""


def category_of(office: Office, unit: Equipment) -> Category | None:
    """Return the category of a unit; None where it has none."""
    if unit.category_id is None:
        return None
    return office.get(Category, unit.category_id)


def demanded(office: Office, unit: Equipment) -> dict[str, Any]:
    """Return what a unit is asked before it returns, as its columns keep it."""
    category = category_of(office, unit)
    if category is None or category.release_checklist_id is None:
        return _NOTHING
    items = office.all(ChecklistItem, _LIVE, category.release_checklist_id)
    return {
        "return_items": in_text(items),
        "return_second_sign": category.release_second_sign,
    }


def keep_demands(
    office: Office,
    unit: Equipment,
) -> None:
    """Keep what a lent unit is asked once it is back, which a later edit must not lessen."""
    if unit.return_items is None:
        office.edit(
            unit,
            managed=True,
            **demanded(office, unit),
        )


def forget_demands(
    office: Office,
    unit: Equipment,
) -> None:
    """Ask nothing of a unit that came back in order."""
    if unit.return_items is not None:
        office.edit(
            unit,
            managed=True,
            **_NOTHING,
        )


def kept(
    office: Office,
    unit: Equipment,
    was: str | None,
) -> dict[str, Any]:
    """Return the columns of a unit that was in another state: kept while it is down, or retired.

    One that was reported while it is lent keeps what it was asked then, until it is back.
    """
    if unit.status in IN_USE:
        return _NOTHING if was not in IN_USE else {}
    # Quarantined, or brought back, a unit that was down is asked what it was asked first.
    if unit.status in DOWN and was not in DOWN and unit.return_items is None:
        return demanded(office, unit)
    return {}


def _answers(
    office: Office,
    unit: Equipment,
) -> Iterator[tuple[AskedQuestion, dict[str, Any] | None]]:
    """Yield each question that a unit was asked as it went down, with its latest answer."""
    since = unit.out_since.isoformat() if unit.out_since else ""
    for question in read(office, unit.return_items):
        rows = office.rows(_ANSWER, question.id, unit.id, since)
        yield question, dict(zip(_JUDGED, rows[0], strict=True)) if rows else None


def first_unanswered(office: Office, unit: Equipment) -> AskedQuestion | None:
    """Return the first question that a unit was asked as it went down and has not passed."""
    for question, answer in _answers(office, unit):
        if answer is None or not question.is_passed_by(answer):
            return question
    return None


def not_answered(office: Office, unit: Equipment) -> str | None:
    """Say which question of its category a unit has not passed since it went down; None for all."""
    question = first_unanswered(office, unit)
    if question is not None:
        cure = question.cure(office) or f"officeops equipment test {unit.human_key}"
        asked = question.in_words()
        why = f"{asked} was asked when it went out of service, and has not passed; {cure}"
        return Reason(why, code="wrong-state")
    for task_id, state in _tasks(office, unit):
        if unit.return_second_sign and state != "signed":
            return unsigned(office.get(Task, task_id))
    return None


def _tasks(office: Office, unit: Equipment) -> Iterator[tuple[int, str]]:
    """Yield the tasks with the answers, and their states."""
    for _, answer in _answers(office, unit):
        if answer is not None:
            yield answer["task_id"], answer["state"]


def unsigned(task: Task) -> Reason:
    """Return the reason of a test that nobody else has signed."""
    key = task.human_key
    why = f"a second person signs {key} first: officeops task sign {key}"
    return Reason(why, code="needs-signing")


def answered_by(office: Office, unit: Equipment) -> Iterator[Task]:
    """Yield the tasks in which a unit passed what it was asked as it went down."""
    for task_id, _ in _tasks(office, unit):
        yield office.get(Task, task_id)
