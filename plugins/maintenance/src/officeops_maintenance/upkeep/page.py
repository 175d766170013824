"""The page of a unit: its state, next due, last done, cost, downtime, tickets and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, PageLine, PageSection, Subject, Task
from officeops_maintenance.calibration.page import last_calibration
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.contracts.coverage import coverage
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.loans.loan import has_it
from officeops_maintenance.loans.replacement import replacement
from officeops_maintenance.sterilizer.unit_lines import sterilizer_lines
from officeops_maintenance.tickets.board import state_words
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.whom_to_call import is_open_now, known_vendor, numbers_of
from officeops_maintenance.upkeep.costs import cost_in_words, costs
from officeops_maintenance.upkeep.downtime_bar import downtime_bar
from officeops_maintenance.upkeep.reliability import reliability
from officeops_maintenance.upkeep.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_ABOUT: Final = "about_key = 'maintenance.equipment' AND about_id = ?"
_OPEN_TASKS: Final = f"{_ABOUT} AND state = 'open'"
_DONE_TASKS: Final = f"{_ABOUT} AND state IN ('done', 'signed')"
_OPEN_TICKETS: Final = f"equipment_id = ? AND {OPEN}"


def page(office: Office, unit: Equipment) -> Iterator[PageSection]:
    """Yield the sections of a unit's page, as far as the person may see them."""
    shown = _UnitPage(office, unit)
    yield PageSection("", list(shown.summary()))
    tickets = list(shown.open_tickets())
    if tickets:
        yield PageSection("Open tickets", tickets)
    yield PageSection("What happened", timeline(office, unit))


class _UnitPage:
    """The lines of a unit's page."""

    def __init__(self, office: Office, unit: Equipment) -> None:
        self._office = office
        self._unit = unit

    def summary(self) -> Iterator[PageLine]:
        """Yield what a person asks first: the unit, its state, its care and its costs."""
        office, unit = self._office, self._unit
        yield PageLine("Unit", self._name())
        yield PageLine("State", self._state())
        yield from self._vendor()
        yield from replacement(office, unit)
        yield from sterilizer_lines(office, unit)
        yield from coverage(office, unit)
        yield from last_calibration(office, unit)
        if office.may_view(Task):
            yield self._next_due()
            yield from self._last_done()
        yield from self._costs()
        yield from self._downtime()

    def open_tickets(self) -> Iterator[PageLine]:
        """Yield the open tickets, the newest first; none for who may see no tickets."""
        office = self._office
        if not office.may_view(Ticket):
            return
        words = state_words(office)
        newest_first = "id DESC"
        for ticket in office.all(
            Ticket,
            _OPEN_TICKETS,
            self._unit.id,
            order=newest_first,
        ):
            state = words[ticket.state]
            text = f"{ticket.human_key} {ticket.title}: {state}"
            subject = Subject(Ticket.meta.key, ticket.id)
            yield PageLine("", text, subject)

    def _name(self) -> str:
        """Name the unit with its make, its model and its place."""
        unit = self._unit
        make = " ".join(filter(None, (unit.make, unit.model)))
        place = self._office.label(Location, unit.location_id)
        known = filter(None, (unit.name, make, place))
        return ", ".join(known)

    def _state(self) -> str:
        unit = self._unit
        words = unit.status.replace("_", " ")
        if unit.status == "on_loan":
            return f"{words} to {unit.lent_to} until {unit.due_back_on}"
        if unit.out_since is not None:
            since = self._office.ways.day_of(unit.out_since)
            words += f" since {since}: {unit.reason}"
        # Quarantined or retired at somebody else's: both are true.
        return f"{words}; {has_it(unit)}" if unit.lent_to else words

    def _vendor(self) -> Iterator[PageLine]:
        """Yield whom to call, with the number to call now first."""
        office = self._office
        vendor = known_vendor(office, self._unit.vendor_id)
        if vendor is not None:
            numbers = numbers_of(vendor, is_open=is_open_now(office))
            yield PageLine("Call", f"{vendor.name}: {numbers or 'no phone is entered'}")

    def _next_due(self) -> PageLine:
        soonest = "due_on, id"
        task = self._office.first(Task, _OPEN_TASKS, self._unit.id, order=soonest)
        if task is None:
            return PageLine("Next due", "nothing is planned")
        late = " (overdue)" if task.due_on < self._office.today else ""
        text = f"{task.due_on}  {task.title}{late}"
        return PageLine("Next due", text, Subject(Task.meta.key, task.id))

    def _last_done(self) -> Iterator[PageLine]:
        latest = "done_at DESC, id DESC"
        task = self._office.first(Task, _DONE_TASKS, self._unit.id, order=latest)
        if task is None or task.done_at is None:
            return
        day = self._office.ways.day_of(task.done_at)
        text = f"{day}  {task.title}, by {task.done_by}"
        yield PageLine("Last done", text, Subject(Task.meta.key, task.id))

    def _costs(self) -> Iterator[PageLine]:
        office, unit = self._office, self._unit
        # A sum over tickets tells of them, so it needs the right to see tickets.
        if office.may_view(Ticket):
            sums = costs(office, unit.id)
            words = cost_in_words(office, unit, sums)
            yield PageLine("Cost so far", words)

    def _downtime(self) -> Iterator[PageLine]:
        office, unit = self._office, self._unit
        if not office.may_view(Downtime):
            return
        yield PageLine("Downtime", downtime_bar(office, unit.id))
        settings = office.settings("maintenance", MaintenanceSettings)
        if settings.reliability:
            known = reliability(office, unit)
            yield PageLine("Reliability", known.in_words())
