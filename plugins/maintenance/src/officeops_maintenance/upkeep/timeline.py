"""What happened to a unit, in one column, the newest first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from officeops import PageLine, Subject, Task, Value
from officeops.values import local
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

#: How many lines the page shows; `officeops equipment history` has every change.
SHOWN: Final = 12
_ABOUT: Final = "about_key = 'maintenance.equipment' AND about_id = ?"
_OF_UNIT: Final = """
unit_id IN (SELECT id FROM maintenance_monitored_unit WHERE equipment_id = ?)"""
#: SQL reads no more than the page shows: a unit may have years of tasks.
_LATEST: Final = "id IN (SELECT id FROM {table} WHERE {where} ORDER BY {by} DESC LIMIT {most})"


class Entry(Value):
    """Something that happened: the day, its place on the day, the words, and the record behind them."""

    day: date
    place: str
    text: str
    subject: Subject | None = None

    @property
    def order(self) -> tuple[date, str]:
        """When it happened, as far as that is known."""
        return self.day, self.place


def timeline(office: Office, unit: Equipment) -> list[PageLine]:
    """Return the newest entries as lines, each of which opens its record."""
    sources = (
        _steps(office, unit),
        _tickets(office, unit),
        _tasks(office, unit),
        _failures(office, unit),
        _excursions(office, unit),
    )
    entries = sorted(
        chain.from_iterable(sources),
        key=lambda entry: entry.order,
        reverse=True,
    )
    lines = []
    for entry in entries[:SHOWN]:
        text = f"{entry.day}  {entry.text}"
        lines.append(PageLine("", text, entry.subject))
    return lines


def _at(
    office: Office,
    moment: datetime,
    text: str,
    subject: Subject | None = None,
) -> Entry:
    """Return an entry of a moment, by the office's clock."""
    here = local(moment, office.ways.zone)
    return Entry(here.date(), f"{here:%H:%M:%S}", text, subject)


def _latest(
    table: str,
    where: str,
    by: str,
) -> str:
    live = f"{where} AND archived_at IS NULL"
    return _LATEST.format(table=table, where=live, by=by, most=SHOWN)


def _steps(office: Office, unit: Equipment) -> Iterator[Entry]:
    for event in office.events(unit):
        state = event.now.replace("_", " ").capitalize()
        text = f"{state}, by {event.who}"
        if event.verb == "add":
            text = f"Added by {event.who}"
        yield _at(office, event.at, text)


def _tickets(office: Office, unit: Equipment) -> Iterator[Entry]:
    if not office.may_view(Ticket):
        return
    latest = _latest(Ticket.meta.table, "equipment_id = ?", "id")
    for ticket in office.all(Ticket, latest, unit.id):
        text = f"{ticket.human_key} {ticket.title}"
        if ticket.resolution:
            text += f": {ticket.resolution}"
        subject = Subject(Ticket.meta.key, ticket.id)
        yield _at(office, ticket.reported_at, text, subject)


def _tasks(office: Office, unit: Equipment) -> Iterator[Entry]:
    if not office.may_view(Task):
        return
    # A date of a pause is skipped ahead of its day, and has not happened.
    ended = f"{_ABOUT} AND state <> 'open' AND due_on <= ?"
    latest = _latest(Task.meta.table, ended, "ifnull(done_at, due_on)")
    for task in office.all(Task, latest, unit.id, office.today.isoformat()):
        text = f"{task.title}: {task.state}"
        if task.reason:
            text += f" ({task.reason})"
        subject = Subject(Task.meta.key, task.id)
        if task.done_at:
            yield _at(office, task.done_at, text, subject)
        else:
            # A task that nobody did has no moment of its own, so its date has to do.
            yield Entry(task.due_on, "", text, subject)


def _failures(office: Office, unit: Equipment) -> Iterator[Entry]:
    """Yield the positive spore tests of a sterilizer, and its releases."""
    if not office.may_view(Failure):
        return
    for failure in office.all(Failure, "equipment_id = ? AND state <> 'withdrawn'", unit.id):
        key, subject = failure.human_key, Subject(Failure.meta.key, failure.id)
        yield _at(office, failure.failed_at, f"{key} positive spore test", subject)
        if failure.closed_at:
            yield _at(office, failure.closed_at, f"{key} released, by {failure.closed_by}", subject)


def _excursions(office: Office, unit: Equipment) -> Iterator[Entry]:
    """Yield the excursions of the temperature logs of a unit."""
    if not office.may_view(Excursion):
        return
    latest = _latest(Excursion.meta.table, _OF_UNIT, "started_at")
    for excursion in office.all(Excursion, latest, unit.id):
        verdict = excursion.verdict.replace("_", " ")
        text = f"{excursion.human_key} {verdict}, {excursion.state}"
        if excursion.cause:
            text += f": {excursion.cause}"
        subject = Subject(Excursion.meta.key, excursion.id)
        yield _at(office, excursion.started_at, text, subject)
