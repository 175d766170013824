"""The page of a unit: its state, next due, last done, cost, downtime, tickets and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, PageLine, PageSection, Subject, Task
from officeops_maintenance.calibration.page import last_calibration
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.contracts.coverage import coverage
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.loans.replacement import replacement
from officeops_maintenance.sterilizer.unit_lines import sterilizer_lines
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
    """Yield the sections of a unit's page, as far as the person may see them."""
    yield PageSection("", list(_summary(office, unit)))
    if office.may_view(Ticket):
        tickets = list(_open_tickets(office, unit))
        if tickets:
            yield PageSection("Open tickets", tickets)
    yield PageSection("What happened", timeline(office, unit))


def _summary(office: Office, unit: Equipment) -> Iterator[PageLine]:
    yield PageLine("Unit", _name(office, unit))
    yield PageLine("State", _state(office, unit))
    yield from replacement(office, unit)
    yield from sterilizer_lines(office, unit)
    yield from coverage(office, unit)
    yield from last_calibration(office, unit)
    if office.may_view(Task):
        yield _next_due(office, unit)
        yield from _last_done(office, unit)
    if office.may_view(Ticket):
        # A sum over tickets tells of them, so it needs the right to see tickets.
        sums = costs(office, unit.id)
        yield PageLine("Cost so far", cost_in_words(office, unit, sums))
    if office.may_view(Downtime):
        yield from _downtime(office, unit)


def _name(office: Office, unit: Equipment) -> str:
    """Name the unit with its make, its model and its place."""
    make = " ".join(filter(None, (unit.make, unit.model)))
    place = office.label(Location, unit.location_id)
    return ", ".join(filter(None, (unit.name, make, place)))


def _state(office: Office, unit: Equipment) -> str:
    words = unit.status.replace("_", " ")
    if unit.status == "on_loan":
        return f"{words} to {unit.lent_to} until {unit.due_back_on}"
    if unit.out_since is None:
        return words
    since = office.ways.day_of(unit.out_since)
    return f"{words} since {since}: {unit.reason}"


def _next_due(office: Office, unit: Equipment) -> PageLine:
    open_ones = f"{_ABOUT} AND state = 'open'"
    task = office.first(Task, open_ones, unit.id, order="due_on, id")
    if task is None:
        return PageLine("Next due", "nothing is planned")
    late = " (overdue)" if task.due_on < office.today else ""
    text = f"{task.due_on}  {task.title}{late}"
    return PageLine("Next due", text, Subject(Task.meta.key, task.id))


def _last_done(office: Office, unit: Equipment) -> Iterator[PageLine]:
    done = f"{_ABOUT} AND state IN ('done', 'signed')"
    task = office.first(Task, done, unit.id, order="done_at DESC, id DESC")
    if task is None or task.done_at is None:
        return
    day = office.ways.day_of(task.done_at)
    text = f"{day}  {task.title}, by {task.done_by}"
    yield PageLine("Last done", text, Subject(Task.meta.key, task.id))


def _downtime(office: Office, unit: Equipment) -> Iterator[PageLine]:
    yield PageLine("Downtime", downtime_bar(office, unit.id))
    settings = office.settings("maintenance", MaintenanceSettings)
    if settings.reliability:
        known = reliability(office, unit)
        yield PageLine("Reliability", known.in_words())


def _open_tickets(office: Office, unit: Equipment) -> Iterator[PageLine]:
    words = state_words(office)
    of_unit = f"equipment_id = ? AND {OPEN}"
    for ticket in office.all(Ticket, of_unit, unit.id, order="id DESC"):
        state = words[ticket.state]
        text = f"{ticket.human_key} {ticket.title}: {state}"
        yield PageLine("", text, Subject(Ticket.meta.key, ticket.id))
