"""The core's own lines of the morning's page: opening hours, the day's tasks, expired documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.document_records import PracticeDocument
from officeops.core.task_due import due_tasks, due_unwritten
from officeops.core.task_record import Task
from officeops.model.huddle import HuddleLine
from officeops.office.due_documents import due_documents
from officeops.values.opening_hours import show_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.due import Due
    from officeops.model.office import Office

_CLOSED = """
SELECT what FROM core_closed_day WHERE day = ? AND location_id IS NULL AND archived_at IS NULL
AND starts_at IS NULL AND ends_at IS NULL
"""


def own_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the lines of the core."""
    yield HuddleLine("hours", _hours(office))
    yield HuddleLine("tasks", record="core.task")
    for item in due_tasks(office, office.today):
        if not _is_of_few(office, item):
            yield _task(office, item)
    for kind in office.records.values():
        if kind.schedule is not None:
            for item in due_unwritten(office, kind, office.today):
                yield _task(office, item)
    yield from _expired(office)


def _expired(office: Office) -> Iterator[HuddleLine]:
    """Yield the practice's documents that have ended; one that is only due is for Today."""
    for item in due_documents(office, PracticeDocument, office.today):
        if item.severity != "routine":
            yield HuddleLine("notices", item.what, item.record, item.record_id)


def _hours(office: Office) -> str:
    today, calendar = office.today, office.calendar
    if calendar.is_open(today):
        return f"Open {show_hours(calendar.hours_on(today))}"
    what = office.value(_CLOSED, today.isoformat())
    return f"Closed: {what}" if what not in {None, "Closed"} else "Closed"


def _is_of_few(office: Office, item: Due) -> bool:
    """Whether a task is about something that only some people see, such as somebody's last day."""
    # The page may hang on a wall, where everybody reads it.
    if item.record != Task.meta.key or not item.record_id:
        return False
    about = office.get(Task, item.record_id).about
    kind = office.records.get(about.key) if about is not None else None
    return kind is not None and kind.meta.scope is not None


def _task(office: Office, item: Due) -> HuddleLine:
    late = f", due {item.on}" if item.on < office.today else ""
    return HuddleLine("tasks", f"{item.what} ({item.owner}{late})", item.record, item.record_id)
