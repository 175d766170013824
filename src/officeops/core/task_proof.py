"""Task proof: what a task says once it is done, and what its plan asks, stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.core.plan_tasks import PlanTasks
from officeops.model.errors import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.core.task_record import Task
    from officeops.model.office import Office

_DONE: Final = ("done", "signed")
_ABOUT: Final = ("about_key", "about_id")


def done(
    office: Office,  # noqa: ARG001 - the signature of a rule
    task: Task,
    before: Mapping[str, Any],
) -> str | None:
    """Say that a task is done, and so stays as it was done."""
    if task.state in _DONE and before.get("state", task.state) in _DONE:
        return Reason("it is done; add a task, or write a note about it", code="in-use")
    return None


def done_about(
    office: Office,
    task: Task,
    before: Mapping[str, Any],
) -> str | None:
    """Say so of its subject, where a promise rests on the tasks about it."""
    # Two reports of one problem become one, and their tasks with them: those prove nothing.
    subject: Any = task.about
    is_proof = _rests_on_tasks(office, before.get("about_key")) or (
        subject is not None and _rests_on_tasks(office, subject.key)
    )
    return done(office, task, before) if is_proof else None


def kept(office: Office, task: Task) -> str | None:
    """Say why a task is not archived: an archived one would count no more."""
    subject: Any = task.about
    if task.state not in _DONE or subject is None or not _rests_on_tasks(office, subject.key):
        return None
    return Reason("it is done, and says something of what it is about", code="in-use")


def _rests_on_tasks(office: Office, key: str | None) -> bool:
    """Whether the promise of a kind rests on the tasks about its records."""
    kind = office.records.get(key or "")
    return bool(kind and kind.promise and "core.task" in kind.promise.rests_on)


def asked_by_plan(
    office: Office,
    task: Task,
    before: Mapping[str, Any],
) -> str | None:
    """Say that the plan of an open task asks what an edit would leave out."""
    if task.plan_key is None or task.state != "open" or before.get("state", "open") != "open":
        return None
    kind = office.records.get(task.plan_key)
    plan = office.get(kind, task.plan_id or 0) if kind and kind.schedule else None
    # Of a plugin that is off, nobody knows what a plan asks.
    if plan is None or not _leaves_out(office, task, plan, before):
        return None
    noun = plan.meta.noun
    cure = f"officeops {noun} edit {plan.human_key}"
    return Reason(f"its plan says so; edit the plan ({cure}), or skip the task", code="in-use")


def _leaves_out(
    office: Office,
    task: Task,
    plan: Any,  # noqa: ANN401 - a record of any kind that is a plan
    before: Mapping[str, Any],
) -> bool:
    """Whether an edit of a task took away what its plan asks of it."""
    lost_sign = before.get("second_sign") and not task.second_sign
    lost_subject = any(before.get(name) is not None for name in _ABOUT)
    # Another checklist is a person's own choice, and still has questions.
    lost_all = before.get("checklist_id") is not None and task.checklist_id is None
    lost_questions = lost_all and PlanTasks(office, plan).checklist is not None
    return bool(lost_sign or lost_subject or lost_questions)
