"""Next task: when a plan with one task at a time is due again, as people read it before they close one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.core.plan_dates import Latest, PlanDates
from officeops.core.task_record import Task
from officeops.values.wording import count

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record

#: The actions that close a task.
CLOSING: Final = frozenset({"core.task.complete", "core.task.skip", "core.task.explain"})


def next_due(office: Office, task: Task, closed_on: date) -> date | None:
    """Return when the task after this one is due, were it closed on a day; None where that is open.

    The dates of a plan with several tasks do not depend on it, and those by use on readings to come.
    """
    kind = office.records.get(task.plan_key or "")
    if kind is None or kind.schedule is None or task.plan_id is None or task.nominal_on is None:
        return None
    dates = PlanDates(office, office.get(kind, task.plan_id))
    if dates.rule is None or dates.rule.mode != "floating":
        return None
    latest = Latest(task.nominal_on, is_open=False, closed_on=closed_on)
    following = next(dates.until(latest, date.max), None)
    return following.due_on if following else None


def foreseen(office: Office, action: str, record: Record | None) -> str:
    """Return what closing a task today means for the next one; blank where nothing follows from it."""
    if action not in CLOSING or not isinstance(record, Task):
        return ""
    today = office.today
    due = next_due(office, record, today)
    if due is None:
        return ""
    days = (today - record.due_on).days
    when = f"{count(abs(days), 'day')} {'late' if days > 0 else 'early'}" if days else "on its day"
    return f"Closed {when}; the next one is due on {due}."
