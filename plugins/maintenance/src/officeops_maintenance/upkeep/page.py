"""The page of a unit: its state, next due, last done, cost, downtime, tickets and what happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from officeops import Location, PageLine, PageSection, Subject, Task
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.tickets.board import state_words
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.upkeep.costs import cost_in_words, costs
from officeops_maintenance.upkeep.downtime_bar import downtime_bar
from officeops_maintenance.upkeep.reliability import reliability
from officeops_maintenance.upkeep.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_ABOUT = "about_key = 'maintenance.equipment' AND about_id = ?"


def page(office: Office, unit: Equipment) -> Iterator[PageSection]:
    """Yield the sections of a unit's page."""
    yield PageSection("", list(_summary(office, unit)))
    if office.may_view(Ticket) and (tickets := list(_open_tickets(office, unit))):
        yield PageSection("Open tickets", tickets)
    yield PageSection("What happened", timeline(office, unit))


def _summary(office: Office, unit: Equipment) -> Iterator[PageLine]:
    yield PageLine("Unit", _what(office, unit))
    yield PageLine("State", _state(office, unit))
    if office.may_view(Task):
        yield from _tasks(office, unit)
    if office.may_view(Ticket):
        yield PageLine("Cost so far", cost_in_words(office, unit, costs(office, unit.id)))
    if not office.may_view(Downtime):
        return
    yield PageLine("Downtime", downtime_bar(office, unit.id))
    if office.settings("maintenance", MaintenanceSettings).reliability:
        yield PageLine("Reliability", reliability(office, unit).in_words())


def _what(office: Office, unit: Equipment) -> str:
    """Name the unit with its make, its model and its place."""
    make = " ".join(filter(None, (unit.make, unit.model)))
    place = office.label(Location, unit.location_id)
    return ", ".join(filter(None, (unit.name, make, place)))


def _state(office: Office, unit: Equipment) -> str:
    words = unit.status.replace("_", " ")
    if unit.status == "on_loan":
        return f"{words} to {unit.lent_to} until {unit.due_back_on}"
    if unit.out_since is not None:
        words += f" since {office.ways.day_of(unit.out_since)}: {unit.reason}"
    return words


def _tasks(office: Office, unit: Equipment) -> Iterator[PageLine]:
    """Yield the next task about the unit, and the one that was done last."""
    following = office.first(Task, f"{_ABOUT} AND state = 'open'", unit.id, order="due_on, id")
    if following is None:
        yield PageLine("Next due", "nothing is planned")
    else:
        late = " (overdue)" if following.due_on < office.today else ""
        text = f"{following.due_on}  {following.title}{late}"
        yield PageLine("Next due", text, Subject(Task.meta.key, following.id))
    done = f"{_ABOUT} AND state IN ('done', 'signed')"
    last = office.first(Task, done, unit.id, order="done_at DESC, id DESC")
    if last is not None:
        day = office.ways.day_of(last.done_at or datetime.now(UTC))
        text = f"{day}  {last.title}, by {last.done_by}"
        yield PageLine("Last done", text, Subject(Task.meta.key, last.id))


def _open_tickets(office: Office, unit: Equipment) -> Iterator[PageLine]:
    words = state_words(office)
    open_ones = office.all(Ticket, f"equipment_id = ? AND {OPEN}", unit.id, order="id DESC")
    for ticket in open_ones:
        text = f"{ticket.human_key} {ticket.title}: {words[ticket.state]}"
        yield PageLine("", text, Subject(Ticket.meta.key, ticket.id))
