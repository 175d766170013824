"""What maintenance needs seen to: the open tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Due
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office


def due_items(office: Office, until: date) -> Iterator[Due]:  # noqa: ARG001 - a hook's signature
    """Yield each open ticket; it is due since the day of the report."""
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
