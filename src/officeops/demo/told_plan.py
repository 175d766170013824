"""A plan of a made-up practice with its past: each of its dates with its end, written as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.checklist_answers import items_of, read_answers, row_of
from officeops.core.checklist_records import Answer
from officeops.core.plan_dates import Latest
from officeops.core.plan_tasks import parts_of
from officeops.core.task_record import Task
from officeops.model.immutable import Value
from officeops.model.sql_values import to_sql
from officeops.values.zones import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from officeops.core.plan_dates import Occurrence
    from officeops.core.plan_tasks import PlanPart
    from officeops.model.office import Office
    from officeops.model.records import Record

    Row = dict[str, Any]
    #: What became of a date; None leaves its task open.
    Ending = Callable[[Occurrence], "TaskEnd | None"]


class TaskEnd(Value):
    """How a task of the past ended: done, signed, skipped or missed, and when and by whom.

    `answers` are those to its checklist, by the texts of the items. They must not ask for a record
    to be opened: the past opens none.
    """

    state: str
    at: datetime
    by: str
    reason: str | None = None
    answers: Mapping[str, str] | None = None
    signed_by: str | None = None


class ToldTask(Value):
    """A task of the past: its id, the date that it is for, and its end, None of an open one."""

    id: int
    occurrence: Occurrence
    end: TaskEnd | None


def tell_plan(
    office: Office,
    plan: Record,
    last: date,
    ending: Ending,
) -> list[ToldTask]:
    """Add a plan with its tasks up to a day, each as `ending` says; None leaves one open.

    A date within a pause is skipped, as ever. Call it inside an action.
    """
    [plan.id] = office.add_many(type(plan), [_plan_row(plan)])
    told: list[tuple[Occurrence, TaskEnd | None]] = []
    rows: list[Row] = []
    for part in parts_of(
        office,
        plan,
        None,
    ):
        for occurrence, ended, row in _told(
            office,
            part,
            last,
            ending,
        ):
            told.append((occurrence, ended))
            rows.append(row)
    ids = office.add_many(Task, rows)
    tasks = [
        ToldTask(number, *pair)
        for number, pair in zip(
            ids,
            told,
            strict=True,
        )
    ]
    office.add_many(
        Answer,
        list(
            _answers(
                office,
                tasks,
                rows,
            )
        ),
    )
    return tasks


def _plan_row(plan: Record) -> Row:
    values = {field.name: to_sql(getattr(plan, field.name)) for field in plan.meta.fields}
    # A blank is left out, so that the file's own default is taken.
    return {name: value for name, value in values.items() if value is not None}


def _told(
    office: Office,
    part: PlanPart,
    last: date,
    ending: Ending,
) -> Iterator[tuple[Occurrence, TaskEnd | None, Row]]:
    """Yield the dates of one part of a plan; where one follows from another, one after another."""
    latest: Latest | None = None
    while occurrences := list(part.dates.until(latest, last)):
        rows = part.tasks.rows(occurrences)
        for occurrence, row in zip(
            occurrences,
            rows,
            strict=True,
        ):
            ended = ending(occurrence) if occurrence.reason is None else None
            if ended is not None:
                row.update(_columns(ended))
            yield occurrence, ended, row
        if not part.dates.is_one_at_a_time or ended is None:
            return
        closed_on = local(ended.at, office.ways.zone).date()
        latest = Latest(
            occurrences[-1].nominal_on,
            is_open=False,
            closed_on=closed_on,
        )


def _columns(end: TaskEnd) -> Row:
    at = to_sql(end.at)
    columns = {
        "state": end.state,
        "done_at": at,
        "done_by": end.by,
        "reason": end.reason,
    }
    if end.signed_by:
        columns |= {"signed_at": at, "signed_by": end.signed_by}
    return columns


def _answers(
    office: Office,
    tasks: list[ToldTask],
    rows: list[Row],
) -> Iterator[Row]:
    """Yield the rows of all answers, read by the items as those of a person are."""
    checklist_id = rows[0]["checklist_id"] if rows else None
    if checklist_id is None:
        return
    items = items_of(office, checklist_id)
    for task, row in zip(
        tasks,
        rows,
        strict=True,
    ):
        given = task.end.answers if task.end else None
        if not given:
            continue
        about = {name: row[name] for name in ("about_key", "about_id")}
        for answer in read_answers(
            str(row["title"]),
            items,
            list(given.items()),
        ):
            columns = {name: to_sql(value) for name, value in row_of(answer).items()}
            yield {"task_id": task.id, **columns, **about}
