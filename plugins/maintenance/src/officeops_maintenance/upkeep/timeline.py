"""What happened to a unit, in one column, the newest first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from officeops import PageLine, Subject, Task, Value
from officeops.values import local
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

#: How many lines the page shows; `officeops equipment history` has every change.
SHOWN: Final = 12
_ABOUT: Final = "about_key = 'maintenance.equipment' AND about_id = ?"
_LATEST: Final = (
    f"id IN (SELECT id FROM {{table}} WHERE {{where}} ORDER BY {{by}} DESC LIMIT {SHOWN})"
)


class Entry(Value):
    """Something that happened: the day, its place on the day, what, and the record that says so."""

    day: date
    place: str
    text: str
    key: str = ""
    id: int = 0


def timeline(office: Office, unit: Equipment) -> list[PageLine]:
    """Return the newest entries as lines, each of which opens its record."""
    entries = [*chain(_steps(office, unit), _tickets(office, unit), _tasks(office, unit))]
    entries.sort(key=lambda entry: (entry.day, entry.place), reverse=True)
    return [_line(entry) for entry in entries[:SHOWN]]


def _line(entry: Entry) -> PageLine:
    opens = Subject(entry.key, entry.id) if entry.id else None
    return PageLine("", f"{entry.day}  {entry.text}", opens)


def _steps(office: Office, unit: Equipment) -> Iterator[Entry]:
    for event in office.events(unit):
        if event.verb == "add":
            text = f"Added by {event.who}"
        else:
            text = f"{event.now.replace('_', ' ').capitalize()}, by {event.who}"
        here = local(event.at, office.ways.zone)
        yield Entry(here.date(), f"{here:%H:%M:%S}", text)


def _tickets(office: Office, unit: Equipment) -> Iterator[Entry]:
    if not office.may_view(Ticket):
        return
    where = "equipment_id = ?1 AND archived_at IS NULL"
    latest = _LATEST.format(table=Ticket.meta.table, where=where, by="id")
    for ticket in office.all(Ticket, latest, unit.id):
        here = local(ticket.reported_at, office.ways.zone)
        said = f": {ticket.resolution}" if ticket.resolution else ""
        text = f"{ticket.human_key} {ticket.title}{said}"
        yield Entry(here.date(), f"{here:%H:%M:%S}", text, Ticket.meta.key, ticket.id)


def _tasks(office: Office, unit: Equipment) -> Iterator[Entry]:
    if not office.may_view(Task):
        return
    where = f"{_ABOUT} AND state <> 'open' AND archived_at IS NULL"
    latest = _LATEST.format(table=Task.meta.table, where=where, by="done_at")
    for task in office.all(Task, latest, unit.id):
        day = office.ways.day_of(task.done_at) if task.done_at else task.due_on
        why = f" ({task.reason})" if task.reason else ""
        text = f"{task.title}: {task.state}{why}"
        yield Entry(day, f"task {task.id:09}", text, Task.meta.key, task.id)
