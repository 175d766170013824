"""What maintenance needs seen to: units out of order, tickets that nobody has, warranties."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops import Due
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: Days before the end of a warranty on which somebody still gets a repair for nothing.
WARRANTY_LEAD = 60


def due_items(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of equipment and tickets up to a day."""
    yield from _open_tickets(office)
    yield from _warranties(office, until)


def _open_tickets(office: Office) -> Iterator[Due]:
    for ticket in office.all(Ticket, OPEN):
        unit = office.label(Equipment, ticket.equipment_id)
        what = f"{ticket.human_key} {ticket.title}"
        yield Due(
            key=f"maintenance.ticket:{ticket.id}",
            on=office.ways.day_of(ticket.reported_at),
            what=f"{what} ({unit})" if unit else what,
            severity="unsafe" if ticket.unsafe or ticket.priority == "emergency" else "routine",
            owner=ticket.assignee or "manager",
            action="assign" if ticket.state in {"new", "triaged"} else "close",
            record=Ticket.meta.key,
            record_id=ticket.id,
        )


def _warranties(office: Office, until: date) -> Iterator[Due]:
    last = max(until, office.today) + timedelta(days=WARRANTY_LEAD)
    ends = "warranty_until BETWEEN office_today() AND ? AND status <> 'retired'"
    for unit in office.all(Equipment, ends, last.isoformat()):
        if unit.warranty_until is None:
            continue
        on = unit.warranty_until - timedelta(days=WARRANTY_LEAD)
        if on > until:
            continue
        yield Due(
            key=f"maintenance.warranty:{unit.id}",
            on=on,
            what=f"The warranty of {unit.name} ends on {unit.warranty_until}",
            severity="money",
            action="edit",
            record=Equipment.meta.key,
            record_id=unit.id,
        )
