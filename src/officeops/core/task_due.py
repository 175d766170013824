"""Due tasks: the lines of tasks in Today, also of those that no job has written yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops.core.plan_dates import latest_of
from officeops.core.plan_tasks import PlanTasks, parts_of
from officeops.core.task_record import Task
from officeops.core.task_settling import Settlings
from officeops.model.due import Due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.core.plan_dates import Occurrence
    from officeops.model.office import Office
    from officeops.model.records import Record

#: Both parts go by the index of state, signature and day.
_OPEN: Final = "state = 'open' AND second_sign IN (0, 1) AND due_on <= ?"
_TO_SIGN: Final = """
state = 'done' AND second_sign = 1 AND NOT (plan_key IS NULL AND EXISTS (
    SELECT 1 FROM core_answer a WHERE a.task_id = core_task.id AND a.failed AND a.archived_at IS NULL)
AND EXISTS (
    SELECT 1 FROM core_task r
    WHERE r.about_key = core_task.about_key AND r.about_id = core_task.about_id
    AND r.checklist_id = core_task.checklist_id AND r.id > core_task.id
    AND r.plan_key IS NULL AND r.archived_at IS NULL AND r.state IN ('open', 'done', 'signed')))
"""
#: How far before its day by the rule a closed time may bring a date that moves back.
_MOVED: Final = timedelta(days=31)


def due_tasks(office: Office, until: date) -> Iterator[Due]:
    """Yield the tasks that are due by a day, and those that wait for a second signature."""
    today, settlings = office.today, Settlings(office)
    for task in office.all(Task, _OPEN, until.isoformat()):
        settling = settlings.of(task)
        if settling is None:
            yield _open(task, today)
        elif settling.step:
            yield _due(task, named(task.title, task.slot), settling.step)
    # A test that failed and is repeated proves nothing, so nobody has to sign it.
    for task in office.all(Task, _TO_SIGN):
        what = f"{named(task.title, task.slot)}: done by {task.done_by}, needs a second signature"
        yield _due(task, what, "sign")


def _open(task: Task, today: date) -> Due:
    name = named(task.title, task.slot)
    if task.is_missed(today):
        return _due(task, f"{name}: missed, say why", "complete or explain")
    return _due(task, name, "complete or skip")


def _due(
    task: Task,
    what: str,
    action: str,
) -> Due:
    return Due(
        key=task.due_key,
        on=task.due_on,
        what=what,
        severity=task.severity,  # type: ignore[arg-type] # a choice of these words
        owner=task.owner,
        action=action,
        record=task.meta.key,
        record_id=task.id,
    )


def due_unwritten(
    office: Office,
    kind: type[Record],
    until: date,
) -> Iterator[Due]:
    """Yield the tasks of one kind of plan that are due by a day and not written.

    There are some while the nightly job does not run. They have the keys of the written ones.
    """
    latest, settlings = latest_of(office, kind), Settlings(office)
    for plan in office.all(kind):
        for part in parts_of(office, plan, latest.get(plan.id)):
            dates = part.dates
            moves_back = dates.rule is not None and dates.rule.closed == "previous"
            last = until + _MOVED if moves_back else until
            # A date within a pause needs nobody, written or not.
            unwritten = dates.until(part.latest, last)
            due = [one for one in unwritten if one.due_on <= until and not one.reason]
            if not due or not _may_see_subject(office, part.tasks):
                continue
            first = settlings.on(kind.meta.key, plan.id, part.tasks.subject, due[0].due_on)
            if first is None or first.step:
                yield from _of_plan(plan, part.tasks, due)


def _may_see_subject(office: Office, tasks: PlanTasks) -> bool:
    """Whether the acting person reaches the record that a plan's tasks are about."""
    subject = tasks.subject
    kind = office.records.get(subject.key)
    if kind is None or not office.may_view(kind):
        return False
    return office.in_reach(kind, subject.id)


def _of_plan(
    plan: Record,
    tasks: PlanTasks,
    due: list[Occurrence],
) -> Iterator[Due]:
    # Each is worked out once for all of a plan's dates: the owner and the subject are queries.
    title, owner, severity = tasks.title, tasks.owner, tasks.severity
    for occurrence in due:
        yield Due(
            key=occurrence.key,
            on=occurrence.due_on,
            what=named(title, occurrence.slot),
            severity=severity,
            owner=owner,
            action="write-tasks",
            record=plan.meta.key,
            record_id=plan.id,
        )


def named(title: str, slot: str | None) -> str:
    """Name a task, with its slot where its date has several."""
    return f"{title} ({slot})" if slot else title
