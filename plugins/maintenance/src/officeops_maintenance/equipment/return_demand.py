"""The questions that a unit has to pass before it returns: those of its category as it went down.

They are kept in the unit. A category that is edited since then, or its checklist, asks no less.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops import ChecklistItem, Reason, Task
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.life import DOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

#: States in which somebody uses a unit.
IN_USE: Final = ("in_service", "on_loan")
_NOTHING: Final = {"return_items": None, "return_second_sign": False}
_LIVE: Final = "checklist_id = ? AND required"
#: Each question that a unit was asked, with its latest answer since the unit went down.
_ANSWERS: Final = """
SELECT i.value, a.failed, k.id, k.state
FROM json_each(?1) i
LEFT JOIN core_answer a ON a.id = (
    SELECT b.id FROM core_answer b JOIN core_task d ON d.id = b.task_id
    WHERE b.item_id = i.value AND b.about_key = 'maintenance.equipment' AND b.about_id = ?2
        AND b.archived_at IS NULL AND d.archived_at IS NULL
        AND d.state IN ('done', 'signed') AND d.done_at >= ?3
    ORDER BY d.done_at DESC, b.id DESC LIMIT 1)
LEFT JOIN core_task k ON k.id = a.task_id
ORDER BY i.key
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
    numbers = sorted(item.id for item in items)
    return {
        "return_items": " ".join(map(str, numbers)) or None,
        "return_second_sign": category.release_second_sign,
    }


def kept(
    office: Office,
    unit: Equipment,
    was: str | None,
) -> dict[str, Any]:
    """Return the columns of a unit that was in another state: kept while it is down, or retired."""
    if unit.status in IN_USE:
        return _NOTHING
    # Quarantined, or brought back, a unit that was down is asked what it was asked first.
    if unit.status in DOWN and was not in DOWN and unit.return_items is None:
        return demanded(office, unit)
    return {}


def _answers(office: Office, unit: Equipment) -> list[tuple[Any, ...]]:
    """Return each question that a unit was asked as it went down, with its latest answer."""
    numbers = [int(number) for number in (unit.return_items or "").split()]
    since = unit.out_since.isoformat() if unit.out_since else ""
    return office.rows(
        _ANSWERS,
        json.dumps(numbers),
        unit.id,
        since,
    )


def first_unanswered(office: Office, unit: Equipment) -> ChecklistItem | None:
    """Return the first question that a unit was asked as it went down and has not passed."""
    for number, failed, _, _ in _answers(office, unit):
        if failed is None or failed:
            return office.get(ChecklistItem, number)
    return None


def not_answered(office: Office, unit: Equipment) -> str | None:
    """Say which question of its category a unit has not passed since it went down; None for all."""
    item = first_unanswered(office, unit)
    if item is not None:
        cure = f"officeops equipment test {unit.human_key}"
        why = f"{item.text!r} was asked when it went out of service, and has not passed; {cure}"
        return Reason(why, code="wrong-state")
    for _, _, task_id, state in _answers(office, unit):
        if unit.return_second_sign and state != "signed":
            return unsigned(office.get(Task, task_id))
    return None


def unsigned(task: Task) -> Reason:
    """Return the reason of a test that nobody else has signed."""
    key = task.human_key
    why = f"a second person signs {key} first: officeops task sign {key}"
    return Reason(why, code="needs-signing")


def answered_by(office: Office, unit: Equipment) -> Iterator[Task]:
    """Yield the tasks in which a unit passed what it was asked as it went down."""
    for _, _, task_id, _ in _answers(office, unit):
        if task_id is not None:
            yield office.get(Task, task_id)
