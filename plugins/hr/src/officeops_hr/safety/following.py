"""Following: the tasks of the dates that follow from an event, kept as the event is known now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Task, Value
from officeops.values import local
from officeops_hr.safety.dates import day_after, moment_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from officeops import Office, Record
    from officeops_hr.safety.rules import Rule

_OF: Final = "about_key = ? AND about_id = ? AND occurrence IS NOT NULL"
_UNCONFIRMED: Final = "nobody here has confirmed it yet"


class Following(Value):
    """A date that follows: the key of its task, and what the task says."""

    key: str
    values: Mapping[str, Any]


def following(
    office: Office,
    record: Record,
    name: str,
    rules: Iterable[Rule],
    moments: Mapping[str, datetime],
) -> list[Following]:
    """Return the dates that follow from an event; those counted from a day not known yet are left out."""
    dates = []
    for rule in rules:
        start = moments.get(rule.counted_from)
        # A date that nobody can count yet has no task.
        if start is not None:
            key = f"{record.meta.key}:{record.id}:{rule.topic}"
            dates.append(Following(key, _values(office, name, rule, start)))
    return dates


def _values(
    office: Office,
    name: str,
    rule: Rule,
    start: datetime,
) -> dict[str, Any]:
    here = local(start, office.ways.zone)
    title = f"{name}: {rule.title}"
    # A task has a day; the hour that counts is in its title.
    if rule.unit == "hour":
        by = moment_after(here, rule.after)
        due_on, title = by.date(), f"{title} (by {by:%H:%M})"
    else:
        due_on = day_after(here.date(), rule.after, rule.unit, office.calendar)
    return {
        "title": title,
        "due_on": due_on,
        "owner": rule.owner,
        "severity": rule.severity,
        "note": _note(rule),
    }


def _note(rule: Rule) -> str:
    """Return where a deadline is from. People read the task, so it says how far to trust it."""
    words = [rule.source]
    if rule.from_employees:
        words.append(f"from {rule.from_employees} employees")
    if not rule.confirmed:
        words.append(_UNCONFIRMED)
    return "; ".join(filter(None, words))


def keep_tasks(
    office: Office,
    record: Record,
    dates: Iterable[Following],
) -> int:
    """Make the open tasks of an event those that follow from it now; return how many are new.

    Tasks that are done or skipped stay as they are.
    """
    tasks = {task.occurrence: task for task in office.all(Task, _OF, record.meta.key, record.id)}
    new = 0
    for date in dates:
        task = tasks.pop(date.key, None)
        if task is None:
            office.add(Task(about=record, occurrence=date.key, **date.values))  # type: ignore[arg-type] # About takes a record
            new += 1
        elif task.state == "open" and _differs(task, date.values):
            office.edit(task, due_on=date.values["due_on"], title=date.values["title"])
    # Those left over do not follow any more, such as of another kind of incident.
    for task in tasks.values():
        if task.state == "open":
            office.archive(task)
    return new


def _differs(task: Task, values: Mapping[str, Any]) -> bool:
    """Whether the date or its title is another; an owner whom people chose stays."""
    return (task.due_on, task.title) != (values["due_on"], values["title"])
