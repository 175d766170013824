"""Planned tasks: the tasks of plans are written when a plan is saved, and by the nightly job.

The difference between a plan's dates and its tasks is written, so that to write twice, from two
processes or after any gap gives the same tasks. A plan that is edited has its past dates
written by its old rule first; its future tasks that nobody touched are written again.
"""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.core.plan_dates import Latest, Occurrence, PlanDates, latest_of
from officeops.core.plan_tasks import PlanPart, PlanTasks, parts_of, subjects_of
from officeops.core.task_record import Task
from officeops.model.about import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

_DAY: Final = timedelta(days=1)
#: A task of a plan after a day that nobody touched: each write of a row makes its version higher.
_UNTOUCHED: Final = "plan_key = ? AND plan_id = ? AND nominal_on > ? AND version = 1"
#: An open task of a plan that has come, with a checklist that a person may have changed since.
_OPEN_BY: Final = (
    "state = 'open' AND plan_key = ? AND plan_id = ? AND checklist_id IS ? AND nominal_on <= ?"
)
_ABOUT: Final = " AND about_key = ? AND about_id = ?"
_PRESENT: Final = """
SELECT occurrence FROM core_task
WHERE plan_key = ? AND plan_id = ? AND nominal_on >= ? AND archived_at IS NULL
"""


def plan_kinds(office: Office) -> Iterator[type[Record]]:
    """Yield the kinds of record that are plans."""
    return (record for record in office.records.values() if record.schedule is not None)


# -- when a plan is saved --------------------------------------------------------------------------


def saved(
    office: Office,
    plan: Record,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Write the tasks of a plan in the action that saves it; `before` has what an edit changed."""
    if before is None:
        write(office, plan)
        return
    old = copy.copy(plan)
    old.__dict__ = {**plan.__dict__, **before}
    if not _is_moved(office, plan, old, before):
        return
    # In this order: what the old rule made due by today stays, and is never due twice.
    write_past(office, old)
    take_back(office, plan)
    write(office, plan, office.today + _DAY)
    _hand_on_checklist(office, plan, old)


def _hand_on_checklist(
    office: Office,
    plan: Record,
    old: Record,
) -> None:
    """Give a plan's checklist to its open tasks that are due: they are still to be answered."""
    was, now = PlanTasks(office, old).checklist, PlanTasks(office, plan).checklist
    if was == now:
        return
    values = (plan.meta.key, plan.id, was, office.today.isoformat())
    for task in list(office.all(Task, _OPEN_BY, *values)):
        office.edit(task, managed=True, checklist_id=now)


def _is_moved(
    office: Office,
    plan: Record,
    old: Record,
    before: Mapping[str, Any],
) -> bool:
    """Whether an edit changed what the tasks of a plan follow from."""
    if plan.schedule is not None and not plan.schedule.columns.isdisjoint(before):
        return True
    subjects, former = subjects_of(office, plan), subjects_of(office, old)
    if subjects is None and former is None:
        return PlanTasks(office, plan).subject != PlanTasks(office, old).subject
    return subjects != former


def rescheduled(
    office: StoredOffice,
    plan: Record,
    about: Record,
    *,
    joins: bool = False,
) -> None:
    """Write the future tasks of a plan about one record again: it left the plan, or is in a pause.

    One that `joins` has no dates before today, also if the plan was about it some time ago.
    """
    if plan.archived_at:
        return
    subject = Subject(about.meta.key, about.id)
    parts = [part for part in _parts(office, plan) if part.tasks.subject == subject]
    for part in () if joins else parts:
        _write(office, plan, part, part.dates.until(part.latest, office.today))
    _take_back_about(office, plan, subject, parts)
    first = office.today if joins else date.min
    # The latest one may have gone by now.
    for part in _parts(office, plan):
        if part.tasks.subject == subject:
            _write(office, plan, part, _after_pause(part, first))


def _after_pause(part: PlanPart, first: date) -> Iterator[Occurrence]:
    """Yield the dates to write once a pause has ended, and after the latest task without one.

    A task within or after the pause that somebody closed early stays, and the dates before it, which
    the pause took back, are written among the others.
    """
    since = part.dates.paused_since()
    if since is None or part.latest is None or part.dates.is_one_at_a_time:
        return part.dates.ahead(part.latest, first)
    return part.dates.ahead(None, max(first, since), part.latest.nominal_on)


def _take_back_about(
    office: StoredOffice, plan: Record, subject: Subject, parts: Iterable[PlanPart]
) -> None:
    """Archive the future tasks about a record; if it left or its pause goes on, today's as well."""
    is_followed = any(not part.dates.is_on_hold(office.today) for part in parts)
    after = office.today if is_followed else office.today - _DAY
    values = (plan.meta.key, plan.id, after.isoformat(), subject.key, subject.id)
    for task in list(office.all(Task, _UNTOUCHED + _ABOUT, *values)):
        # Not by `archive`, which keeps the dates that have come: these are written after the pause.
        office.retire(task)


def put_away(office: Office, plan: Record) -> None:
    """Archive the future tasks of a plan that was archived; an overdue one stays until explained."""
    write_past(office, plan)
    take_back(office, plan)


def brought_back(office: Office, plan: Record) -> None:
    """Write the tasks of a plan that was unarchived, from today on."""
    write(office, plan, office.today)


def followed(
    office: Office,
    task: Task,
    when: str = "",
) -> str | None:
    """Write the task after one that was closed, where its plan has one at a time.

    `when` is how early or late it was, for the sentence.
    """
    kind = office.records.get(task.plan_key or "")
    if kind is None or kind.schedule is None or task.plan_id is None:
        return None
    plan = office.get(kind, task.plan_id)
    # The dates of other plans do not follow from when a task was closed.
    if plan.archived_at or not PlanDates(office, plan).is_one_at_a_time:
        return None
    written = write(office, plan)
    following = [one for one in written if one.subject in {None, task.about}]
    if not following:
        return None
    closed = f"{task.state}, {when}" if when else task.state
    return f"{task.human_key} is {closed}; the next one is due on {following[0].due_on}."


def reopened(office: StoredOffice, task: Task) -> str:
    """Take back the task that followed one which is open again, where a plan has one at a time."""
    said = f"{task.human_key} is open again, due on {task.due_on}."
    kind = office.records.get(task.plan_key or "")
    if kind is None or kind.schedule is None or task.plan_id is None or task.nominal_on is None:
        return said
    plan = office.get(kind, task.plan_id)
    if not PlanDates(office, plan).is_one_at_a_time:
        return said
    later = (plan.meta.key, plan.id, task.nominal_on.isoformat())
    for following in list(office.all(Task, f"{_UNTOUCHED} AND state = 'open'", *later)):
        if following.about == task.about:
            office.retire(following)
    return said


# -- writing ---------------------------------------------------------------------------------------


def write(
    office: Office,
    plan: Record,
    first: date | None = None,
) -> list[Occurrence]:
    """Write the missing tasks of a plan, ahead to its horizon, and return them.

    With `first` they are those of an edited rule, from that day on.
    """
    written = []
    for part in _parts(office, plan):
        if first is None or part.dates.is_one_at_a_time:
            ahead = part.dates.ahead(part.latest, first or date.min)
        else:
            # Future tasks that somebody touched stay among the new ones. The next job begins after
            # the last of them, so none before it is left out now.
            touched = part.latest.nominal_on if part.latest else date.min
            ahead = part.dates.ahead(None, first, touched)
        written += _write(office, plan, part, ahead)
    return written


def write_past(office: Office, plan: Record) -> None:
    """Write the missing tasks of a plan up to today, by the rule that it has here."""
    for part in _parts(office, plan):
        _write(office, plan, part, part.dates.until(part.latest, office.today))


def take_back(office: Office, plan: Record) -> None:
    """Archive a plan's future tasks that nobody touched."""
    today = office.today.isoformat()
    for task in list(office.all(Task, _UNTOUCHED, plan.meta.key, plan.id, today)):
        office.archive(task)


def imported(
    office: Office,
    kind: type[Record],
    first_id: int,
    before: Mapping[int, Mapping[str, Any]],
) -> None:
    """Write the tasks of the plans that an import added, from `first_id` on, and of those it changed.

    `before` has the values that it changed, by the plans' ids.
    """
    for number, values in before.items():
        # One that the same file added has no tasks by an old rule.
        if number < first_id:
            saved(office, office.get(kind, number), values)
    _write_rows(office, _rows(office, kind, "id >= ?", first_id))


def write_all(office: Office) -> int:
    """Write the missing tasks of all plans, inside an action; return how many there were."""
    rows: list[dict[str, Any]] = []
    for kind in plan_kinds(office):
        rows += _rows(office, kind)
    _write_rows(office, rows)
    return len(rows)


def _rows(
    office: Office,
    kind: type[Record],
    where: str = "1",
    *values: object,
) -> list[dict[str, Any]]:
    """Return the rows of the missing tasks of some plans of a kind."""
    rows: list[dict[str, Any]] = []
    latest = latest_of(office, kind)
    for plan in office.all(kind, where, *values):
        for part in parts_of(office, plan, latest.get(plan.id)):
            missing = _missing(office, plan, part, part.dates.ahead(part.latest, date.min))
            rows += part.tasks.rows(missing) if missing else []
    return rows


def _write_rows(office: Office, rows: list[dict[str, Any]]) -> None:
    if rows:
        # A year without the job is thousands: their history is written in one piece.
        office.defer()
        office.add_many(Task, rows)
        office.write_deferred()


def _parts(office: Office, plan: Record) -> Iterator[PlanPart]:
    latest: Latest | None = latest_of(office, type(plan), plan.id).get(plan.id)
    return parts_of(office, plan, latest)


def _write(
    office: Office,
    plan: Record,
    part: PlanPart,
    occurrences: Iterable[Occurrence],
) -> list[Occurrence]:
    missing = _missing(office, plan, part, occurrences)
    if missing:
        # They follow from a plan that was checked, so the rules of each row need not be asked.
        office.add_many(Task, part.tasks.rows(missing))
    return missing


def _missing(
    office: Office,
    plan: Record,
    part: PlanPart,
    occurrences: Iterable[Occurrence],
) -> list[Occurrence]:
    """List those of some occurrences of a plan that have no task."""
    wanted = list(occurrences)
    if not wanted or part.latest is None:
        return wanted
    since = wanted[0].nominal_on.isoformat()
    present = {key for (key,) in office.rows(_PRESENT, plan.meta.key, plan.id, since)}
    return [occurrence for occurrence in wanted if occurrence.key not in present]
