"""Next task: when a plan with one task at a time is due again, as people read it before they close one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.core.plan_dates import Latest
from officeops.core.plan_tasks import parts_of
from officeops.core.task_record import Task
from officeops.values.wording import count

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record

#: The actions that close a task.
CLOSING: Final = frozenset({"core.task.complete", "core.task.skip", "core.task.explain"})


def next_due(
    office: Office,
    task: Task,
    closed_on: date,
) -> date | None:
    """Return when the task after this one is due, were it closed on a day; None where that is open.

    The dates of a plan with several tasks do not depend on it, and those by use on readings to come.
    """
    kind = office.records.get(task.plan_key or "")
    if kind is None or kind.schedule is None or task.plan_id is None or task.nominal_on is None:
        return None
    latest = Latest(task.nominal_on, is_open=False, closed_on=closed_on)
    for part in parts_of(office, office.get(kind, task.plan_id), latest):
        rule = part.dates.rule
        if rule is None or rule.mode != "floating" or part.tasks.subject != task.about:
            continue
        following = next(part.dates.until(latest, date.max), None)
        return following.due_on if following else None
    return None


def foreseen(
    office: Office,
    action: str,
    record: Record | None,
) -> str:
    """Return what closing a task today means for the next one; blank where nothing follows from it."""
    if action not in CLOSING or not isinstance(record, Task):
        return ""
    today = office.today
    due = next_due(office, record, today)
    if due is None:
        return _early_or_late(record, today) if action == "core.task.complete" else ""
    return f"Closed {_when(record, today)}; the next one is due on {due}."


def early_or_late(office: Office, task: Task) -> str:
    """Say how early or late a task of a plan was closed; blank on its day, and of one without a plan."""
    if task.nominal_on is None or task.done_at is None:
        return ""
    day = office.ways.day_of(task.done_at)
    return "" if day == task.due_on else _when(task, day)


def _when(task: Task, day: date) -> str:
    days = (day - task.due_on).days
    if days == 0:
        return "on its day"
    said = f"{count(abs(days), 'day')} {'late' if days > 0 else 'early'}"
    if task.window_to is not None and day > task.window_to:
        return f"{said}, after its last day {task.window_to}"
    return said


def _early_or_late(task: Task, day: date) -> str:
    """Say how early or late a task of a plan is; the others have no day by a rule."""
    is_planned = task.nominal_on is not None and day != task.due_on
    return f"Closed {_when(task, day)}." if is_planned else ""
